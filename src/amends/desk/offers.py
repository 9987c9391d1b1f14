"""Offers: put together, taken back, and answered by word of mouth; a rule bent for one customer."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, page_about, show
from amends.desk.steps.agreed import Accept, Bend, Counter, Decline, MakeOffer, Withdraw
from amends.kit.pages import refusals_on
from amends.recovery import journey
from amends.recovery.offer import Offer


@require_POST
def offer(request, ref):
    page = open_page(request, ref)
    form = MakeOffer(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.offer(page.recovery, **form.terms, by=request.user)
    return show(request, page, form)


@require_POST
def bend(request, ref):
    page = open_page(request, ref)
    form = Bend(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.bend(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def accept(request, ref):
    offer, page = page_about(request, Offer, ref)
    form = Accept(page, request.POST, about=offer)
    if form.is_valid():
        with refusals_on(form):
            journey.accept(offer, by=request.user)
    return show(request, page, form)


@require_POST
def counter(request, ref):
    offer, page = page_about(request, Offer, ref)
    form = Counter(page, request.POST, about=offer)
    if form.is_valid():
        with refusals_on(form):
            journey.counter(offer, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def decline(request, ref):
    offer, page = page_about(request, Offer, ref)
    form = Decline(page, request.POST, about=offer)
    if form.is_valid():
        with refusals_on(form):
            journey.decline(offer, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def withdraw(request, ref):
    offer, page = page_about(request, Offer, ref)
    form = Withdraw(page, request.POST, about=offer)
    if form.is_valid():
        with refusals_on(form):
            journey.withdraw(offer, by=request.user)
    return show(request, page, form)
