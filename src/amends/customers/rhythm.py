"""How a customer buys: on how many days, since when, until when, for how much. One row each, kept
right as orders and paid visits arrive, from that customer's own rows and never from all."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import connection, models, transaction
from django.db.models import F

from amends.customers.customer import Customer
from amends.kit.claims import share_turn, take_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from amends.customers.order import OrderQuerySet
    from amends.customers.visit import VisitQuerySet

AT_ONCE = 100  # more than so many and everybody else waits for us, rather than each for each
EVERYBODY = "rhythm"


class Rhythm(models.Model):
    """Counted in days: two orders of one day are one purchase. An order cancelled or sent back whole
    is none. `spent` is in `currency`, the one they mostly pay in, less what was given back; money in
    other currencies is not in it. `spent_again` and `paid_again` leave the first day out: the mean
    of a returning day is one by the other."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="rhythm"
    )
    currency = models.CharField(max_length=3, blank=True)
    purchases = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    spent = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    spent_again = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    paid_again = models.PositiveIntegerField(default=0)  # returning days paid in that currency

    def __str__(self) -> str:
        return f"{self.purchases} purchases"

    @property
    def repeats(self) -> int:
        """How often they came again: the x of the models."""
        return max(self.purchases - 1, 0)


@transaction.atomic
def retell(customers: Iterable[Customer | int]) -> None:
    """Count these customers' purchases anew, each from their own orders and paid visits. Whoever
    else tells of the same customer waits until our transaction has ended."""
    ids = sorted({one.pk if isinstance(one, Customer) else one for one in customers})
    if len(ids) > AT_ONCE:
        take_turns(EVERYBODY)
    else:
        share_turn(EVERYBODY)
        take_turns(*(f"rhythm {pk}" for pk in ids))
    for few in _by_the(AT_ONCE, ids):
        with connection.cursor() as cursor:
            cursor.execute(sql(f"IN ({', '.join(['%s'] * len(few))})"), few * 3)


def purchases(
    orders: OrderQuerySet, visits: VisitQuerySet, *, latest: int | None = None
) -> Iterator[tuple[int, date]]:
    """Of these rows those that a rhythm counts: whose, and the day it was there. Two of one day are
    told twice; with `latest` only the newest so many of either."""
    kept = orders.kept().order_by(*(["-ordered_at"] if latest else []))
    yield from kept.values_list("customer_id", "ordered_on")[:latest].iterator()
    paid = visits.paid().order_by(*(["-there_at"] if latest else []))
    told = paid.values_list("customer_id", F("there_at"), "place__timezone")[:latest]
    for customer, there_at, timezone in told.iterator():
        yield customer, there_at.astimezone(ZoneInfo(timezone)).date()


def retell_listed() -> None:
    """The same for many: for all whose key stands in this connection's own table `to_retell`."""
    take_turns(EVERYBODY)
    with connection.cursor() as cursor:
        cursor.execute(sql("IN (SELECT id FROM to_retell)"))


def sql(these: str) -> str:
    """One statement for one customer and for a million. `these` says whose rows are read."""
    return TOLD.format(
        these=these,
        day_of_visit=DAYS[connection.vendor],
        kept=KEPT,
        counted=COUNTED,
        columns=COLUMNS,
    )


def of_new(customers: str, orders: str) -> str:
    """What stands in the rows of customers whose first orders these are, asked of the engine that
    reads tables: it counts them ten times faster."""
    return f"""WITH bought AS (
        SELECT customer_id, ordered_on AS day, currency, amount, refunded, {KEPT} FROM (
            SELECT customer_id, ordered_on, COALESCE(currency, '') AS currency, amount,
                COALESCE(refunded, 0) AS refunded
            FROM ({orders}) WHERE cancelled_at IS NULL AND customer_id IN (SELECT id FROM {customers}))
        ), {COUNTED}
        SELECT id AS customer_id, {COLUMNS} FROM {customers} LEFT JOIN counted ON customer_id = id"""  # noqa: S608


