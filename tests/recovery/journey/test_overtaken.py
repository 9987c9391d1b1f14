from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.recovery import journey
from amends.recovery.notice import Notice
from amends.recovery.reading import Meaning
from amends.recovery.timeline import Verb
from tests import cast

pytestmark = pytest.mark.django_db
WORDS = "How was the breakfast we sent you?"


def scheduled():
    recovery = cast.heard()
    at = now() + timedelta(hours=3)
    return recovery, journey.write(recovery, words=WORDS, by=cast.ana(), send_at=at)


def state_of(letter: Letter) -> str:
    return Letter.objects.get(pk=letter.pk).state


@pytest.mark.parametrize(
    "says",
    [
        lambda r: journey.customer_wrote(r, words="It never came.", channel="e-mail"),
        lambda r: journey.customer_wrote(
            r, words="Thank you!", channel="e-mail", meaning=Meaning.THANKS
        ),
        lambda r: journey.person_please(r, words="Ring me, please."),
    ],
)
def test_a_letter_for_later_gives_way_to_what_they_write_first(says):
    recovery, letter = scheduled()
    says(recovery)
    kept = Letter.objects.get(pk=letter.pk)
    assert (kept.state, kept.words) == (State.CANCELLED, WORDS)
    assert kept.trouble == "Not sent, because Robert Finch wrote first. Read it, and decide."
    told = Notice.objects.filter(words__startswith="Your letter was not sent").count()
    assert told == 1
    assert recovery.timeline.filter(verb=Verb.NOT_SENT).count() == 1


def test_a_bounce_is_no_word_of_theirs():
    recovery, letter = scheduled()
    lost = journey.write(recovery, words="Another letter.", by=cast.ana())
    Letter.objects.filter(pk=lost.pk).update(state=State.FAILED)
    journey.could_not_reach(Letter.objects.get(pk=lost.pk), at=now())
    assert state_of(letter) == State.SCHEDULED


def test_what_left_this_very_moment_is_left_alone():
    recovery, letter = scheduled()
    journey.send_scheduled(letter, at=now() + timedelta(hours=4))
    journey.customer_wrote(recovery, words="It never came.", channel="e-mail")
    assert state_of(letter) == State.QUEUED


def test_words_that_came_unseen_are_noticed_at_the_hour():
    recovery, letter = scheduled()
    Letter.objects.create(
        direction="in",
        channel="email",
        state=State.RECEIVED,
        thread=recovery.ref,
        made_at=now() + timedelta(minutes=1),
    )
    journey.send_scheduled(letter, at=now() + timedelta(hours=4))
    assert state_of(letter) == State.CANCELLED
