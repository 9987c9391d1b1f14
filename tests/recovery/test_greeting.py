from datetime import UTC, datetime, timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.greeting import cards, midnight, sheets
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def booked(recovery, **more):
    told = {"outside_id": "b-1", "expected_at": now() + timedelta(hours=2), **more}
    return journey.visit(customer=recovery.customer, place=recovery.place, **told)


def test_the_day_ends_when_it_ends_there():
    assert midnight(cast.place(), now()) == datetime(2026, 6, 1, 23, 0, tzinfo=UTC)


def test_a_card_holds_what_this_person_may_see():
    recovery, promise = cast.asked_for_ana()
    visit = booked(recovery)
    (mine,) = cards(cast.ben(), [visit], at=now())
    assert (mine.asked_for, mine.recoveries) == (promise, [recovery])
    stranger = cast.person("Sam Poole", at=cast.place("larder-york"))
    (theirs,) = cards(stranger, [visit], at=now())
    assert not theirs.owes
    assert theirs.hurt is None


def test_a_cancelled_guest_is_on_no_sheet():
    recovery, _ = cast.asked_for_ana()
    visit = booked(recovery)
    (sheet,) = sheets(cast.ana(), [cast.place()], at=now())
    assert [card.visit for card in sheet.coming] == [visit]
    booked(recovery, cancelled=True)
    (sheet,) = sheets(cast.ana(), [cast.place()], at=now())
    assert sheet.coming == []


def test_the_minutes_to_the_second_call_and_to_a_broken_promise():
    recovery, _ = cast.asked_for_ana()
    visit = journey.is_here(recovery.customer, place=recovery.place, by=cast.ben())
    (card,) = cards(cast.ana(), [visit], at=now())
    assert (card.soon, card.too_late, card.state) == (5, 15, "")
