from datetime import timedelta

import pytest

from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.apology import AlreadySorry, TooShort
from amends.recovery.complaint import NotYetRead
from amends.recovery.journey.heard import WentWrong
from amends.recovery.standards import Step
from amends.recovery.timeline import first_broken
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s2_09_one_apology_and_the_second_is_turned_into_thanks():
    recovery = cast.sorry()
    with pytest.raises(AlreadySorry, match="Thank them instead"):
        journey.apologise(recovery, words=cast.SORRY, by=cast.ana())
    assert Letter.objects.filter(thread=recovery.ref, kind="apology").count() == 1


def test_a_new_failure_is_owed_a_sorry_of_its_own():
    recovery = cast.sorry()
    journey.add_failure(recovery, WentWrong(words="We spilt the coffee too"), by=cast.ana())
    assert cast.fresh(recovery).sorry_at is None
    journey.apologise(recovery, words="I am sorry about the coffee as well.", by=cast.ana())
    assert [a.failures.count() for a in recovery.apologies.all()] == [2, 1]


def test_an_apology_needs_words_of_its_own():
    with pytest.raises(TooShort):
        journey.apologise(cast.understood(), words="Sorry.", by=cast.ana())


def test_t5_listen_first_when_the_customer_told_us():
    cast.ana()
    recovery = journey.hear(
        customer=cast.finch(), place=cast.place(), words=cast.STORY, channel="e-mail"
    )
    with pytest.raises(NotYetRead):
        journey.apologise(recovery, words=cast.SORRY, by=cast.ana())


def test_s2_08_the_clock_says_why_it_was_met(clock):
    recovery = cast.understood(channel="telephone")
    clock.shift(timedelta(minutes=3))
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), channel="telephone")
    stopped = recovery.clocks.get(step=Step.APOLOGY)
    assert stopped.is_met
    assert stopped.why == "Met: after 3 minutes of opening hours."


def test_s2_08_the_clock_says_why_it_was_missed(clock):
    recovery = cast.understood()
    clock.shift(timedelta(minutes=25))
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), reason="The fire alarm went off.")
    stopped = recovery.clocks.get(step=Step.APOLOGY)
    assert not stopped.is_met
    assert stopped.why == "Missed by 20 minutes of opening hours. The fire alarm went off."


def test_said_aloud_it_needs_no_letter():
    recovery = cast.understood()
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), channel="in person")
    assert not Letter.objects.filter(thread=recovery.ref, kind="apology").exists()


def test_freescout_3856_an_apology_called_back_was_not_given(clock):
    recovery = cast.understood()
    sorry_due = recovery.clocks.get(step=Step.APOLOGY).due_at
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana())
    letter = Letter.objects.get(kind="apology")
    clock.shift(timedelta(seconds=10))
    journey.take_back(letter, by=cast.ana())
    recovery = cast.fresh(recovery)
    assert (recovery.sorry_at, recovery.failures.exclude(sorry_at=None).count()) == (None, 0)
    running = recovery.clocks.get(step=Step.APOLOGY)
    assert (running.stopped_at, running.due_at) == (None, sorry_due)
    assert not recovery.apologies.given().exists()
    assert first_broken(recovery) is None


def test_s2_09_and_may_then_be_given_once(clock):
    recovery = cast.understood()
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana())
    journey.take_back(Letter.objects.get(kind="apology"), by=cast.ana())
    journey.apologise(cast.fresh(recovery), words=f"{cast.SORRY} Truly.", by=cast.ana())
    assert cast.fresh(recovery).sorry_at
    with pytest.raises(AlreadySorry):
        journey.apologise(cast.fresh(recovery), words=cast.SORRY, by=cast.ana())
    states = Letter.objects.filter(kind="apology").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "queued"]


def test_an_earlier_apology_stands_when_a_later_one_is_called_back():
    recovery = cast.sorry()
    journey.add_failure(recovery, WentWrong(words="We spilt the coffee too"), by=cast.ana())
    journey.apologise(recovery, words="I am sorry about the coffee as well.", by=cast.ana())
    journey.take_back(Letter.objects.filter(kind="apology").last(), by=cast.ana())
    assert recovery.apologies.given().count() == 1
    assert recovery.failures.filter(sorry_at=None).count() == 1
