from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.learning import (
    STEPS,
    Cause,
    Finding,
    Idea,
    Improvement,
    NoReason,
    before_and_since,
    spread,
)
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_cause_is_named_once_whatever_the_spelling():
    assert Cause.called(" Cold plates ") == Cause.called("cold plates")
    with pytest.raises(NoReason):
        Cause.called(" ")


def test_s0_13_t7_a_cause_and_its_finding_have_no_room_for_names():
    kept = {field.name for model in (Cause, Finding) for field in model._meta.get_fields()}
    assert not kept & {"person", "involved", "blame", "staff"}


def test_s2_17_an_improvement_has_owner_date_and_check():
    cause = Cause.called("Cold plates")
    with pytest.raises(NoReason, match="after it is made"):
        Improvement.raise_(
            cause,
            words="Warm the plates",
            owner=cast.mona(),
            by=cast.mona(),
            at=now(),
            due=date(2026, 7, 1),
            check=date(2026, 6, 1),
        )


def test_s1_14_givers_are_named_only_with_leave():
    idea = journey.give_idea(cast.heard(), words="Warm the plates.")
    assert idea.may_be_named is False
    assert Idea.objects.visible_to(cast.ana()).unanswered().get() == idea


@given(st.lists(st.decimals(min_value=0, max_value=5000, places=2)))
def test_s4_17_every_sum_falls_into_one_step_and_none_is_lost(sums):
    steps = spread(("GBP", amount) for amount in sums)
    assert sum(step.times for step in steps) == len(sums)
    for step in steps:
        inside = [x for x in sums if step.least <= x and (step.below is None or x < step.below)]
        assert step.times == len(inside)
    assert [step.least for step in steps] == [
        least for least in STEPS if steps and steps[0].least <= least <= steps[-1].least
    ]


def test_s4_17_currencies_are_not_thrown_together_and_no_sum_is_no_step():
    steps = spread([("GBP", Decimal(12)), ("EUR", Decimal(12)), ("GBP", None)])
    assert [(step.currency, step.times) for step in steps] == [("EUR", 1), ("GBP", 1)]


def test_s2_17_whether_it_worked_is_counted_before_and_since(clock):
    cause, mona = Cause.called("Cold plates"), cast.mona()
    for _ in range(2):
        journey.link_cause(cast.heard(), cause=cause, by=mona)
    clock.shift(timedelta(days=5))
    raised = journey.improve(
        cause,
        words="Warm the plates",
        owner=mona,
        by=mona,
        due=date(2026, 7, 1),
        check=date(2026, 8, 1),
    )
    assert before_and_since(raised, at=now()) == (0, 0)
    journey.tell_what_changed(raised, words="They are warm now.", by=mona)
    clock.shift(timedelta(days=5))
    journey.link_cause(cast.heard(), cause=cause, by=mona)
    assert before_and_since(raised, at=now()) == (2, 1)
