from datetime import date, timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.failure import Kind
from amends.recovery.journey.heard import WentWrong
from amends.recovery.learning import AlreadyAnswered, Cause, Idea, NoReason
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def improvement(cause: Cause):
    return journey.improve(
        cause,
        words="Drain the bacon on a rack",
        owner=cast.mona(),
        by=cast.mona(),
        due=date(2026, 6, 14),
        check=date(2026, 7, 14),
    )


def test_s0_12_causes_are_counted():
    cause = Cause.called("Bacon fried too early")
    for _ in range(3):
        journey.link_cause(cast.heard(), cause=cause, by=cast.ana())
    assert Cause.objects.counted().get().times == 3


def test_s3_04_a_bad_day_counts_for_no_cause():
    sad = cast.heard(failures=[WentWrong(kind=Kind.BAD_DAY)])
    journey.link_cause(sad, cause=Cause.called("Rain"), by=cast.ana())
    assert Cause.objects.counted().get().times == 0


def test_a_cause_is_learned_from_when_something_is_done_about_it():
    recovery = cast.heard()
    cause = Cause.called("Bacon fried too early")
    journey.link_cause(recovery, cause=cause, by=cast.ana())
    assert cast.fresh(recovery).learned_at is None
    improvement(cause)
    assert cast.fresh(recovery).learned_at


def test_a_one_off_says_why():
    recovery = cast.heard()
    with pytest.raises(NoReason):
        journey.one_off(recovery, why="", by=cast.ana())
    journey.one_off(recovery, why="A power cut in the whole street", by=cast.ana())
    assert cast.fresh(recovery).learned_at


def test_s1_12_s1_13_an_idea_is_owed_an_answer():
    idea = journey.give_idea(cast.heard(), words="Put the juice on the counter.")
    journey.answer_idea(idea, words="It stands there since Monday.", by=cast.mona())
    assert Letter.objects.filter(kind="idea_answer").count() == 1
    with pytest.raises(AlreadyAnswered):
        journey.answer_idea(idea, words="Again.", by=cast.mona())


def test_s2_18_everyone_it_hurt_is_told_once():
    cause = Cause.called("Bacon fried too early")
    for _ in range(2):
        journey.link_cause(cast.heard(), cause=cause, by=cast.ana())
    other = cast.heard(customer=cast.finch(name="Joan Wren", email="joan@wren.example"))
    journey.link_cause(other, cause=cause, by=cast.ana())
    journey.leave_me_be(other)
    assert journey.tell_what_changed(improvement(cause), words="We drain it.", by=cast.mona()) == 1
    assert Letter.objects.filter(kind="changed").count() == 1


def test_s1_12_an_idea_and_its_improvement_know_each_other():
    idea = journey.give_idea(cast.heard(), words="Fry it on a rack.")
    made = improvement(Cause.called("Bacon fried too early"))
    journey.take_up_idea(idea, improvement=made, by=cast.mona())
    assert idea.improvement == made
    assert made.ideas.get() == idea
    with pytest.raises(AlreadyAnswered):
        journey.take_up_idea(idea, improvement=made, by=cast.mona())


def test_s2_18_whoever_had_the_idea_is_told_too():
    idea = journey.give_idea(cast.heard(), words="Fry it on a rack.")
    made = improvement(Cause.called("Bacon fried too early"))
    journey.take_up_idea(idea, improvement=made, by=cast.mona())
    assert journey.tell_what_changed(made, words="We use a rack now.", by=cast.mona()) == 1


def test_s1_15_an_outcome_untold_for_a_week_is_found(clock):
    made = improvement(Cause.called("Bacon fried too early"))
    journey.tell_what_changed(made, words="We use a rack now.", by=cast.mona())
    idea = journey.give_idea(cast.heard(), words="Fry it on a rack.")
    journey.take_up_idea(idea, improvement=made, by=cast.mona())
    assert not Idea.objects.outcome_untold(at=now()).exists()
    clock.shift(timedelta(days=8))
    assert Idea.objects.outcome_untold(at=now()).get() == idea
    journey.answer_idea(idea, words="We do it as you said.", by=cast.mona())
    assert not Idea.objects.outcome_untold(at=now()).exists()


def test_causes_are_counted_within_what_a_person_may_see():
    cause = Cause.called("Bacon fried too early")
    journey.link_cause(cast.heard(), cause=cause, by=cast.ana())
    stranger = cast.person("Sam Poole", at=cast.place("larder-york"))
    assert Cause.objects.counted(seen_by=stranger).get().times == 0
    assert Cause.objects.counted(seen_by=cast.olive()).get().times == 1
