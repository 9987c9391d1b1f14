"""Whom a watch names, and whom it leaves out and why."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.kit.clock import now
from amends.recovery import journey
from amends.signals import finding, looking
from amends.signals.models import Signal
from amends.signals.signal import LeftOut
from tests import cast
from tests.signals import shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def found(watch, **more):
    return list(finding.named(finding.candidates(watch, at=now(), **more)))


def left_out(watch):
    counts = finding.counted(finding.candidates(watch, at=now()))
    return {LeftOut(why): n for why, n in counts.items() if why}


def test_late_is_later_than_promised_by_more_than_so_many_days():
    late, watch = shop.order(promised=-4, came=-1), shop.watch("late", days=2)
    shop.order(promised=-3, came=-1)
    shop.order(promised=-1, came=-1)
    shop.order(promised=None, came=-1)
    assert found(watch) == [late]
    assert len(found(shop.watch("late", days=0))) == 2
    assert found(shop.watch("late", days=3)) == []


def test_a_day_is_one_of_the_places_calendar():
    """Half past eleven at night in Bath, in summer, is another day in Greenwich."""
    at = now().replace(hour=23, minute=30) - timedelta(days=2)
    shop.order(promised=-1, came=None, delivered_at=at)
    assert found(shop.watch("late", days=0)) == []
    late = shop.order(promised=-2, came=None, delivered_at=at)
    assert found(shop.watch("late", days=0)) == [late]


def test_what_came_long_ago_is_no_news():
    shop.order(promised=-40, came=-30)
    assert found(shop.watch("late")) == []
    assert len(found(shop.watch("late", within=60))) == 1


def test_never_came_is_so_many_days_after_the_promise():
    missing = shop.order(promised=-4, came=None)
    shop.order(promised=-2, came=None)
    shop.order(promised=-5, came=None, cancelled_at=now())
    shop.order(promised=3, came=None)
    assert found(shop.watch("missing", days=3)) == [missing]


def test_cancelled_and_short_and_paid_back():
    gone = shop.order(came=None, cancelled_at=now() - timedelta(hours=1))
    short = shop.order(promised=-1, came=-1, short=True)
    paid = shop.order(promised=-1, came=-1, refunded=Decimal(5))
    assert found(shop.watch("cancelled")) == [gone]
    assert found(shop.watch("short")) == [short]
    assert found(shop.watch("refund")) == [paid]


def test_a_low_rating_with_words_has_been_told():
    judith = shop.customer()
    low = shop.rating(of=judith, score=2)
    shop.rating(of=judith, score=1, words="It was cold.")
    shop.rating(of=judith, score=3)
    assert found(shop.watch("rating")) == [low]


def test_gone_quiet_and_falling_are_read_from_what_they_are_worth():
    quiet, falls = shop.customer("Quiet One"), shop.customer("Falling One")
    lost = shop.worth(of=quiet, overdue=0.01, p_alive=0.2, amount=50, amount_before=400)
    fell = shop.worth(of=falls, overdue=0.5, p_alive=0.6, amount=300, amount_before=700)
    shop.worth(of=shop.customer("Here Still"), overdue=0.6, p_alive=0.9, amount=9, amount_before=9)
    assert found(shop.watch("quiet")) == [lost]
    assert found(shop.watch("falling", mark=0.5)) == [lost, fell]
    assert found(shop.watch("falling", mark=0.5, least=500)) == [fell]


def test_only_what_is_worth_at_least_so_much_and_of_this_place():
    dear, watch = shop.order(amount=Decimal(90)), shop.watch("late", least=50)
    shop.order(amount=Decimal(9))
    assert found(watch) == [dear]
    york = cast.place("larder-york", name="The Larder, York")
    assert found(shop.watch("late", least=None, place=york)) == []


def test_s3_21_whoever_is_spoken_to_already_is_left_out_and_that_is_said():
    peace, under_way, talked = (shop.customer(name) for name in ("Pea Ce", "Un Der", "Tal Ked"))
    for who in (peace, under_way, talked):
        shop.order(of=who)
    peace.leave_in_peace(at=now())
    cast.heard(customer=under_way)
    before = cast.heard(customer=talked)
    journey.let_go(before, why="She moved away.", by=cast.mona())
    assert found(shop.watch("late")) == []
    counted = {LeftOut.PEACE: 1, LeftOut.OPEN: 1, LeftOut.TALKED: 1}
    assert left_out(shop.watch("late")) == counted


def test_a_talk_before_the_order_was_placed_is_no_talk_about_it(clock):
    judith = shop.customer()
    clock.shift(timedelta(days=-30))
    journey.let_go(cast.heard(customer=judith), why="All was said.", by=cast.mona())
    clock.shift(timedelta(days=30))
    late = shop.order(of=judith)
    assert found(shop.watch("late")) == [late]


def test_an_event_is_signalled_once_whatever_saw_it():
    judith = shop.customer()
    late = shop.order(of=judith, short=True)
    looking.look(shop.watch("late"), at=now())
    assert Signal.objects.get().order == late
    assert left_out(shop.watch("short")) == {LeftOut.BEFORE: 1}
    shop.rating(of=judith, order=late)
    assert left_out(shop.watch("rating")) == {LeftOut.BEFORE: 1}


def test_a_silence_is_signalled_once_and_the_next_one_again(clock):
    judith = shop.customer()
    shop.order(of=judith, promised=None, came=None, ordered_at=now() - timedelta(days=200))
    shop.worth(of=judith, overdue=0.01, p_alive=0.2)
    watch = shop.watch("quiet")
    looking.look(watch, at=now())
    signal = Signal.objects.get()
    assert signal.quiet_since == (now() - timedelta(days=200)).date()
    assert left_out(watch) == {LeftOut.BEFORE: 1}


def test_whoever_was_erased_is_not_looked_for():
    judith = shop.customer()
    shop.order(of=judith)
    judith.erased_at = now()
    judith.save()
    assert found(shop.watch("late")) == []


@pytest.fixture
def a_busy_year():
    """Enough of what nobody looks for, and known to the database, that it has a way to choose."""
    judith = shop.customer()
    for days in range(-20, 0):
        shop.order(of=judith, promised=days - 4, came=days, short=True, cancelled_at=None)
        shop.order(of=judith, cancelled_at=now() + timedelta(days=days), refunded=3)
        shop.rating(of=judith, days=days)
    plain = {"customer": judith, "ordered_at": now(), "ordered_on": now().date()}
    Order.objects.bulk_create(Order(outside_id=f"plain {n}", **plain) for n in range(5_000))
    praised = {"customer": judith, "score": 5, "words": "Lovely.", "at": now()}
    Rating.objects.bulk_create(Rating(outside_id=f"plain {n}", **praised) for n in range(5_000))
    with connection.cursor() as cursor:
        for model in (Order, Rating, Customer):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


@pytest.mark.usefixtures("a_busy_year")
def test_the_database_goes_by_an_index_and_not_through_everything():
    """What is asked every half hour reads what is new, of ten million rows as of ten."""
    assert {sees: index for sees in BY_INDEX if (index := _index_of(sees))} == BY_INDEX


BY_INDEX = {
    "late": "order_promised",
    "missing": "order_promised",
    "cancelled": "order_cancelled",
    "short": "order_short",
    "refund": "order_money_back",
    "rating": "rating_without_words",
}


def _index_of(sees):
    """The index of ours by which the database would find what this watch sees."""
    rows = finding.candidates(shop.watch(sees), at=now())
    sql, params = rows.order_by().query.sql_with_params()
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}", params)
        plan = " ".join(str(row) for row in cursor.fetchall())
    used = [name for name in set(BY_INDEX.values()) if name in plan]
    return used[0] if len(used) == 1 else plan


def test_orders_without_a_promise_are_in_no_index_of_ours():
    named = [index.name for index in Order._meta.indexes if index.condition is not None]
    assert set(named) == {"order_promised", "order_cancelled", "order_short", "order_money_back"}
