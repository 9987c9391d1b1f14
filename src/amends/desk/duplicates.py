"""Customers who may be one: why we think so, the two side by side, and the way back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from amends.customers.customer import Customer
from amends.customers.duplicates import lately, like
from amends.customers.merging import Merge
from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.kit.pages import answer, find
from amends.recovery import journey
from amends.recovery.recovery import Recovery

TWINS, MERGE, ALIKE = (f"desk/customers/{page}.html" for page in ("twins", "merge", "alike"))


@dataclass(frozen=True)
class Side:
    """One of the two, as they stand beside each other."""

    customer: Customer
    recoveries: int
    orders: int
    visits: int


def twins(request):
    """Pairs among those met lately, for a quiet hour."""
    return answer(request, TWINS, pairs=lately(Customer.objects.visible_to(request.user)))


def alike(request, ref):
    known = _seen(request, ref)
    found = like(known, Customer.objects.visible_to(request.user))
    return answer(request, ALIKE, "alike", customer=known, found=found)


@require_http_methods(["GET", "POST"])
def merge(request, ref, other):
    """Asked with both before one's eyes; pressed, and everything of the second follows."""
    kept, merged = _both(request, ref, other)
    if request.method == "POST":
        journey.merge_customers(kept, merged=merged, by=request.user)
        messages.success(request, f"{kept.called} is one customer now. It can be undone below.")
        return answer(request, MERGE, to=reverse("desk:customer", args=[kept.ref]))
    sides = [_side(one, request.user) for one in (kept, merged)]
    return answer(request, MERGE, kept=kept, merged=merged, sides=sides)


@require_POST
def two_people(request, ref, other):
    known, not_them = _both(request, ref, other)
    journey.not_the_same(known, other=not_them, by=request.user)
    messages.success(request, "Kept: they are two people.")
    return answer(request, ALIKE, to=reverse("desk:customer", args=[ref]))


@require_POST
def unmerge(request, ref):
    seen = Customer.objects.visible_to(request.user)
    made = find(Merge.objects.select_related("kept__merged_into", "merged"), ref=ref)
    holder = made.kept.goes_on_as()
    if not seen.filter(pk=holder.pk).exists():
        raise Http404
    journey.unmerge_customers(made, by=request.user)
    messages.success(request, f"{made.merged.called} and {holder.called} are two again.")
    return answer(request, ALIKE, to=reverse("desk:customer", args=[holder.ref]))


def _both(request, ref, other):
    both = _seen(request, ref), _seen(request, other)
    if both[0] == both[1]:
        raise Http404
    return both


def _seen(request, ref):
    seen = Customer.objects.visible_to(request.user).prefetch_related("addresses", "places")
    return find(seen, ref=ref)


def _side(customer, person):
    rows = (Recovery, Order, Visit)
    seen = (model.objects.visible_to(person).filter(customer=customer) for model in rows)
    return Side(customer, *(each.count() for each in seen))
