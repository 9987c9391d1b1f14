"""Customers: finding one, and one lifelong page for each, whatever happened where."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.validators import validate_email
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.customers.customer import AddressKind, Customer
from amends.customers.merging import Merge
from amends.customers.order import Order
from amends.customers.searching import best
from amends.customers.visit import Visit
from amends.customers.wants import Wants
from amends.desk.filters import chosen, kept
from amends.desk.life_strip import strip
from amends.desk.paging import Stretch, stretch
from amends.desk.worth import told
from amends.kit.clock import now
from amends.kit.pages import answer, find, lead, refusals_on
from amends.mailroom.mark import Mark, key_of
from amends.recovery import journey
from amends.recovery import lifetime as life
from amends.recovery.complaint import CHANNELS
from amends.recovery.promise import Promise
from amends.recovery.recovery import Companion, FoundBy, Recovery
from amends.recovery.timeline import Verb

LIST, PAGE = "desk/customers/list.html", "desk/customers/show.html"
AS_ONE_TYPES = 8  # found while typing; more would not be read
AT_ONCE = 40
SHOWN = {"lately": "Lately with us", "all": "Everybody"}
LATELY = timedelta(days=14)
NEWEST = 200  # visits, and as many stories, among which the latest are looked for

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
    Verb.GAVE_PEACE: "",
    Verb.PEACE_OVER: "",
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
    wants = forms.ChoiceField(
        label="What means most to them",
        required=False,
        choices=[("", "We do not know yet"), *Wants.choices],
    )
    word_of_mouth = forms.CharField(
        label="What they tell others about us",
        required=False,
        max_length=2000,
        help_text="Only what they told you themselves. It is never published.",
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


def customers(request):
    """Found by what one types; else whoever was with us lately, or everybody."""
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    seen = Customer.objects.visible_to(request.user).select_related("rhythm")
    seen = _counted(seen.prefetch_related("addresses"), request.user)
    show = "all" if words or after else chosen(request, "show", SHOWN, "lately")
    latest = with_us_lately(request.user) if show == "lately" else {}
    if latest or request.GET.get("show") == show == "lately":
        page = Stretch(_latest_first(seen, latest))
    else:
        show, order = "all", "name" if words else "-pk"
        page = stretch(seen.matching(words) if words else seen, key=order, after=after)
    told = {"show": show, "shown": SHOWN, "query": kept(q=words)}
    return answer(request, LIST, "people", page=page, q=words, **told)


def with_us_lately(person):
    """Who came by or told us something, and when: read from the newest rows, never from everybody."""
    since = now() - LATELY
    came = Visit.objects.filter(place__in=person.places_seen(), arrived_at__range=(since, now()))
    told = Recovery.objects.visible_to(person).filter(found_by=FoundBy.CUSTOMER)
    rows = [
        *came.order_by("-arrived_at").values_list("arrived_at", "customer_id")[:NEWEST],
        *told.filter(known_at__gte=since)
        .order_by("-known_at")
        .values_list("known_at", "customer_id")[:NEWEST],
    ]
    return {who: at for at, who in sorted(rows)}


def _latest_first(seen, latest):
    first = sorted(latest, key=latest.get, reverse=True)[:AT_ONCE]
    rows = {one.pk: one for one in seen.filter(pk__in=first)}
    for who, one in rows.items():
        one.last_seen = latest[who]
    return [rows[who] for who in first if who in rows]


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
    return best(Customer.objects.visible_to(person), words, most=AS_ONE_TYPES)


def customer(request, ref):
    """Whoever was merged is found on the page of the one they turned out to be."""
    known = _customer(request, ref)
    if known.ref != ref:
        return lead(request, reverse("desk:customer", args=[known.ref]))
    return _show(request, known)


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


@require_POST
def leave_in_peace(request, ref):
    known = _customer(request, ref)
    journey.leave_customer_in_peace(known, by=request.user)
    messages.success(request, f"{known.called} is left in peace. What we owe is still kept.")
    return _show(request, known)


@require_POST
def end_peace(request, ref):
    known = _customer(request, ref)
    again = journey.end_peace(known, by=request.user)
    planned = {0: "", 1: " A follow-up is planned again."}
    told = planned.get(again, f" {again} follow-ups are planned again.")
    messages.success(request, f"{known.called} hears from us again.{told}")
    return _show(request, known)


def _show(request, known, **sent):
    """The page; the form that was refused keeps its words, the others come fresh."""
    form = next(iter(sent.values()), None)
    refused = {name: form for name, form in sent.items() if form.errors}
    events, before = lifetime(known, request.user, before=request.GET.get("before", ""))
    lines = [_line(event, known) for event in events]
    seen = {"customer": known, "events": lines, "before": before, "channels": CHANNELS}
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
        "companions": _companions(recoveries),
        "lost": recoveries.exclude(lost_to="").order_by("-closed_at").first(),
        "merges": Merge.objects.standing().of(known),
        "open_recoveries": recoveries.open().with_people(),
        "promises": promises.with_people(),
        "sums": [(amount, currency or "GBP") for currency, amount in sums.items()],
        "worth": told(known),
        "days": strip(known, person),
        "times": {"orders": orders.count(), "visits": visits.count()},
        "here": visits.here(at=now()).select_related("place").first(),
    }


def _companions(recoveries):
    """Each once, with leave to write to them where any of the recoveries has it."""
    named = Companion.objects.filter(recovery__in=recoveries).order_by(
        F("leave_given_at").asc(nulls_first=True), "pk"
    )
    return list({(one.name.lower(), one.relation.lower()): one for one in named}.values())


def _ways(known):
    """Each address, and what stands against it."""
    addresses = list(known.addresses.all())
    marks = Mark.on([a.value for a in addresses if a.kind == AddressKind.EMAIL], at=now())
    return [(address, marks.get(key_of(address.value))) for address in addresses]


def lifetime(known, person, *, before=""):
    """What happened, newest first, and where the next stretch begins; from the newest, where the
    address was spoilt."""
    asked = {"most": AT_ONCE, "verbs": list(TOLD)}
    try:
        return life.lifetime(known, person, before=before, **asked)
    except life.NoSuchPlace:
        return life.lifetime(known, person, **asked)


def _line(event, known):
    return {
        "at": event.at,
        "by": known.called if event.is_theirs else event.who,
        "did": "told us" if event.verb == Verb.HEARD else event.did,
        "words": event.words,
        "kind": TOLD.get(event.verb, ""),
        "url": reverse("desk:recovery", args=[event.recovery]) if event.recovery else "",
    }


def _counted(customers, person):
    """With how much is open between us, and when they were last here."""
    between = Recovery.objects.visible_to(person).open().filter(customer=OuterRef("pk")).order_by()
    count = between.values("customer").annotate(times=Count("pk")).values("times")
    visits = Visit.objects.visible_to(person).filter(customer=OuterRef("pk"))
    last = visits.exclude(arrived_at=None).order_by("-arrived_at").values("arrived_at")
    return customers.annotate(open_recoveries=Subquery(count), last_seen=Subquery(last[:1]))


def _customer(request, ref):
    seen = Customer.objects.visible_to(request.user).select_related("worth", "rhythm")
    return find(seen.called_for(ref).prefetch_related("addresses", "places"))
