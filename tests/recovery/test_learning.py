from datetime import date

import pytest

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.learning import Cause, Finding, Idea, Improvement, NoReason
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
