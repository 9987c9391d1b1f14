"""Approvals: a yes asked for above somebody's authority; answered in minutes, never with a bare no."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.customers.worth import quarrel_over
from amends.desk.lines import LinesForm
from amends.kit.aside import beside
from amends.kit.clock import now
from amends.kit.pages import answer, find, refusals_on
from amends.people.place import Place
from amends.recovery import journey
from amends.recovery.authority import Approval, authority_of

LIST, PAGE = "desk/approvals/list.html", "desk/approvals/show.html"
LATELY, SHOWN_OF_THEM = timedelta(days=30), 20


class YesForm(forms.Form):
    words = forms.CharField(
        label="A word to whoever asked", required=False, widget=forms.Textarea({"rows": 2})
    )


class InsteadForm(LinesForm):
    """Something else for the customer: with words for whoever asked, and lines that can be taken."""

    def __init__(self, *args, approval, **kwargs):
        offered = [line.remedy.ref for line in approval.offer.lines.select_related("remedy")]
        place = approval.offer.recovery.place
        super().__init__(*args, place=place, initial={"lines": offered}, **kwargs)
        self.fields["words"].label = "What you say to the customer with it"


def approvals(request):
    person, seen = request.user, Approval.objects.visible_to(request.user).with_people()
    theirs = seen.open().filter(beside("offer__recovery__place", Place.objects.run_by(person)))
    lately = seen.answered().filter(answered_at__gt=now() - LATELY).order_by("-answered_at")
    groups = {
        "mine": seen.waiting_for(person),
        "others": theirs.exclude(Q(of=person) | Q(asked_by=person)),
        "asked": seen.open().filter(asked_by=person).exclude(of=person),
        "lately": lately[:SHOWN_OF_THEM],
    }
    return answer(request, LIST, "approvals", **groups)


def approval(request, ref):
    return _show(request, _approval(request, ref))


@require_POST
def approve(request, ref):
    asked, form = _approval(request, ref), YesForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.approve(asked, words=form.cleaned_data["words"], by=request.user)
            messages.success(request, f"{asked.asked_by} has your yes. The offer is on its way.")
    return _show(request, asked, agreeing=form)


@require_POST
def instead(request, ref):
    asked = _approval(request, ref)
    form = InsteadForm(request.POST, approval=asked)
    if form.is_valid():
        with refusals_on(form):
            words = form.cleaned_data["words"]
            journey.refuse(asked, lines=form.given(), words=words, by=request.user)
            messages.success(request, f"Put forward instead. {asked.asked_by} knows.")
    return _show(request, asked, instead=form)


def _show(request, asked, **sent):
    """The page of one approval; a form that was refused keeps its words."""
    form = next(iter(sent.values()), None)
    refused = {name: form for name, form in sent.items() if form.errors}
    waits = asked.answered_at is None and asked.may_be_answered_by(request.user)
    recovery = asked.offer.recovery
    return answer(
        request,
        PAGE,
        form=form,
        to=reverse("desk:approvals"),
        approval=asked,
        recovery=recovery,
        story=recovery.complaints.first(),
        waits=waits,
        authority=authority_of(asked.asked_by, recovery),
        quarrel=quarrel_over(
            asked.offer.value, customer=recovery.customer, currency=recovery.currency
        ),
        agreeing=refused.get("agreeing") or YesForm(),
        instead=refused.get("instead") or (InsteadForm(approval=asked) if waits else None),
    )


def _approval(request, ref):
    return find(Approval.objects.visible_to(request.user).with_people(), ref=ref)
