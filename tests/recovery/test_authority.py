from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.people.person import Role
from amends.recovery import journey, policy
from amends.recovery.authority import Approval, Limit, limit_for
from amends.recovery.failure import Severity
from amends.recovery.offer import LineGiven
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize(
    ("limit", "left", "covers"),
    [
        (Limit(None, None, None), None, True),
        (Limit(Decimal(50), None, Decimal(20)), Decimal(20), True),
        (Limit(Decimal(50), Decimal(-3), None), Decimal(0), False),
    ],
)
def test_the_tightest_limit_holds(limit, left, covers):
    assert limit.left == left
    assert limit.covers(Decimal(20)) is covers


def test_a_line_for_one_person_and_severity_comes_before_the_role():
    recovery = cast.heard()
    olive = cast.olive()
    policy.set_authority(
        None, by=olive, role="front_line", severity=Severity.SEVERE, per_recovery=Decimal(99)
    )
    assert limit_for(cast.ana(), recovery, at=now()).left == Decimal(50)
    recovery.failures.update(severity=Severity.SEVERE)
    assert limit_for(cast.ana(), recovery, at=now()).left == Decimal(99)


def test_t8_what_costs_nothing_is_always_within_the_limit():
    policy.set_authority(None, by=cast.olive(), person=cast.ana(), per_recovery=Decimal(0))
    cast.offered("Exchange", "A handwritten note")
    assert not Approval.objects.exists()


def test_a_yes_is_given_by_whoever_was_asked_or_runs_the_place_never_by_the_asker_alone():
    mona, olive = cast.mona(), cast.olive()
    recovery = cast.wished()
    lines = [LineGiven(cast.remedy("An upgrade"), value=Decimal(100))]
    journey.offer(recovery, lines=lines, by=cast.ana())
    asked = Approval.objects.get()
    other = cast.person("Tom Vale", Role.MANAGER)
    elsewhere = cast.person("Una Voss", Role.MANAGER, at=cast.place("larder-york"))
    may = {who: asked.may_be_answered_by(who) for who in (mona, olive, other, elsewhere)}
    assert list(may.values()) == [True, True, True, False]
    assert not asked.may_be_answered_by(cast.ana())
    assert not asked.may_be_answered_by(cast.audrey())
