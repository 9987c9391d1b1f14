"""Would this watch have been worth it? Of those it would have named in the quarter before a past
day, how many never came back within their time; beside as many whom the plain rule names, who
bought nothing for so many days; and beside everybody who bought in that quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, F, Max, OuterRef, Q

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rhythm import purchases
from amends.customers.terms import Terms
from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.signals import finding
from amends.signals.share import Share
from amends.signals.watch import Sees, Watch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from django.db.models import QuerySet

    from amends.customers.order import OrderQuerySet
    from amends.customers.visit import VisitQuerySet
    from amends.worth.fitting import Fit

    Rows = TypeVar("Rows", bound=QuerySet[Any])

SPAN = 90  # days before the day, in which whoever was let down is looked for
WINDOW, SILENCE = 180, 90  # days: to come back in, and of the plain rule, unless told otherwise
MOST = 20_000  # customers of one column: more of them say nothing more
AT_ONCE = 500
BACK = (10, 40, 120, 360)  # days before the line of the plain rule
NEXT_TO_NONE = 0.01  # purchases to expect: nothing is left of it that could fall
BEGINNING = date(1990, 1, 1)


class TooNear(Impossible):
    code = "too-near"


class NotKept(Impossible):
    code = "not-kept"


@dataclass(frozen=True)
class Past:
    """Each is how many never came back, of how many."""

    on: date
    window: int
    silence: int
    named: Share
    plain: Share
    everybody: Share

    @property
    def verdict(self) -> str:
        """In words that claim no more than the intervals do."""
        if not self.named.is_enough or not self.plain.is_enough:
            return "Too few to say anything yet."
        if self.named.interval[0] > self.plain.interval[1]:
            return "Those it names are lost more often than those of the plain rule."
        if self.named.interval[1] < self.plain.interval[0]:
            return "The plain rule finds more of those who are lost. It finds them later, though."
        return "The two cannot be told apart with so few."


def back_test(watch: Watch, *, on: date, window: int = WINDOW, silence: int = SILENCE) -> Past:
    """As things stood at the end of that day, without the limits of a day. Raises Impossible when
    there is nothing to look back on."""
    at = finding.end_of(on, watch)
    if on + timedelta(days=window) > now().astimezone(watch.zone).date():
        raise TooNear("That day is too near: their time to come back is not over yet.")
    named = _named(watch, at)
    lost = _Lost(on, window)
    return Past(
        on,
        window,
        silence,
        lost.among(named),
        lost.among(_plain(on, silence=silence, how_many=len(named))),
        lost.among(_everybody(on)),
    )


@dataclass(frozen=True)
class _Lost:
    """Who bought nothing in the days after that day."""

    on: date
    window: int

    def among(self, customers: Collection[int]) -> Share:
        known = sorted(customers)
        back = sum(len(self._back(few)) for few in _by_the(AT_ONCE, known))
        return Share(len(known) - back, len(known))

    def _back(self, few: list[int]) -> set[int]:
        bought = _bought(self.on, self.on + timedelta(days=self.window))
        return {
            who
            for rows in bought
            for who in rows.filter(customer__in=few).values_list("customer", flat=True)
        }


def _named(watch: Watch, at: datetime) -> set[int]:
    if watch.sees in BY_RHYTHM:
        return _at_its_place(BY_RHYTHM[Sees(watch.sees)](watch, at), watch)
    rows = finding.named(finding.candidates(watch, at=at, back=SPAN)).order_by()
    return set(rows.values_list("customer", flat=True).distinct()[:MOST])


def _at_its_place(found: set[int], watch: Watch) -> set[int]:
    """The model learns from everybody, as every night; named are those whom the place knows."""
    if not watch.place_id:
        return found
    known = Customer.places.through.objects.filter(place=watch.place_id)
    parts = (known.filter(customer__in=few) for few in _by_the(AT_ONCE, sorted(found)))
    return {who for few in parts for who in few.values_list("customer_id", flat=True)}


def _plain(on: date, *, silence: int, how_many: int) -> set[int]:
    """As many who bought nothing for so many days, those first who had just crossed that line:
    looked for further and further back, until there are enough."""
    line = on - timedelta(days=silence)
    later = [Exists(rows.filter(customer=OuterRef("customer"))) for rows in _bought(line, on)]
    last: dict[int, datetime] = {}
    until = line
    for days in BACK if how_many else ():
        since = line - timedelta(days=days)
        for rows in _bought(since, until):
            _add_silent(last, rows.filter(*(~each for each in later)), how_many)
        until = since
        if len(last) >= how_many:
            break
    return set(sorted(last, key=lambda who: last[who], reverse=True)[:how_many])


def _add_silent(last: dict[int, datetime], rows: QuerySet[Any], how_many: int) -> None:
    """Whoever is known already was here later."""
    moment = "ordered_at" if rows.model is Order else "there_at"
    newest = rows.values("customer").annotate(last=Max(moment)).order_by("-last", "customer")
    for row in newest[:how_many]:
        known = last.get(row["customer"], row["last"])
        last[row["customer"]] = max(known, row["last"])


def _everybody(on: date) -> set[int]:
    """Of a large shop every so many-th customer."""
    found: set[int] = set()
    for rows in _bought(on - timedelta(days=SPAN), on):
        found.update(_some(rows).values_list("customer", flat=True).distinct()[:MOST])
    return found


def _bought(after: date, until: date) -> tuple[OrderQuerySet, VisitQuerySet]:
    """Orders and paid visits after the one day and up to the other; the end days of orders are
    compared by the calendar, their moments only help the index."""
    orders = Order.objects.kept().filter(ordered_on__gt=after, ordered_on__lte=until)
    near = orders.filter(ordered_at__gte=_start_of(after, -1), ordered_at__lt=_start_of(until, 2))
    within = Q(there_at__gte=_start_of(after, 1), there_at__lt=_start_of(until, 1))
    return near.order_by(), Visit.objects.paid().filter(within).order_by()


def _some(rows: Rows) -> Rows:
    every = max(1, Customer.objects.order_by().count() // (2 * MOST))
    return rows if every == 1 else rows.alias(turn=F("customer_id") % every).filter(turn=0)


def _quiet(watch: Watch, at: datetime) -> set[int]:
    """As the model would have seen it on that day, learned from what was known then and no more."""
    from amends.worth.geometric import mbg
    from amends.worth.quiet import quiet

    on = at.date()
    bought = _bought_until(on)
    who, told = list(bought), _told(bought.values(), on)
    params = _learned(told).params
    alive, overdue = (ask(params, *told) for ask in (mbg.p_alive, mbg.overdue))
    listed = quiet(alive, overdue, mark=watch.mark, alive_below=watch.alive_below)
    return {who[row] for row in listed.nonzero()[0]}


def _falling(watch: Watch, at: datetime) -> set[int]:
    """What somebody was worth on a past day is not kept. So the purchases to expect of each are reckoned
    anew, as of that day and of a quarter before, by a model learned from no more than was known then;
    what they pay is taken to have stayed the same."""
    from amends.worth.geometric import mbg

    on = at.date()
    before = on - timedelta(days=SPAN)
    bought = _bought_until(on)
    params, terms = _learned(_told(bought.values(), on)).params, Terms.ours()
    here = [who for who, days in bought.items() if min(days) <= before]
    then = _told(([day for day in bought[who] if day <= before] for who in here), before)
    later = _told((bought[who] for who in here), on)
    expected, was = (
        mbg.discounted(params, x, t_x, age, terms.days, terms.rate) for x, t_x, age in (later, then)
    )
    fell = (was > NEXT_TO_NONE) & (expected < (1 - watch.mark) * was)
    return {here[row] for row in fell.nonzero()[0]}


BY_RHYTHM = {Sees.QUIET: _quiet, Sees.FALLING: _falling}


def _learned(told: Any) -> Fit:
    from amends.worth.fitting import fit
    from amends.worth.geometric import mbg
    from amends.worth.histories import Histories, TooFew

    try:
        return fit(mbg, Histories.of(*told))
    except TooFew as few:
        raise NotKept(f"There was too little to learn from by then. {few}") from few


def _bought_until(on: date) -> dict[int, set[date]]:
    """The days on which each of every so many-th customer bought."""
    days: dict[int, set[date]] = {}
    orders, visits = _bought(BEGINNING, on)
    for who, day in purchases(_some(orders), _some(visits)):
        if day <= on:
            days.setdefault(who, set()).add(day)
    return days


def _told(days_of: Iterable[Collection[date]], on: date) -> Any:
    """Of each: repeat purchase days, days from first to last, and until then."""
    import numpy as np

    told = [(len(d) - 1, (max(d) - min(d)).days, (on - min(d)).days) for d in days_of]
    return np.array(told, dtype=np.float64).reshape(-1, 3).T


def _by_the(size: int, keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _start_of(on: date, days: int = 0) -> datetime:
    return datetime.combine(on + timedelta(days=days), time(0), tzinfo=UTC)
