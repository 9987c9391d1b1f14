import pytest

from amends.customers.call import Call
from amends.recovery import journey
from amends.recovery.notice import About, Notice
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def told(person):
    found = Notice.objects.filter(person=person, about=About.CALL)
    return list(found.values_list("words", flat=True))


def test_those_on_duty_know_who_is_calling_and_what_is_owed():
    cast.ben(), cast.olive()
    recovery, _ = cast.asked_for_ana()
    journey.call(recovery.customer, place=recovery.place)
    (words,) = told(cast.ben())
    assert words.startswith("Robert Finch is calling. We owe: ")
    assert told(cast.ana()) == [words]
    assert told(cast.olive()) == []


def test_a_call_told_twice_rang_once():
    recovery, _ = cast.asked_for_ana()
    calls = [journey.call(recovery.customer, place=recovery.place, outside_id="T1") for _ in "ab"]
    assert calls[0] == calls[1]
    assert len(told(cast.ana())) == 1


def test_nobody_is_called_away_for_somebody_we_owe_nothing():
    cast.ana()
    journey.call(cast.finch(), place=cast.place())
    assert Call.objects.count() == 1
    assert Notice.objects.count() == 0


def test_rung_off_once_is_rung_off():
    ringing = journey.call(cast.finch(), place=cast.place())
    for _ in range(2):
        journey.rang_off(ringing, by=cast.ana())
    assert Call.objects.exclude(ended_at=None).count() == 1
