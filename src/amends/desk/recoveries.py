"""Recoveries: the list, the page of one, and who sees to it."""

from decimal import Decimal

from django.db.models import Exists, FloatField, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.views.decorators.http import require_GET, require_POST

from amends.customers.customer import Customer
from amends.desk.filters import chosen, kept
from amends.desk.paging import stretch
from amends.desk.recovery_page import open_page, show
from amends.desk.steps.heard import HandOver, Take
from amends.kit.clock import now
from amends.kit.pages import answer, refusals_on
from amends.recovery import journey
from amends.recovery.complaint import Complaint
from amends.recovery.recovery import Part, Recovery

LIST = "desk/recovery/list.html"
SHOW = {
    "open": "Open",
    "mine": "Mine",
    "waiting": "Waiting for us",
    "risk": "At risk now",
    "orphans": "Without owner",
    "closed": "Closed",
}
PARTS = {str(part.value): part.label for part in Part}
# What the customer is worth: they decide now whether to stay (S2-04).
AT_RISK = Cast(Coalesce("customer__worth__amount", Value(Decimal(0))), FloatField())
FOUND = 500  # customers a search may match before it is too vague to help


@require_GET
def recoveries(request):
    places = {place.ref: place.name for place in request.user.places_seen()}
    asked = {
        "show": chosen(request, "show", SHOW, "open"),
        "part": chosen(request, "part", PARTS, ""),
        "place": chosen(request, "place", places, ""),
        "q": request.GET.get("q", "").strip()[:100],
    }
    gate = Recovery.objects.visible_to(request.user, by_place=asked["show"] != "closed")
    seen = _asked_for(gate, request.user, asked)
    key = "-at_risk" if asked["show"] == "risk" else "-known_at"
    seen = seen.with_people().annotate(at_risk=AT_RISK)
    rows = stretch(seen, key=key, after=request.GET.get("after", ""))
    choices = {"shows": SHOW, "parts": PARTS, "places": places}
    query = kept(**asked)
    context = {**asked, **choices, "page": rows, "at": now(), "query": query}
    return answer(request, LIST, "list", **context)


@require_GET
def recovery(request, ref):
    page = open_page(request, ref)
    page.again = request.GET.get("again", "")[:16]
    return show(request, page)


@require_POST
def take(request, ref):
    page = open_page(request, ref)
    form = Take(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.take(page.recovery, by=request.user)
    return show(request, page, form)


@require_POST
def hand_over(request, ref):
    page = open_page(request, ref)
    form = HandOver(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.hand_over(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


def _asked_for(seen, person, asked):
    """Only what we know how to ask for; each narrows what is seen, and never widens it."""
    narrowed = {
        "open": seen.open(),
        "mine": seen.open().owned_by(person),
        "waiting": seen.open().exclude(waiting_since=None),
        "risk": seen.open(),
        "orphans": seen.without_owner(),
        "closed": seen.exclude(closed_at=None),
    }[asked["show"]]
    if asked["part"]:
        narrowed = narrowed.filter(part=asked["part"])
    if asked["place"]:
        narrowed = narrowed.filter(place__ref=asked["place"])
    if not asked["q"]:
        return narrowed
    meant = narrowed.filter(_said(person, asked))
    if asked["show"] == "closed":
        return meant
    # Gathered, and then put in order: from the newest on, a word that nobody said would be looked for
    # in all that ever was.
    return Recovery.objects.filter(pk__in=meant.order_by().values("pk"))


def _said(person, asked):
    """By whom it is about, or by what they said; of old ones, by how their story begins."""
    words = asked["q"]
    known = Customer.objects.visible_to(person).matching(words).order_by()
    meant = Q(about__icontains=words) | Q(
        customer__in=list(known.values_list("pk", flat=True)[:FOUND])
    )
    if asked["show"] == "closed":
        return meant
    story = Complaint.objects.filter(recovery=OuterRef("pk"), words__icontains=words)
    return meant | Exists(story)
