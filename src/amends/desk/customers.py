"""Customers: finding one, and one lifelong page for each, whatever happened where."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.validators import validate_email
from django.db.models import Count, OuterRef, Subquery, Sum
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from amends.customers.customer import AddressKind, Customer
from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.desk.filters import kept
from amends.desk.life_strip import strip
from amends.desk.paging import stretch
from amends.desk.worth import told
from amends.kit.clock import now
from amends.kit.pages import answer, find, refusals_on
from amends.mailroom.mark import Mark, key_of
from amends.recovery import journey
from amends.recovery.complaint import CHANNELS
from amends.recovery.promise import Promise
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry, Verb

LIST, PAGE = "desk/customers/list.html", "desk/customers/show.html"
AS_ONE_TYPES = 8  # found while typing; more would not be read
AT_ONCE = 40

# What of a recovery belongs into the story of a life; the rest is on the recovery's own page.
TOLD = {
    Verb.HEARD: "",
    Verb.SPOTTED: "",
    Verb.APOLOGISED: "",
    Verb.AGREED: "good",
    Verb.PROMISED: "",
    Verb.KEPT: "good",
    Verb.BROKE: "broken",
    Verb.IDEA: "",
    Verb.TOLD: "",
    Verb.THANKED: "",
    Verb.THANKED_US: "good",
    Verb.NOT_FIXED: "",
    Verb.PUT_RIGHT: "good",
    Verb.RETURNED: "good",
    Verb.TRUST: "",
    Verb.BACK: "good",
    Verb.LET_GO: "",
    Verb.LEFT_IN_PEACE: "",
    Verb.HELPED_ELSEWHERE: "good",
}


class DescribeForm(forms.Form):
    """What anybody who serves them next should know."""

    name = forms.CharField(label="Name", max_length=200, required=False)
    values = forms.CharField(
        label="What they value",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    dislikes = forms.CharField(
        label="What they dislike",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    preferred_channel = forms.CharField(
        label="How they like to hear from us",
        required=False,
        max_length=30,
        help_text="Any way at all: e-mail, telephone, letter, fax.",
        widget=forms.TextInput({"list": "channels", "autocomplete": "off"}),
    )


class AddressForm(forms.Form):
    kind = forms.ChoiceField(label="What it is", choices=AddressKind.choices)
    value = forms.CharField(label="Address or number", max_length=320)

    def clean(self):
        given = super().clean()
        if given.get("kind") == AddressKind.EMAIL and given.get("value"):
            try:
                validate_email(given["value"])
            except forms.ValidationError as wrong:
                self.add_error("value", wrong)
        return given


@dataclass(frozen=True)
class Event:
    """One line of a life with us."""

    at: datetime
    did: str
    words: str = ""
    kind: str = ""
    by: str = ""
    url: str = ""


def customers(request):
    words = request.GET.get("q", "").strip()
    seen = Customer.objects.visible_to(request.user).prefetch_related("addresses")
    seen = _counted(seen.matching(words) if words else seen, request.user)
    page = stretch(seen, key="name" if words else "-pk", after=request.GET.get("after", ""))
    return answer(request, LIST, "people", page=page, q=words, query=kept(q=words))


def search(request):
    """As one types, for whoever has a customer before them: choices named `customer`."""
    words = request.GET.get("q", "")
    return answer(
        request, "desk/customers/search.html", "found", q=words, found=found(request.user, words)
    )


def found(person, words):
    """The few customers these words may mean; nothing until there are two letters."""
    if len(words.strip()) < 2:
        return []
    seen = Customer.objects.visible_to(person).matching(words).prefetch_related("addresses")
    return list(seen.order_by("name", "pk")[:AS_ONE_TYPES])


def customer(request, ref):
    return _show(request, _customer(request, ref))


@require_POST
def describe(request, ref):
    known = _customer(request, ref)
    form = DescribeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.describe_customer(known, by=request.user, **form.cleaned_data)
            messages.success(request, "Kept for whoever serves them next.")
    return _show(request, known, describing=form)


@require_POST
def reach(request, ref):
    known = _customer(request, ref)
    form = AddressForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.reach_customer_at(known, by=request.user, **form.cleaned_data)
            messages.success(request, "Kept.")
    return _show(request, _customer(request, ref), reaching=form)


@require_POST
def works(request, ref):
    """Letters arrive there, or are welcome there, after all."""
    known = _customer(request, ref)
    journey.it_works_again(known, address=request.POST.get("address", ""), by=request.user)
    messages.success(request, "Letters go there again.")
    return _show(request, _customer(request, ref))


def _show(request, known, **sent):
    """The page; the form that was refused keeps its words, the others come fresh."""
    form = next(iter(sent.values()), None)
    refused = {name: form for name, form in sent.items() if form.errors}
    events, before = lifetime(known, request.user, before=_moment(request.GET.get("before")))
    seen = {"customer": known, "events": events, "before": before, "channels": CHANNELS}
    return answer(
        request,
        PAGE,
        form=form,
        to=reverse("desk:customer", args=[known.ref]),
        describing=refused.get("describing") or DescribeForm(initial=vars(known)),
        reaching=refused.get("reaching") or AddressForm(),
        **seen,
        **_side(known, request.user),
    )


def _side(known, person):
    """What stands open between us, and what they have been worth to us so far."""
    recoveries = Recovery.objects.visible_to(person).filter(customer=known)
    promises = Promise.objects.visible_to(person).open().filter(recovery__customer=known)
    orders = Order.objects.visible_to(person).filter(customer=known)
    visits = Visit.objects.visible_to(person).filter(customer=known).exclude(arrived_at=None)
    spent = [
        orders.exclude(amount=None).values("currency").annotate(sum=Sum("amount")).order_by(),
        visits.exclude(amount=None).values("currency").annotate(sum=Sum("amount")).order_by(),
    ]
    sums = {}
    for row in [*spent[0], *spent[1]]:
        sums[row["currency"]] = sums.get(row["currency"], 0) + row["sum"]
    return {
        "ways": _ways(known),
        "open_recoveries": recoveries.open().with_people(),
        "promises": promises.with_people(),
        "sums": [(amount, currency or "GBP") for currency, amount in sums.items()],
        "worth": told(known),
        "days": strip(known, person),
        "times": {"orders": orders.count(), "visits": visits.count()},
        "here": visits.here(at=now()).select_related("place").first(),
    }


def _ways(known):
    """Each address, and what stands against it."""
    addresses = list(known.addresses.all())
    marks = Mark.on([a.value for a in addresses if a.kind == AddressKind.EMAIL], at=now())
    return [(address, marks.get(key_of(address.value))) for address in addresses]


def lifetime(known, person, *, before=None):
    """What happened, newest first, and where the next stretch begins. What happened in the same
    moment stays together."""
    sources = (_entries, _orders, _visits)
    told = [event for source in sources for event in source(known, person, before)]
    told.sort(key=lambda event: event.at, reverse=True)
    if len(told) <= AT_ONCE:
        return told, ""
    last = told[AT_ONCE - 1].at
    return [event for event in told if event.at >= last], last.isoformat()


def _entries(known, person, before):
    seen = Recovery.objects.visible_to(person).filter(customer=known)
    entries = Entry.objects.filter(recovery__in=seen, verb__in=TOLD)
    for entry in _newest(entries.select_related("by", "recovery"), "at", before):
        first = entry.verb in (Verb.HEARD, Verb.SPOTTED)
        theirs = entry.verb == Verb.HEARD or entry.actor == "customer"
        yield Event(
            at=entry.at,
            by=known.called if theirs else entry.who,
            did="told us" if entry.verb == Verb.HEARD else entry.get_verb_display(),
            words=entry.recovery.about if first else entry.words,
            kind=TOLD[entry.verb],
            url=reverse("desk:recovery", args=[entry.recovery.ref]),
        )


def _orders(known, person, before):
    seen = Order.objects.visible_to(person).filter(customer=known)
    for order in _newest(seen, "ordered_at", before):
        yield Event(order.ordered_at, by=known.called, did=f"ordered, {order.outside_id}")


def _visits(known, person, before):
    seen = Visit.objects.visible_to(person).filter(customer=known).exclude(arrived_at=None)
    for visit in _newest(seen.with_people(), "arrived_at", before):
        words = f"Greeted by {visit.greeted_by}." if visit.greeted_by else ""
        yield Event(visit.arrived_at, by=known.called, did=f"came to {visit.place}", words=words)


def _newest(rows, moment, before):
    earlier = rows.filter(**{f"{moment}__lt": before}) if before else rows
    return earlier.order_by(f"-{moment}", "-pk")[: AT_ONCE + 1]


def _counted(customers, person):
    """With how much is open between us, and when they were last here."""
    between = Recovery.objects.visible_to(person).open().filter(customer=OuterRef("pk")).order_by()
    count = between.values("customer").annotate(times=Count("pk")).values("times")
    visits = Visit.objects.visible_to(person).filter(customer=OuterRef("pk"))
    last = visits.exclude(arrived_at=None).order_by("-arrived_at").values("arrived_at")
    return customers.annotate(open_recoveries=Subquery(count), last_seen=Subquery(last[:1]))


def _customer(request, ref):
    seen = Customer.objects.visible_to(request.user).select_related("worth", "rhythm")
    return find(seen.prefetch_related("addresses", "places"), ref=ref)


def _moment(text):
    try:
        at = parse_datetime(text or "")
    except ValueError:
        return None
    return at if at is not None and at.tzinfo else None
