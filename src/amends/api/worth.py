"""What a customer is worth, how sure that is, and how likely they are still with us."""

from datetime import date
from typing import Any

from ninja import Router

from amends.api.callers import PersonToken, Request
from amends.api.words import Amount, Shown
from amends.customers.customer import Customer
from amends.customers.terms import Terms
from amends.kit.pages import find
from amends.worth.rung import Rung

router = Router(tags=["customers"], auth=PersonToken())


class WorthShown(Shown):
    """Empty where the history, or the owner's figures, do not allow more. `low` and `high` are where
    nine in ten lie, chance included; sums are margin over `years`, later years counting less."""

    customer: str
    as_of: date | None = None
    rung: str = "unknown"
    said: str
    p_alive: float | None = None
    overdue: float | None = None
    expected: float | None = None
    amount: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    currency: str = ""
    years: int
    purchases: int = 0
    first_on: date | None = None
    last_on: date | None = None


TOLD = ("as_of", "rung", "p_alive", "overdue", "expected", "amount", "low", "high", "currency")
COUNTED = ("purchases", "first_on", "last_on")


@router.get("/{slug:ref}/worth", response=WorthShown, summary="What a customer is worth")
def worth(request: Request, ref: str) -> dict[str, Any]:
    """As of the last night. `p_alive` is how likely they are still with us, `overdue` the chance of so
    long a silence from one who is, `expected` the purchases of a year."""
    seen = Customer.objects.visible_to(request.auth).select_related("worth", "rhythm")
    customer = find(seen, ref=ref)
    told: dict[str, Any] = {"rung": Rung.UNKNOWN.value}
    for row, names in ((_of(customer, "worth"), TOLD), (_of(customer, "rhythm"), COUNTED)):
        told |= {name: getattr(row, name) for name in names} if row is not None else {}
    said = Rung(told["rung"]).words
    return {"customer": customer.ref, "said": said, "years": Terms.ours().years, **told}


def _of(customer: Customer, name: str) -> Any:
    return getattr(customer, name, None)
