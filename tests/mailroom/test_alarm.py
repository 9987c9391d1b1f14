from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.alarm import Alarm

pytestmark = pytest.mark.django_db
DISK = {"folder": "The disk is full."}


def seen(clock, troubles, **later):
    clock.shift(timedelta(**later))
    Alarm.note(troubles, at=now())
    told = [alarm for alarm in Alarm.objects.to_tell(now()) if alarm.claim_telling(at=now())]
    over = [alarm for alarm in Alarm.objects.to_clear(now()) if alarm.claim_clearing(at=now())]
    return [alarm.about for alarm in told], [alarm.about for alarm in over]


def test_osticket_3966_one_alarm_a_trouble_when_it_lasts_and_one_when_it_is_over(clock):
    """Guarantee 14: no storm, and it says what is wrong."""
    assert seen(clock, DISK) == ([], [])
    assert seen(clock, DISK, seconds=61) == (["folder"], [])
    assert seen(clock, DISK, hours=5) == ([], [])
    assert seen(clock, {}, seconds=15) == ([], [])
    assert seen(clock, {}, seconds=61) == ([], ["folder"])
    assert seen(clock, {}, hours=5) == ([], [])


def test_a_hiccup_is_no_alarm(clock):
    assert seen(clock, DISK) == ([], [])
    assert seen(clock, {}, seconds=30) == ([], [])
    assert seen(clock, DISK, seconds=300) == ([], [])
    assert seen(clock, {}, seconds=30) == ([], [])


def test_what_comes_and_goes_is_told_once_an_hour(clock):
    told = []
    for _ in range(60):
        told += [seen(clock, DISK, seconds=10), seen(clock, DISK, seconds=65)]
        told += [seen(clock, {}, seconds=10), seen(clock, {}, seconds=65)]
    alarms = [about for about, _ in told if about]
    assert len(alarms) <= 3


def test_a_gap_shorter_than_a_minute_does_not_make_it_over(clock):
    seen(clock, DISK)
    seen(clock, DISK, seconds=61)
    seen(clock, {}, seconds=15)
    assert seen(clock, DISK, seconds=15) == ([], [])
    assert seen(clock, {}, seconds=15) == ([], [])


def test_of_two_that_look_at_once_one_tells(clock):
    seen(clock, DISK)
    clock.shift(61)
    (mine,), (theirs,) = Alarm.objects.to_tell(now()), Alarm.objects.to_tell(now())
    assert mine.claim_telling(at=now())
    assert not theirs.claim_telling(at=now())


def test_a_road_that_was_closed_is_tried_again_later(clock):
    seen(clock, DISK)
    clock.shift(61)
    (alarm,) = Alarm.objects.to_tell(now())
    alarm.claim_telling(at=now())
    alarm.not_told(at=now(), told_at=None)
    assert seen(clock, DISK, seconds=60) == ([], [])
    assert seen(clock, DISK, minutes=5) == (["folder"], [])
