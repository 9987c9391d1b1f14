from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.recovery import policy
from amends.recovery.authority import Approval, Limit, limit_for
from amends.recovery.failure import Severity
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
