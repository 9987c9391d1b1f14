import pytest

from amends.demo import gifts
from amends.demo.town import settle
from amends.recovery.offer import State
from amends.recovery.recovery import Part, Recovery

pytestmark = pytest.mark.django_db


def test_s4_10_the_gravy_plate_is_with_the_customer_and_the_rule_is_bent():
    gifts.the_gravy_plate_with_doves(settle())
    recovery = Recovery.objects.get()
    assert recovery.offers.get().state == State.OPEN
    assert recovery.bends.count() == 1
    assert recovery.companions.get().leave_given_at is None


def test_overnight_at_our_cost_is_put_right_and_followed_up():
    gifts.overnight_at_our_cost(settle())
    recovery = Recovery.objects.get()
    assert recovery.stage == Part.LEARNED
    assert recovery.followups.open().count() == 1
