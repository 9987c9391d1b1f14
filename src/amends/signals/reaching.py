"""An incident and everybody it touched: the list read, the words said once, and one thread each,
a few at a time, by the clock. Stopped, begun again or cut off, nobody is written to twice."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.db import transaction
from django.db.models.functions import Coalesce

from amends.customers.customer import Address, AddressKind, Customer, country_at, key_of
from amends.customers.order import Order
from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.recovery import journey
from amends.recovery.apology import SHORTEST
from amends.recovery.journey.heard import WentWrong
from amends.recovery.offer import LineGiven
from amends.signals.incident import Incident, State, Touched, Unknown
from amends.signals.opening import must_be_free

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amends.people.person import Person
    from amends.recovery.recovery import Recovery

log = structlog.get_logger(__name__)
LONGEST = 50_000  # lines of one list
LINES = 500  # looked up at once
AT_ONCE = 20  # written to in one tick
AN_HOUR = 1_000  # below what the brakes of the post let through
NO_ADDRESS = "We have no e-mail address of theirs: somebody has to ring."
NUMBER = re.compile(r"\+?[\d\s().-]{6,}")
Line = tuple[int, list[str]]


class NotAllowed(Impossible):
    code = "not-allowed"


class NotComplete(Impossible):
    code = "not-complete"


class TooLong(Impossible):
    code = "too-long"


class NotStarted(Impossible):
    code = "not-started"


@transaction.atomic
def note(*, by: Person, listed: str = "", **entered: Any) -> Incident:
    """What happened, and what we shall say; nobody is written to before it is begun."""
    _manager(by, entered["place"])
    entered["signs"] = entered.get("signs") or by
    incident = Incident(made_by=by, made_at=now(), **entered)
    _must_say_enough(incident)
    incident.save(force_insert=True)
    if listed.strip():
        add_list(incident, listed=listed, by=by)
    return incident


@transaction.atomic
def add_list(incident: Incident, *, listed: str, by: Person) -> int:
    """Lines of a file or pasted: a number of theirs, an e-mail address, a telephone number or an
    order on each, in any column. How many customers are new on the list; a list told twice adds
    nobody twice."""
    _manager(by, incident.place)
    before = incident.touched.count()
    lines = list(_lines(listed))
    if len(lines) > LONGEST:
        raise TooLong(f"That are more than {LONGEST:,} lines. Send them in several lists.")
    for start in range(0, len(lines), LINES):
        _look_up(incident, lines[start : start + LINES])
    Incident.objects.filter(pk=incident.pk).update(finished_at=None)
    incident.refresh_from_db()
    return incident.touched.count() - before


@transaction.atomic
def begin(incident: Incident, *, by: Person) -> None:
    _manager(by, incident.place)
    if not incident.touched.exists():
        raise NotComplete("There is nobody on the list yet.")
    started = incident.started_at or now()
    Incident.objects.filter(pk=incident.pk).update(started_at=started, stopped_at=None)
    incident.refresh_from_db()


@transaction.atomic
def stop(incident: Incident, *, by: Person) -> None:
    """Whoever has a letter has it; the others wait."""
    _manager(by, incident.place)
    under_way = Incident.objects.under_way().filter(pk=incident.pk)
    if not claim(under_way, stopped_at=now()):
        raise NotStarted("Nobody is being written to just now.")
    incident.refresh_from_db()


def go_on() -> int:
    """One tick of all incidents under way: how many were seen to."""
    known = Incident.objects.under_way().select_related("place__business", "remedy", "signs")
    return sum(_go_on(incident) for incident in known)


def _go_on(incident: Incident) -> int:
    lately = Touched.objects.filter(done_at__gt=now() - timedelta(hours=1), state=State.OPENED)
    room = min(AT_ONCE, AN_HOUR - lately.count())
    waiting = incident.touched.filter(state=State.WAITING).order_by("pk")
    batch = list(waiting.select_related("customer", "order")[: max(room, 0)])
    for touched in batch:
        _reach(incident, touched)
    if not batch and room > 0:
        Incident.objects.filter(pk=incident.pk, finished_at=None).update(finished_at=now())
    return len(batch)


def _reach(incident: Incident, touched: Touched) -> None:
    """Each in a transaction of its own: what is cut off has not happened."""
    try:
        with transaction.atomic():
            _write(incident, touched)
    except Impossible as no:
        touched.take(State.LEFT, at=now(), why=no.message)


def _write(incident: Incident, touched: Touched) -> None:
    if not touched.take(State.OPENED, at=now()):
        return
    must_be_free(touched.customer)
    went_wrong = WentWrong(
        kind=incident.kind,
        words=incident.name,
        order=touched.order,
        happened_at=incident.happened_at,
        price=touched.order.amount if touched.order else None,
    )
    recovery = journey.spot(
        customer=touched.customer, place=incident.place, failures=[went_wrong], by=incident.signs
    )
    if recovery.owner != incident.signs:  # whoever signs is the customer's contact from now on
        journey.take(recovery, by=incident.signs)
    by_letter = bool(touched.customer.email)
    touched.became(recovery, why="" if by_letter else NO_ADDRESS)
    if by_letter:
        _own_up(incident, recovery)


def _own_up(incident: Incident, recovery: Recovery) -> None:
    lines = [LineGiven(incident.remedy, value=incident.value)] if incident.remedy else []
    journey.own_up(
        recovery,
        we_saw=incident.we_saw,
        sorry=incident.sorry,
        lines=lines,
        by=incident.signs,
        by_itself=True,
    )


def _must_say_enough(incident: Incident) -> None:
    if not incident.name.strip() or not incident.we_saw.strip():
        raise NotComplete("Say what happened, as you would say it to one of them.")
    if len(incident.sorry.strip()) < SHORTEST:
        raise NotComplete("Say in a sentence of your own what you are sorry for.")
    if not (incident.signs.may_write and incident.signs.works_at(incident.place)):
        raise NotComplete("Choose somebody who works there to sign it: they will be the contact.")
    remedy = incident.remedy
    if remedy is not None and LineGiven(remedy, value=incident.value).is_without_a_sum:
        raise NotComplete("How much? A remedy of money names the sum.")


def _manager(by: Person, place: Any) -> None:
    if not by.manages(place):
        raise NotAllowed("This is for a manager of the place.")


# The list ----------------------------------------------------------------------------------------


def _lines(listed: str) -> Iterator[Line]:
    """Numbered as in the file, without what is empty; a heading is a line that leads to nobody."""
    text = listed.replace("\0", "").lstrip("\ufeff")
    cut = max(",;\t", key=text.partition("\n")[0].count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=cut), start=1):
            told = [cell.strip()[:320] for cell in cells if cell.strip()]
            if told:
                yield number, told
    except csv.Error as spoilt:
        raise NotComplete(
            "This list could not be read: is it text, with one line each?"
        ) from spoilt


def _look_up(incident: Incident, lines: list[Line]) -> None:
    cells = {cell for _, told in lines for cell in told}
    known = Order.objects.filter(outside_id__in=cells).select_related("customer")
    orders = {order.outside_id: order for order in known.order_by()}
    people = _people(cells, country=country_at(incident.place))
    found: dict[int, Touched] = {}
    unknown: list[Unknown] = []
    for number, told in lines:
        order = next((orders[cell] for cell in told if cell in orders), None)
        who = _whose(order) if order else next(filter(None, map(people.get, told)), None)
        if who is None:
            unknown.append(Unknown(incident=incident, number=number, words=", ".join(told)[:200]))
        else:
            found.setdefault(who, Touched(incident=incident, customer_id=who, order=order))
    Touched.objects.bulk_create(found.values(), ignore_conflicts=True)
    Unknown.objects.bulk_create(unknown, ignore_conflicts=True)


def _whose(order: Order) -> int:
    return order.customer.merged_into_id or order.customer_id


def _people(cells: set[str], *, country: str) -> dict[str, int]:
    """Whom each cell leads to: our own reference of them, or whoever was last known at the address."""
    of_ref = Customer.objects.filter(ref__in=cells).order_by()
    found = dict(of_ref.values_list("ref", Coalesce("merged_into", "pk")))
    for kind in AddressKind.values:
        keys = {cell: key_of(kind, cell, country=country) for cell in cells if _may_be(kind, cell)}
        rows = Address.objects.filter(kind=kind, key__in=set(keys.values())).order_by("pk")
        known = dict(rows.values_list("key", Coalesce("customer__merged_into", "customer")))
        found |= {cell: known[key] for cell, key in keys.items() if key in known}
    return found


def _may_be(kind: str, cell: str) -> bool:
    if kind == AddressKind.EMAIL:
        return "@" in cell
    return kind != AddressKind.PHONE or bool(NUMBER.fullmatch(cell))
