from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.mailroom.outbox import send_due
from amends.mailroom.sending import Sending
from amends.mailroom.settling import NotThere
from amends.recovery import clockwork, journey
from amends.recovery.failure import NothingSaid
from amends.recovery.journey.writing import FARTHEST, NotThen, NotYours
from amends.recovery.recovery import Companion
from amends.recovery.standards import Step
from amends.recovery.timeline import Verb
from tests import cast
from tests.mailroom.test_outbox import KEEP

pytestmark = pytest.mark.django_db
WORDS = "I will ring you tomorrow at nine, and Ben will be there too."


@pytest.fixture(autouse=True)
def kept(settings):
    settings.AMENDS_MAIL_URL = KEEP


def waiting():
    """They wrote, and wait for an answer."""
    recovery = cast.heard()
    journey.customer_wrote(recovery, words="And what about the coffee?", channel="e-mail")
    return cast.fresh(recovery)


def clock_of(recovery):
    return recovery.clocks.get(step=Step.ANSWER)


def test_a_letter_in_ones_own_words_keeps_them_apart_from_our_frame():
    letter = journey.write(waiting(), words=f" {WORDS} ", by=cast.ana())
    assert letter.words == WORDS
    assert letter.text.startswith("Hello Robert")
    with pytest.raises(NothingSaid):
        journey.write(waiting(), words=" ", by=cast.ana())


def test_freescout_3856_an_undo_makes_it_as_if_it_had_not_been_written(clock):
    """Guarantee 11: what was called back is not sent, now or ever."""
    recovery = waiting()
    since, due_at = recovery.waiting_since, clock_of(recovery).due_at
    clock.shift(timedelta(minutes=10))
    letter = journey.write(recovery, words=WORDS, by=cast.ana())
    assert cast.fresh(recovery).waiting_since is None
    clock.shift(timedelta(seconds=22))
    journey.take_back(letter, by=cast.ana())
    assert cast.fresh(recovery).waiting_since == since
    assert (clock_of(recovery).stopped_at, clock_of(recovery).due_at) == (None, due_at)
    clock.shift(timedelta(minutes=10))
    assert send_due() == 0
    assert Letter.objects.get(pk=letter.pk).words == WORDS
    assert recovery.timeline.last().verb == Verb.TOOK_BACK


def test_an_undo_after_they_wrote_again_leaves_the_newer_clock_alone(clock):
    recovery = waiting()
    letter = journey.write(recovery, words=WORDS, by=cast.ana())
    clock.shift(timedelta(seconds=5))
    journey.customer_wrote(cast.fresh(recovery), words="One more thing.", channel="page")
    journey.take_back(letter, by=cast.ana())
    assert recovery.clocks.filter(step=Step.ANSWER).running().count() == 1


def test_nobody_takes_back_what_somebody_else_wrote():
    letter = journey.write(waiting(), words=WORDS, by=cast.ana())
    with pytest.raises(NotYours, match="Ana Reyes wrote"):
        journey.take_back(letter, by=cast.ben())


def test_an_undo_too_late_changes_nothing(clock):
    recovery = waiting()
    letter = journey.write(recovery, words=WORDS, by=cast.ana())
    clock.shift(timedelta(seconds=26))
    assert send_due() == 1
    with pytest.raises(NotThere, match="gone out already"):
        journey.take_back(letter, by=cast.ana())
    assert cast.fresh(recovery).waiting_since is None


def test_freescout_3856_what_is_written_on_their_page_is_there_at_once():
    recovery = cast.heard(customer=cast.finch(email="", name="Nobody's mail"))
    letter = journey.write(recovery, words=WORDS, by=cast.ana())
    assert (letter.channel, letter.state, letter.hold_until) == ("page", State.LOGGED, None)


def test_without_an_undo_it_leaves_at_once():
    Sending.objects.create(undo_seconds=0)
    journey.write(waiting(), words=WORDS, by=cast.ana())
    assert send_due() == 1


def scheduled(recovery, hours: int = 3) -> Letter:
    at = now() + timedelta(hours=hours)
    return journey.write(recovery, words=WORDS, by=cast.ana(), send_at=at)


def test_a_letter_for_later_answers_nobody_until_it_has_gone(clock):
    recovery = waiting()
    letter = scheduled(recovery)
    assert cast.fresh(recovery).waiting_since is not None
    clock.shift(timedelta(hours=2))
    clockwork.what_is_due()
    assert send_due() == 0
    clock.shift(timedelta(hours=1, minutes=1))
    clockwork.what_is_due()
    clockwork.what_is_due()
    assert send_due() == 1
    assert cast.fresh(recovery).waiting_since is None
    wrote = recovery.timeline.filter(verb=Verb.WROTE)
    assert [(entry.by.name, entry.facts["letter"]) for entry in wrote] == [
        ("Ana Reyes", letter.ref)
    ]


def test_one_may_think_better_of_it():
    recovery = waiting()
    letter = scheduled(recovery)
    journey.do_not_send(letter, by=cast.ben())
    letter.refresh_from_db()
    assert (letter.state, letter.words) == (State.CANCELLED, WORDS)
    assert "Ben Okafor decided" in letter.trouble
    assert recovery.timeline.last().verb == Verb.NOT_SENT


def test_whoever_is_left_in_peace_is_not_written_to_at_the_hour_either(clock):
    recovery = waiting()
    letter = scheduled(recovery)
    journey.leave_me_be(recovery)
    clock.shift(timedelta(hours=4))
    clockwork.what_is_due()
    assert send_due() == 0
    letter.refresh_from_db()
    assert "left in peace" in letter.trouble


@pytest.mark.parametrize("off", [timedelta(0), timedelta(hours=-1), FARTHEST])
def test_the_hour_is_still_to_come(clock, off):
    with pytest.raises(NotThen):
        journey.write(waiting(), words=WORDS, by=cast.ana(), send_at=now() + off)


def test_what_goes_onto_a_page_has_no_hour():
    recovery = cast.heard(customer=cast.finch(email="", name="Nobody's mail"))
    with pytest.raises(NotThen, match="no e-mail address"):
        scheduled(recovery)


def test_osticket_3967_a_companion_with_leave_is_in_the_same_letter_openly_and_gets_no_link():
    recovery = waiting()
    aunt = Companion.objects.create(
        recovery=recovery, name="Ida Finch", relation="aunt", email="ida@finch.example"
    )
    letter = journey.write(recovery, words=WORDS, by=cast.ana(), also_to=[aunt])
    assert [(copy.name, copy.address) for copy in letter.also_to.all()] == [
        ("Ida Finch", "ida@finch.example")
    ]
    assert "/r/" not in letter.text + letter.html
    assert "/r/" in journey.write(recovery, words=WORDS, by=cast.ana()).text
