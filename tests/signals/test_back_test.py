"""Looking back: whether those it names were lost more often than those of the plain rule."""

from datetime import date, timedelta

import pytest

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rhythm import retell
from amends.kit.clock import now
from amends.signals.back_test import NotKept, TooNear, back_test
from tests import cast
from tests.signals import shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
THAT_DAY = date(2025, 6, 1)


def days_before(days):
    return now() - (now().date() - THAT_DAY) - timedelta(days=days)


def bought(who, *days, **more):
    """On so many days before that day; negative is after it."""
    for n in days:
        told = {"promised_on": None, "came": None, "ordered_at": days_before(n), **more}
        promised = told.pop("promised_on")
        shop.order(of=who, promised=None, **{**told, "promised_on": promised})


def late(who, *, came_back):
    bought(who, 20, promised_on=THAT_DAY - timedelta(days=15), delivered_at=days_before(10))
    if came_back:
        bought(who, -30)


def many(name, how_many):
    return [
        shop.customer(f"{name} {n}", email="", outside_id=f"{name}{n}") for n in range(how_many)
    ]


def test_too_few_have_no_figure_and_the_number_still_needed():
    for n, who in enumerate(many("Late", 4)):
        late(who, came_back=n == 0)
    past = back_test(shop.watch("late", on=False), on=THAT_DAY)
    assert (past.named.hits, past.named.n) == (3, 4)
    assert (past.named.per_cent, past.named.still_needed) == ("", 26)
    assert past.verdict == "Too few to say anything yet."


def test_each_rate_with_its_number_and_beside_the_plain_rule():
    for n, who in enumerate(many("Late", 36)):
        late(who, came_back=n < 6)
    for n, who in enumerate(many("Plain", 60)):
        bought(who, 100, *([-20] if n % 2 else []))
    past = back_test(shop.watch("late", on=False), on=THAT_DAY)
    assert (past.named.hits, past.named.n) == (30, 36)
    assert past.plain.n == past.named.n
    assert past.named.per_cent == "83 %, 71 to 91 %"
    assert past.everybody.n == 36
    assert "more often" in past.verdict


def test_the_plain_rule_takes_those_who_had_just_crossed_the_line():
    late(shop.customer("Late One"), came_back=True)
    just, long_gone, here = many("Silent", 3)
    bought(long_gone, 300)
    bought(just, 91)
    bought(here, 91, 30)
    past = back_test(shop.watch("late", on=False), on=THAT_DAY, silence=90)
    assert (past.plain.hits, past.plain.n) == (1, 1)
    bought(just, -5)
    past = back_test(shop.watch("late", on=False), on=THAT_DAY, silence=90)
    assert past.plain.hits == 0


def test_back_too_late_is_not_back_and_cancelled_is_no_purchase():
    never, slow, gone, back = many("Late", 4)
    for who in (never, slow, gone):
        late(who, came_back=False)
    late(back, came_back=True)
    bought(slow, -61)
    bought(gone, -10, cancelled_at=now())
    past = back_test(shop.watch("late", on=False), on=THAT_DAY, window=60)
    assert (past.named.hits, past.named.n) == (3, 4)


def test_a_paid_visit_is_a_return():
    who = shop.customer()
    late(who, came_back=False)
    at = days_before(-12)
    cast.place()
    who.visits.create(place=cast.place(), arrived_at=at, amount=12, currency="GBP")
    assert back_test(shop.watch("late", on=False), on=THAT_DAY).named.hits == 0


def test_what_was_not_known_on_that_day_is_not_used():
    """Delivered after the day, it was missing on the day; it was not late yet."""
    who = shop.customer()
    promised = THAT_DAY - timedelta(days=10)
    bought(who, 20, promised_on=promised, delivered_at=days_before(-3))
    assert back_test(shop.watch("late", on=False), on=THAT_DAY).named.n == 0
    assert back_test(shop.watch("missing", on=False), on=THAT_DAY).named.n == 1


def test_a_day_whose_time_is_not_over_is_refused():
    watch = shop.watch("late", on=False)
    with pytest.raises(TooNear):
        back_test(watch, on=now().date() - timedelta(days=30), window=60)


def test_where_too_little_had_been_bought_that_is_said():
    for sees in ("quiet", "falling"):
        with pytest.raises(NotKept, match="too little to learn from"):
            back_test(shop.watch(sees, on=False), on=THAT_DAY)


def weekly(stops):
    """80 weekly customers: half of them stop so many days before that day, the others go on after it."""
    for n, who in enumerate(many("Weekly", 80)):
        first = stops if n < 40 else 0
        days = range(first, 700, 7 + n % 5)
        Order.objects.bulk_create(
            Order(
                customer=who,
                outside_id=f"w{n}-{day}",
                ordered_at=days_before(day),
                ordered_on=days_before(day).date(),
            )
            for day in [*days, *([] if first else [-9])]
        )
        retell([who])


def test_going_quiet_is_judged_by_the_model_as_it_would_have_been_learned_then():
    weekly(stops=170)
    past = back_test(shop.watch("quiet", on=False), on=THAT_DAY)
    assert past.named.hits == past.named.n == 40
    assert past.named.per_cent.startswith("100 %")


def test_coming_less_and_less_is_reckoned_from_what_was_bought_by_then():
    """Not of whoever had left long before, nor of who had only just begun."""
    weekly(stops=70)
    for new in many("New", 5):
        bought(new, 40)
    for gone in many("Gone", 5):
        bought(gone, 500, 493, 486)
    past = back_test(shop.watch("falling", on=False), on=THAT_DAY, silence=60)
    assert past.named.hits == past.named.n == 40
    assert past.verdict == "The two cannot be told apart with so few."


@pytest.mark.parametrize(("sees", "stops"), [("quiet", 170), ("falling", 70)])
def test_a_watch_of_one_place_is_looked_back_on_among_those_whom_the_place_knows(sees, stops):
    weekly(stops=stops)
    york = cast.place("larder-york", name="The Larder, York")
    for n in (1, 2, 3, 77):  # the last of them never left
        Customer.at("id", f"Weekly{n}").known_at(york)
    past = back_test(shop.watch(sees, on=False, place=york), on=THAT_DAY, silence=60)
    assert past.named.hits == past.named.n == 3
    past = back_test(shop.watch(sees, on=False, place=cast.place()), on=THAT_DAY, silence=60)
    assert past.named.n == 40


def test_it_asks_little_of_the_database(django_assert_max_num_queries):
    for who in many("Late", 10):
        late(who, came_back=False)
    watch = shop.watch("late", on=False)
    with django_assert_max_num_queries(20):
        back_test(watch, on=THAT_DAY)
