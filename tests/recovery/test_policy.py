import pytest

from amends.recovery import policy
from amends.recovery.authority import Authority
from amends.recovery.policy import OwnersOnly
from amends.remedies import catalogue
from amends.remedies.remedy import MONEY, Remedy
from tests import cast

pytestmark = pytest.mark.django_db


def test_starting_twice_changes_nothing():
    policy.start_with()
    Remedy.objects.filter(name="Refund").update(name="Your money back")
    policy.start_with()
    assert Remedy.objects.filter(name="Your money back").count() == 1
    assert Remedy.objects.count() == len(catalogue.FIRST)
    assert Authority.objects.count() == 2


def test_s1_07_a_fresh_installation_lists_six_kinds_that_are_not_money():
    policy.start_with()
    assert Remedy.objects.extras().exclude(kind__in=MONEY).values("kind").distinct().count() >= 6


@pytest.mark.parametrize("who", [cast.ana, cast.mona, cast.audrey])
def test_only_an_owner_changes_policy(who):
    with pytest.raises(OwnersOnly):
        policy.set_authority(None, by=who(), role="front_line", per_recovery=10)
    with pytest.raises(OwnersOnly):
        policy.reword("apology", subject="Sorry", body="{words}", by=who())


def test_the_closest_line_of_authority_holds():
    from decimal import Decimal

    from amends.kit.clock import now
    from amends.recovery.authority import limit_for

    recovery = cast.heard()
    policy.set_authority(None, by=cast.olive(), person=cast.ana(), per_recovery=Decimal(5))
    assert limit_for(cast.ana(), recovery, at=now()).left == Decimal(5)
    assert limit_for(cast.olive(), recovery, at=now()).left is None
    assert limit_for(cast.audrey(), recovery, at=now()).left == Decimal(0)
