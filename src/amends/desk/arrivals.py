"""Arrivals: who is here and who is coming that we owe something; greeted by name, in minutes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.views.decorators.http import require_POST

from amends.customers.customer import Customer
from amends.customers.visit import Visit
from amends.desk.customers import found
from amends.kit.clock import now
from amends.kit.pages import answer, find, refusals_on
from amends.kit.templatetags.kit import minutes_to
from amends.people.place import Place
from amends.recovery import journey
from amends.recovery.promise import Promise
from amends.recovery.recovery import Recovery

PAGE = "desk/arrivals/list.html"
THIS_HOUR = timedelta(hours=1)


class IsHereForm(forms.Form):
    """Search, choose, say at which table: two taps."""

    customer = forms.ModelChoiceField(
        Customer.objects.none(),
        to_field_name="ref",
        error_messages={"required": "Who is it? Look for their name and choose them."},
    )
    place = forms.ModelChoiceField(Place.objects.none(), label="Where", empty_label=None)
    table = forms.CharField(label="Table or desk", max_length=40, required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["customer"].queryset = Customer.objects.visible_to(person)
        self.fields["place"].queryset = places = person.places_seen()
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.initial["place"] = places[0].pk


@dataclass
class Card:
    """What one needs to know while walking up to somebody."""

    visit: Visit
    at: datetime
    promises: list[Promise] = field(default_factory=list)
    recoveries: list[Recovery] = field(default_factory=list)

    def holds(self, promise):
        return promise.is_open or promise.visit_id == self.visit.pk

    @property
    def owes(self):
        return bool(self.promises or self.recoveries)

    @property
    def owed(self):
        """What is still to be kept, today or later, beside being there."""
        return [x for x in self.promises if x.is_open and x is not self.asked_for]

    @property
    def asked_for(self):
        """The promise that somebody comes in person, kept, broken or running."""
        mine = [promise for promise in self.promises if promise.asks_for_owner]
        return mine[0] if mine else None

    @property
    def broken(self):
        return [promise for promise in self.promises if promise.broken_at]

    @property
    def soon(self):
        """Minutes until the second call."""
        return self._minutes(self.asked_for.nudge_at) if self.asked_for else None

    @property
    def too_late(self):
        """Minutes until the promise is broken."""
        return self._minutes(self.asked_for.due_at) if self.asked_for else None

    @property
    def state(self):
        """How the waiting stands: nothing to say, a second call went out, or a promise broken."""
        if self.visit.greeted_at:
            return ""
        if self.broken:
            return "broken"
        asked = self.asked_for
        return "soon" if asked and asked.nudge_at and asked.nudge_at <= self.at else ""

    def _minutes(self, moment):
        return minutes_to(self.visit.arrived_at, moment) if moment else None


def arrivals(request):
    words = request.GET.get("q", "")
    people = found(request.user, words)
    return answer(request, PAGE, "arrivals", **_day(request.user), q=words, found=people)


@require_POST
def here(request):
    form = IsHereForm(request.POST, person=request.user)
    if form.is_valid():
        with refusals_on(form):
            visit = journey.is_here(**form.cleaned_data, by=request.user)
            messages.success(request, f"{visit.customer.called} is here.")
    return answer(request, PAGE, form=form, to="desk:arrivals", **_day(request.user, form))


@require_POST
def arrived(request, ref):
    visit = _visit(request, ref)
    journey.is_here(visit.customer, place=visit.place, table=visit.table, by=request.user)
    return answer(request, PAGE, "arrivals", to="desk:arrivals", **_day(request.user))


@require_POST
def greet(request, ref):
    visit = _visit(request, ref)
    journey.greet(visit, by=request.user)
    messages.success(request, f"{visit.customer.called} was greeted by name.")
    return answer(request, PAGE, "arrivals", to="desk:arrivals", **_day(request.user))


@require_POST
def left(request, ref):
    journey.left(_visit(request, ref), by=request.user)
    return answer(request, PAGE, "arrivals", to="desk:arrivals", **_day(request.user))


def huddle(request):
    """One sheet a place, to read aloud before the doors open."""
    at, until = now(), _midnight()
    cards = [
        card for card in _cards(request.user, _expected(request.user, at, until), at) if card.owes
    ]
    due = Promise.objects.visible_to(request.user).due_by(until).filter(visit=None).with_people()
    sheets = {place: {"coming": [], "due": []} for place in request.user.places_seen()}
    for card in cards:
        sheets[card.visit.place]["coming"].append(card)
    for promise in due:
        sheets[promise.recovery.place]["due"].append(promise)
    return answer(request, "desk/arrivals/huddle.html", sheets=sheets, at=at)


def _day(person, form=None):
    """Everything the page shows, in a handful of queries however many are here."""
    at, until = now(), _midnight()
    here = Visit.objects.visible_to(person).here(at=at).with_people().order_by("arrived_at")
    visits = [*here, *_expected(person, at, until)]
    cards = _cards(person, visits, at)
    here = [card for card in cards if card.visit.arrived_at]
    coming = [card for card in cards if not card.visit.arrived_at]
    soon = [card for card in coming if card.owes and card.visit.expected_at <= at + THIS_HOUR]
    return {
        "at": at,
        "here": sorted((x for x in here if x.owes), key=lambda x: bool(x.visit.greeted_at)),
        "also_here": [card for card in here if not card.owes],
        "this_hour": soon,
        "later": [card for card in coming if card.owes and card not in soon],
        "others_coming": len([card for card in coming if not card.owes]),
        "is_here": form or IsHereForm(person=person),
    }


def _cards(person, visits, at):
    """Each visit with what is open between us and that customer, as far as this person may see."""
    cards = [Card(visit, at) for visit in visits]
    customers = {card.visit.customer_id for card in cards}
    recoveries = Recovery.objects.visible_to(person).open().filter(customer__in=customers)
    theirs = Promise.objects.visible_to(person).filter(recovery__customer__in=customers)
    promises = theirs.concerning(visits).with_people()
    for card in cards:
        card.recoveries = [r for r in recoveries if r.customer_id == card.visit.customer_id]
        card.promises = [
            p
            for p in promises
            if p.recovery.customer_id == card.visit.customer_id and card.holds(p)
        ]
    return cards


def _expected(person, at, until):
    coming = Visit.objects.visible_to(person).expected(at=at, until=until)
    return list(coming.with_people().order_by("expected_at"))


def _visit(request, ref):
    return find(Visit.objects.visible_to(request.user).with_people(), ref=ref)


def _midnight():
    start = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1)
