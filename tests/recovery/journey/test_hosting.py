"""Who meets a guest: the host, the deputy while the host is not in, and everybody on duty."""

from datetime import time, timedelta

import pytest

from amends.kit.clock import now
from amends.people.roster import Away, Shift
from amends.recovery import clockwork, journey
from amends.recovery.journey.hosting import let_down
from amends.recovery.notice import About, Notice
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)


def book(recovery, when, **more):
    told = {"outside_id": "B1", "expected_at": when, **more}
    return journey.visit(customer=recovery.customer, place=recovery.place, **told)


def told(person, *words):
    found = Notice.objects.filter(person=person, about__in=[About.ARRIVAL, About.PERSON])
    return [one for one in found.values_list("words", flat=True) if all(w in one for w in words)]


@pytest.fixture
def asked():
    """Ana works on Mondays only, Ben whenever it is open."""
    cast.ben()
    recovery, promise = cast.asked_for_ana()
    Shift.objects.create(
        person=cast.ana(), place=cast.place(), weekday=0, starts=time(8), ends=time(18)
    )
    return recovery, promise


def test_s3_14_off_shift_on_that_day_the_deputy_gets_the_promise_and_the_story(asked):
    recovery, promise = asked
    book(recovery, now() + DAY)
    promise.refresh_from_db()
    assert (promise.owner, promise.cover, promise.host) == (cast.ben(), cast.ana(), cast.ana())
    assert told(cast.ben(), "has booked", "Tuesday 2 June, 10:00")
    assert told(cast.ben(), "Yours to keep")


def test_a_booking_that_moves_to_a_day_of_the_host_is_the_hosts_again(asked):
    recovery, promise = asked
    book(recovery, now() + DAY)
    book(recovery, now() + 7 * DAY)
    promise.refresh_from_db()
    assert promise.owner == cast.ana()
    assert told(cast.ana(), "comes at another time", "Monday 8 June")


def test_a_cancelled_booking_is_told_once_and_can_be_on_again(asked):
    recovery, promise = asked
    for cancelled in (None, True, True):
        book(recovery, now() + 7 * DAY, cancelled=cancelled)
    assert len(told(cast.ana(), "does not come after all")) == 1
    promise.refresh_from_db()
    assert promise.triggered_at is None
    assert book(recovery, now() + 7 * DAY, cancelled=False).cancelled_at is None
    assert len(told(cast.ana(), "has booked")) == 2


def test_whoever_comes_all_the_same_is_here(asked):
    recovery, promise = asked
    book(recovery, now(), cancelled=True)
    visit = book(recovery, now(), arrived_at=now(), cancelled=True)
    promise.refresh_from_db()
    assert visit.cancelled_at is None
    assert promise.triggered_at


def test_handed_over_by_one_of_us_it_stays_with_the_other(asked):
    recovery, promise = asked
    journey.cover_promise(promise, owner=cast.ben(), by=cast.mona())
    book(recovery, now() + 7 * DAY)
    promise.refresh_from_db()
    assert (promise.owner, promise.host) == (cast.ben(), cast.ben())


def test_the_named_cover_who_is_out_as_well_covers_nothing(asked):
    recovery, promise = asked
    cara = cast.person("Cara Quinn")
    journey.cover_promise(promise, owner=cast.ana(), by=cast.mona(), cover=cara)
    Away.objects.create(person=cara, from_at=now(), until_at=now() + 3 * DAY)
    book(recovery, now() + DAY)
    promise.refresh_from_db()
    assert promise.owner not in (cast.ana(), cara)


def test_the_card_reaches_everybody_on_duty_but_who_let_them_in():
    ben, dora, olive = cast.ben(), cast.person("Dora Ash"), cast.olive()
    recovery, _ = cast.asked_for_ana()
    journey.is_here(recovery.customer, place=recovery.place, by=ben, table="7")
    assert told(dora, "Robert Finch is here, table 7.", "Asked for Ana Reyes.")
    assert told(cast.ana(), "is here", "Ask for me next time")
    assert not told(ben)
    assert not told(olive)


def test_s2_06_on_duty_are_told_of_whoever_was_let_down_and_comes_again(clock):
    recovery = cast.heard()
    journey.let_go(recovery, why="Nothing left to do.", by=cast.mona())
    clock.shift(10 * DAY)
    journey.is_here(recovery.customer, place=recovery.place, by=cast.ben())
    assert told(cast.ana(), "Greet them by name.")


def test_s2_06_an_order_by_whoever_was_let_down_is_shown_to_the_owner(clock):
    recovery = cast.heard()
    clock.shift(10 * DAY)
    journey.order(customer=recovery.customer, outside_id="A-1", ordered_at=now())
    assert told(recovery.owner, "has ordered again")


def test_s2_06_care_ends_with_the_season(clock):
    recovery = cast.heard()
    guest = recovery.customer_id
    assert let_down([guest], at=now()) == {guest: recovery}
    clock.shift(91 * DAY)
    assert let_down([guest], at=now()) == {}


def test_s3_16_of_a_host_who_is_a_manager_the_owner_of_the_business_is_told(clock):
    cast.olive(), cast.mona()
    recovery, promise = cast.asked_for_ana()
    journey.cover_promise(promise, owner=cast.mona(), by=cast.olive())
    journey.is_here(recovery.customer, place=recovery.place, by=cast.ben())
    clock.shift(timedelta(minutes=15))
    clockwork.what_is_due()
    broken = Notice.objects.filter(about=About.BROKEN)
    assert broken.filter(person=cast.olive()).count() == 1
    assert broken.filter(person=cast.mona()).count() == 1


def test_s3_16_a_manager_who_is_away_is_not_the_one_who_is_told(clock):
    cast.olive()
    recovery, _ = cast.asked_for_ana()
    Away.objects.create(person=cast.mona(), from_at=now(), until_at=now() + DAY)
    journey.is_here(recovery.customer, place=recovery.place, by=cast.ben())
    clock.shift(timedelta(minutes=15))
    clockwork.what_is_due()
    broken = Notice.objects.filter(about=About.BROKEN)
    assert broken.filter(person=cast.olive()).exists()
    assert not broken.filter(person=cast.mona()).exists()
