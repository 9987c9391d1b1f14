"""The offer: the customer decides (S4-18). Yes, another extra, something better, or no."""

from amends.kit.pages import find, refusals_on
from amends.portal.door import step
from amends.portal.questions import BetterForm, DeclineForm, SwapForm
from amends.portal.showing import shown
from amends.recovery import journey
from amends.recovery.offer import Offer, OfferLine

CHANGED = ("offer", "next", "promises", "wishes")


@step
def accept(request, link, ref):
    journey.accept(offer_of(link, ref))
    return shown(request, link, *CHANGED, said="yes")


@step
def swap(request, link, ref):
    lines = OfferLine.objects.filter(offer__in=put_to(link)).select_related("offer", "remedy")
    line = find(lines, ref=ref)
    line.offer.recovery = link.recovery
    form = SwapForm(request.POST, line=line)
    if form.is_valid():
        with refusals_on(form):
            journey.swap(line, **form.cleaned_data)
    return shown(request, link, "offer", "next", said="swap", swap_form=form)


@step
def counter(request, link, ref):
    offer, form = offer_of(link, ref), BetterForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.counter(offer, words=form.cleaned_data["words"])
    return shown(request, link, *CHANGED, better_form=form)


@step
def decline(request, link, ref):
    offer, form = offer_of(link, ref), DeclineForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.decline(offer, words=form.cleaned_data["words"])
    return shown(request, link, *CHANGED, decline_form=form)


def put_to(link):
    """Held back for a yes inside, an offer is not theirs to see yet."""
    return Offer.objects.filter(recovery=link.recovery).exclude(sent_at=None)


def offer_of(link, ref):
    offer = find(put_to(link), ref=ref)
    offer.recovery = link.recovery
    return offer
