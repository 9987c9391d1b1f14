"""S2-05: what happens next, by whom, by when."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.portal.next_steps import coming, questions, steps
from amends.portal.story import Story
from amends.recovery import journey
from amends.recovery.journey.heard import WentWrong
from amends.recovery.link import Link
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def story_of(recovery):
    return Story(Link.opened(Link.to(recovery, at=now()).token, at=now()))


def asked(recovery):
    return [where for where, _ in questions(story_of(recovery))]


def test_a_story_just_told_is_answered_by_somebody_by_a_moment():
    told = coming(story_of(cast.heard(channel="e-mail")))
    assert told.words == "Ana reads your story and answers you"
    assert told.due_at > now()


def test_without_an_owner_it_is_one_of_us():
    recovery = cast.heard(channel="e-mail")
    recovery.owner = None
    recovery.save()
    assert coming(story_of(recovery)).words.startswith("One of us reads")


def test_when_we_are_late_we_say_so(clock):
    recovery = cast.heard(channel="e-mail")
    clock.shift(timedelta(days=1))
    told = coming(story_of(recovery))
    assert told.is_late
    assert "We are late" in told.words


def test_when_it_is_their_turn_it_says_what_we_wait_for():
    recovery = cast.sorry()
    journey.restate(recovery, words="You waited an hour.", by=cast.ana())
    assert "have we understood you?" in coming(story_of(recovery)).words
    assert asked(recovery) == ["understanding", "wishes"]


def test_s0_08_they_are_asked_until_they_have_said():
    recovery = cast.sorry()
    assert asked(recovery) == ["wishes"]
    assert "what you would think fair" in coming(story_of(recovery)).words
    journey.wish(recovery, words=cast.WISH)
    assert asked(recovery) == []


def test_an_open_offer_is_theirs_to_decide():
    recovery = cast.offered().recovery
    assert asked(recovery) == ["offer"]
    assert coming(story_of(recovery)).words == "The choice is yours, and there is no hurry."


def test_what_was_agreed_names_the_next_promise():
    told = coming(story_of(cast.agreed("Refund", "A small gift")))
    assert told.quote == "Refund. Your money back, the way you paid."
    assert told.due_at


def test_a_promise_for_the_next_visit_says_so():
    recovery, _ = cast.asked_for_ana()
    journey.keep(recovery.promises.get(asks_for_owner=False), by=cast.ana())
    assert coming(story_of(recovery)).event == "at your next visit"


def test_a_late_promise_is_owned_up_to(clock):
    recovery = cast.agreed("Refund", "A small gift")
    clock.shift(timedelta(days=3, hours=12))
    assert "is late" in coming(story_of(recovery)).words


def test_put_right_and_waiting_to_ask():
    recovery = cast.put_right()
    assert "asks you whether it is really put right" in coming(story_of(recovery)).words
    assert asked(recovery) == []


def test_when_the_day_of_the_follow_up_has_come_we_ask_how_things_are(clock):
    recovery = cast.put_right()
    clock.shift(timedelta(days=4))
    assert asked(recovery) == ["returned"]


def test_closed_is_said_in_words_and_never_that_we_let_go():
    recovery = cast.agreed()
    journey.let_go(recovery, why="She has moved away.", by=cast.ana())
    told = coming(story_of(recovery))
    assert "moved away" not in told.words
    assert "let go" not in told.words.lower()
    assert asked(recovery) == []


def test_nothing_to_do_is_said_too():
    recovery = cast.wished()
    journey.write(recovery, words="Let me think about it.", by=cast.ana())
    assert coming(story_of(recovery)).words.startswith("There is nothing you need to do. Ana")


def test_the_way_shows_one_step_as_the_present_one():
    for live in (cast.heard, cast.understood, cast.sorry, cast.agreed, cast.put_right):
        assert [step["state"] for step in steps(story_of(live()))].count("now") == 1


def test_what_we_saw_ourselves_is_not_told_as_their_complaint():
    recovery = journey.spot(
        customer=cast.finch(),
        place=cast.place(),
        failures=[WentWrong(words="The parcel never left.")],
        by=cast.ana(),
    )
    assert steps(story_of(recovery))[0]["words"] == "We saw that something went wrong"


def test_a_closed_way_ends_where_it_ended():
    recovery = cast.sorry()
    journey.leave_me_be(recovery)
    states = {step["state"] for step in steps(story_of(recovery))}
    assert states == {"done"}


def test_t5_what_we_saw_ourselves_is_not_what_they_told_us(holder):
    failure = WentWrong(kind="delay", words="Order 1234 came late")
    cast.ana()
    recovery = journey.spot(customer=cast.finch(), place=cast.place(), failures=[failure])
    journey.own_up(recovery, we_saw="We saw that it came late.", sorry=cast.SORRY, by=cast.ana())
    assert coming(story_of(recovery)).words == "Ana would like to know: is this how it was?"
    told = holder(recovery).reads()
    assert "You have not said a word. This is what we saw:" in told
    assert "Have we understood you?" not in told
