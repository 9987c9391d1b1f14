"""The looks of the clock, the dry run before it, and no more names than a day allows."""

from datetime import timedelta

import pytest

from amends.config.schedule import TABLE
from amends.kit.clock import now
from amends.recovery.recovery import Recovery
from amends.signals import looking, watching
from amends.signals.models import Look, Signal, Watch
from tests import cast
from tests.signals import shop
from tests.signals.test_reaching import incident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def orders(how_many, **more):
    people = [shop.customer(f"Customer {n}") for n in range(how_many)]
    return [shop.order(of=one, **more) for one in people]


def test_a_dry_run_says_who_and_how_many_and_writes_nothing():
    orders(5)
    peace = shop.customer("Pea Ce")
    shop.order(of=peace)
    peace.leave_in_peace(at=now())
    watch = shop.watch("late", on=False)
    seen = looking.dry_run(watch, at=now(), most=3)
    assert (seen.how_many, len(seen.named)) == (5, 3)
    assert seen.reasons == [("asked to be left in peace", 1)]
    assert "has not said a word" in seen.named[0].why
    assert (Signal.objects.count(), Look.objects.count()) == (0, 0)


def test_the_worst_comes_first():
    mild = shop.order(of=shop.customer("Mild One"), promised=-3)
    worst = shop.order(of=shop.customer("Worst Off"), promised=-30)
    seen = looking.dry_run(shop.watch("late"), at=now(), most=9)
    assert [named.order for named in seen.named] == [worst, mild]


def test_a_customer_is_named_once_however_much_went_wrong():
    judith = shop.customer()
    shop.order(of=judith, promised=-9)
    shop.order(of=judith)
    looking.look(shop.watch("late"), at=now())
    assert Signal.objects.count() == 1


def test_no_more_a_day_than_the_watch_allows_and_the_rest_the_day_after(clock):
    orders(5)
    shop.watch("late", per_day=2)
    assert looking.look_around() == 2
    told = Look.objects.get()
    assert (told.named, told.waiting) == (2, 3)
    clock.shift(timedelta(hours=2))
    assert looking.look_around() == 0
    clock.shift(timedelta(hours=23))
    assert looking.look_around() == 2
    assert Signal.objects.values("order").distinct().count() == 4


def test_no_more_a_day_than_all_watches_together_may():
    orders(3)
    orders_gone = [shop.customer(f"Gone {n}") for n in range(3)]
    for one in orders_gone:
        shop.order(of=one, came=None, cancelled_at=now())
    watching.set_pace(per_day=4, by=cast.olive())
    for sees in ("late", "cancelled"):
        shop.watch(sees)
    assert looking.look_around() == 4


def test_a_watch_that_is_off_does_not_look():
    orders(1)
    shop.watch("late", on=False)
    assert looking.look_around() == 0
    assert Look.objects.count() == 0


def test_of_two_workers_one_looks():
    orders(2)
    watch = shop.watch("late")
    same = Watch.objects.get(pk=watch.pk)
    assert looking.look(watch, at=now()) == 2
    assert looking.look(same, at=now()) == 0


def test_it_looks_again_after_half_an_hour_and_at_silences_once_a_day(clock):
    judith = shop.customer()
    shop.worth(of=judith, overdue=0.01, p_alive=0.1)
    shop.watch("quiet")
    shop.watch("late")
    assert looking.look_around() == 1
    clock.shift(timedelta(minutes=10))
    looking.look_around()
    assert Look.objects.count() == 2
    clock.shift(timedelta(minutes=30))
    looking.look_around()
    assert Look.objects.first().watch.sees == "late"
    assert Look.objects.count() == 3


def test_what_was_left_out_is_kept_with_the_look():
    judith = shop.customer()
    shop.order(of=judith)
    cast.heard(customer=judith)
    shop.watch("late")
    looking.look_around()
    assert Look.objects.get().left_out == {"open": 1}
    assert not Signal.objects.exists()


def test_looking_opens_nothing():
    orders(1)
    shop.watch("late", opens=True)
    looking.look_around()
    assert Signal.objects.get().by_itself
    assert not Recovery.objects.exists()


def test_the_clock_knows_all_three():
    named = {each.function for each in TABLE}
    assert {
        "amends.signals.looking.look_around",
        "amends.signals.opening.open_by_themselves",
        "amends.signals.reaching.go_on",
    } <= named


def test_the_signal_is_of_the_place_that_sent_the_order():
    york = cast.place("larder-york", name="The Larder, York")
    shop.order(place=york)
    looking.look(shop.watch("late"), at=now())
    assert Signal.objects.get().place == york


def test_a_look_asks_little_however_many_it_finds(django_assert_max_num_queries):
    orders(30)
    watch = shop.watch("late")
    with django_assert_max_num_queries(20):
        assert looking.look(watch, at=now()) == 10


def test_whoever_talked_with_us_since_is_not_told_of_twice(clock):
    signal = shop.signal()
    clock.shift(timedelta(minutes=1))
    cast.heard(customer=signal.customer)
    looking.look_around()
    signal.refresh_from_db()
    assert (signal.state, signal.left_why) == ("left", "They are being looked after since.")
    assert signal.by is None


def test_whoever_wants_peace_since_is_not_waited_for():
    signal = shop.signal()
    signal.customer.leave_in_peace(at=now())
    looking.look_around()
    signal.refresh_from_db()
    assert (signal.state, signal.left_why) == ("left", "They asked to be left in peace.")


def test_a_line_that_leads_to_nobody_is_kept_for_a_month(clock):
    made = incident("somebody@nowhere.example")
    looking.look_around()
    assert made.unknown.count() == 1
    clock.shift(timedelta(days=31))
    looking.look_around()
    assert made.unknown.count() == 0
