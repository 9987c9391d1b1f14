"""Real orders, late deliveries, reviews and complaints, to try things at size. The folders are
named and described by their own README files; nothing of them is part of the product."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from rich.progress import track

from amends.customers.customer import Customer
from amends.kit.clock import lived_at, now
from amends.people import setting_up
from amends.people.person import Person, Role
from amends.people.place import Place
from amends.recovery import journey
from amends.recovery.failure import Kind, Severity
from amends.recovery.journey.heard import WentWrong

if TYPE_CHECKING:
    from pathlib import Path

    from amends.recovery.recovery import Recovery

Row = dict[str, str]
AT_ONCE = 250  # rows a transaction
FRESH = timedelta(days=14)  # older stories are history: kept, and let go
UNHAPPY = 3  # stars; below is a complaint


def load(folder: Path) -> Iterator[str]:
    """What was loaded, a line each. Loading twice changes nothing."""
    place = _marketplace()
    orders = {row["order_id"]: row for row in _rows(folder / "olist/orders.csv.gz")}
    shift = _until_now(orders.values())
    prices = _prices(folder)
    told: set[str] = set()

    def order(row: Row) -> None:
        _order(row, place=place, shift=shift, price=prices.get(row["order_id"]))

    def review(row: Row) -> None:
        if int(row["review_score"]) < UNHAPPY and row["order_id"] in orders:
            told.add(row["order_id"])
            _review(row, orders[row["order_id"]], place=place, shift=shift)

    def late(row: Row) -> None:
        if row["order_id"] not in told and _is_late(row):
            _late(row, place=place, shift=shift)

    yield f"{_each(orders.values(), order, 'orders')} orders"
    yield f"{_each(_rows(folder / 'olist/reviews.csv.gz'), review, 'reviews')} reviews"
    yield f"{_each(orders.values(), late, 'deliveries')} deliveries looked at for lateness"
    complaints = (r for r in _rows(folder / "cfpb/complaints.csv.gz") if r["narrative"].strip())
    newest = _until_now(_rows(folder / "cfpb/complaints.csv.gz"), "date_received")

    def complaint(row: Row) -> None:
        _complaint(row, place=place, shift=newest)

    yield f"{_each(complaints, complaint, 'complaints')} complaints"


def _marketplace() -> Place:
    found = Place.objects.filter(slug="marketplace").first()
    if found:
        return found
    business = setting_up.found_business(name="The Marketplace", by=None)
    place = setting_up.open_place(
        business, name="The Marketplace", slug="marketplace", timezone="America/Sao_Paulo", by=None
    )
    for name, role in [("Marta Reis", Role.MANAGER), ("Paulo Lima", Role.FRONT_LINE)]:
        email = f"{name.split()[0].lower()}@marketplace.example"
        setting_up.hire(email, name=name, role=role, places=[place], by=None)
    return place


def _each(rows: Iterable[Row], step: Callable[[Row], None], what: str) -> int:
    todo = list(rows)
    for start in track(range(0, len(todo), AT_ONCE), description=what):
        with transaction.atomic():
            for row in todo[start : start + AT_ONCE]:
                step(row)
    return len(todo)


def _order(row: Row, *, place: Place, shift: timedelta, price: Decimal | None) -> None:
    customer = _buyer(row, place)
    journey.order(
        customer=customer,
        outside_id=row["order_id"],
        place=place,
        amount=price,
        currency=place.business.currency,
        ordered_at=_moment(row["order_purchase_timestamp"], shift),
        promised_on=_moment(row["order_estimated_delivery_date"], shift),
        delivered_at=_moment(row["order_delivered_customer_date"], shift),
    )


def _review(row: Row, order: Row, *, place: Place, shift: timedelta) -> None:
    words = row["review_comment_message"].strip() or row["review_comment_title"].strip()
    at = _moment(row["review_creation_date"], shift)
    if not at:
        return
    customer = _buyer(order, place)
    if customer.recoveries.filter(about__contains=order["order_id"][:8]).exists():
        return
    about = f"{row['review_score']} of 5 for order {order['order_id'][:8]}"
    wrong = [WentWrong(kind=Kind.DELAY if _is_late(order) else Kind.CORE, words=about)]
    with lived_at(min(at, now())):
        if words:
            heard = journey.hear(
                customer=customer,
                place=place,
                words=words,
                channel="review",
                about=about,
                failures=wrong,
            )
        else:
            heard = journey.spot(customer=customer, place=place, about=about, failures=wrong)
    _into_history(heard)


def _late(row: Row, *, place: Place, shift: timedelta) -> None:
    customer = _buyer(row, place)
    about = f"Order {row['order_id'][:8]} came late, or not at all"
    at = _moment(row["order_estimated_delivery_date"], shift)
    if not at or customer.recoveries.filter(about=about).exists():
        return
    with lived_at(min(at, now())):
        wrong = [WentWrong(kind=Kind.DELAY, words=about, severity=Severity.MODERATE)]
        seen = journey.spot(customer=customer, place=place, about=about, failures=wrong)
    _into_history(seen)


def _complaint(row: Row, *, place: Place, shift: timedelta) -> None:
    at = _moment(row["date_received"], shift)
    known_as = f"A customer in {row['state'] or 'the States'}"
    words = row["narrative"].strip()
    about = f"{row['product']}: {row['issue']}"[:200]
    if not at or place.recoveries.filter(about=about, complaints__words=words).exists():
        return
    customer = Customer.objects.create(known_as=known_as)
    with lived_at(min(at, now())):
        heard = journey.hear(
            customer=customer, place=place, words=words, channel="web form", about=about
        )
    _into_history(heard)


def _into_history(recovery: Recovery) -> None:
    """What is long ago fills the lists, and leaves Today to what is fresh."""
    manager = Person.objects.working_at(recovery.place).filter(role=Role.MANAGER).get()
    if recovery.known_at < now() - FRESH:
        with lived_at(recovery.known_at + FRESH):
            journey.let_go(recovery, why="From before: kept as history.", by=manager)


def _buyer(row: Row, place: Place) -> Customer:
    number = row["customer_unique_id"] or row["customer_id"]
    city = row["customer_city"].title() or "far away"
    return Customer.met(outside_id=number, known_as=f"A customer in {city}", place=place)


def _is_late(row: Row) -> bool:
    promised, came = row["order_estimated_delivery_date"], row["order_delivered_customer_date"]
    return bool(promised) and (not came or came[:10] > promised[:10])


def _prices(folder: Path) -> dict[str, Decimal]:
    prices: dict[str, Decimal] = {}
    for row in _rows(folder / "olist/order_items.csv.gz"):
        price = Decimal(row["price"] or 0)
        prices[row["order_id"]] = prices.get(row["order_id"], Decimal(0)) + price
    return prices


def _until_now(rows: Iterable[Row], column: str = "order_purchase_timestamp") -> timedelta:
    """The newest row happens today; everything keeps its distance to it, in whole weeks."""
    moments = (_moment(row[column], timedelta(0)) for row in rows)
    newest = max(filter(None, moments))
    return timedelta(weeks=(now() - newest) // timedelta(weeks=1))


def _moment(text: str, shift: timedelta) -> datetime | None:
    if not text.strip():
        return None
    moment = datetime.fromisoformat(text.strip())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) + shift


def _rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