def _by_the(size: int, ids: list[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while few := list(islice(left, size)):
        yield few


# The day a visit was on, where it was.
DAYS = {
    "sqlite": "django_datetime_cast_date(COALESCE(arrived_at, left_at, expected_at), "
    "timezone, 'UTC')",
    "postgresql": "(COALESCE(arrived_at, left_at, expected_at) AT TIME ZONE timezone)::date",
}
# From a list of what was `bought`, on whatever engine holds it. Of each customer and day: whether
# something was bought, and what was paid in which currency. The main currency is the one of most
# days, then the one used last. A day counts where something of it was kept; money given back lowers
# what was spent, never below nothing.
COUNTED = """
days AS (
    SELECT customer_id, day, currency, MAX(kept) AS kept, SUM(amount - refunded) AS paid
    FROM bought GROUP BY customer_id, day, currency
), ranked AS (
    SELECT *, COUNT(paid) OVER theirs AS times,
        MAX(CASE WHEN paid IS NOT NULL THEN day END) OVER theirs AS lately,
        MIN(CASE WHEN kept = 1 THEN day END) OVER (PARTITION BY customer_id) AS first_on
    FROM days WINDOW theirs AS (PARTITION BY customer_id, currency)
), told AS (
    SELECT *, FIRST_VALUE(currency) OVER (
        PARTITION BY customer_id ORDER BY times DESC, lately DESC, currency) AS main
    FROM ranked
), counted AS (
    SELECT customer_id, main, COUNT(DISTINCT CASE WHEN kept = 1 THEN day END) AS purchases,
        MIN(first_on) AS first_on, MAX(CASE WHEN kept = 1 THEN day END) AS last_on,
        SUM(CASE WHEN currency = main THEN paid END) AS spent,
        SUM(CASE WHEN currency = main AND day > first_on THEN paid END) AS spent_again,
        SUM(CASE WHEN currency = main AND day > first_on AND kept = 1 AND paid IS NOT NULL
            THEN 1 ELSE 0 END) AS paid_again
    FROM told GROUP BY customer_id, main
)
"""
COLUMNS = """
    CASE WHEN spent IS NULL THEN '' ELSE main END AS currency,
    COALESCE(purchases, 0) AS purchases, first_on, last_on,
    CASE WHEN spent > 0 THEN ROUND(spent, 2) ELSE 0 END AS spent,
    CASE WHEN spent_again > 0 THEN ROUND(spent_again, 2) ELSE 0 END AS spent_again,
    COALESCE(paid_again, 0) AS paid_again
"""
KEPT = "CASE WHEN refunded = 0 OR refunded < amount THEN 1 ELSE 0 END AS kept"
TOLD = """
INSERT INTO customers_rhythm
    (customer_id, currency, purchases, first_on, last_on, spent, spent_again, paid_again)
WITH bought AS (
    SELECT customer_id, ordered_on AS day, currency, amount, refunded,
        {kept}
    FROM customers_order WHERE cancelled_at IS NULL AND customer_id {these}
    UNION ALL
    SELECT customer_id, {day_of_visit}, currency, amount, 0, 1
    FROM customers_visit JOIN people_place ON people_place.id = customers_visit.place_id
    WHERE amount > 0 AND cancelled_at IS NULL
        AND COALESCE(arrived_at, left_at, expected_at) IS NOT NULL AND customer_id {these}
), {counted}
SELECT customers_customer.id, {columns}
FROM customers_customer LEFT JOIN counted ON counted.customer_id = customers_customer.id
WHERE customers_customer.id {these}
ON CONFLICT (customer_id) DO UPDATE SET currency = excluded.currency,
    purchases = excluded.purchases, first_on = excluded.first_on, last_on = excluded.last_on,
    spent = excluded.spent, spent_again = excluded.spent_again, paid_again = excluded.paid_again
"""
