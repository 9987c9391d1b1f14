import pytest

from amends.demo import breakfasts
from amends.demo.town import settle
from amends.recovery.failure import Kind
from amends.recovery.recovery import Outcome, Part, Recovery

pytestmark = pytest.mark.django_db


def test_the_card_that_was_not_honoured_ends_in_a_broken_promise():
    breakfasts.the_card_that_was_not_honoured(settle())
    recovery = Recovery.objects.get()
    assert recovery.failures.filter(kind=Kind.BROKEN_PROMISE).count() == 1
    assert recovery.stage == Part.SORRY


def test_won_back_goes_through_all_seven_parts():
    breakfasts.won_back(settle())
    assert Recovery.objects.get().outcome == Outcome.WON_BACK
