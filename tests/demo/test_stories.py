import pytest

from amends import demo
from amends.people.person import Person
from amends.people.place import Place
from amends.recovery.authority import Approval
from amends.recovery.promise import Promise
from amends.recovery.recovery import Outcome, Part, Recovery
from amends.recovery.timeline import first_broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    town = demo.settle()
    demo.tell(town)
    return town


def test_every_part_and_every_end_has_somebody_in_it(town):
    recoveries = Recovery.objects.all()
    assert Place.objects.count() == 4
    assert Person.objects.count() == 12
    open_parts = {recovery.stage for recovery in recoveries.open()}
    assert open_parts >= set(Part) - {Part.HEARD, Part.BACK}
    outcomes = {recovery.outcome for recovery in recoveries} - {""}
    assert outcomes == {Outcome.WON_BACK, Outcome.LEFT_IN_PEACE, Outcome.LET_GO}


def test_the_stories_hold_together(town):
    assert all(first_broken(recovery) is None for recovery in Recovery.objects.all())
    assert Promise.objects.broken().count() == 1
    assert Approval.objects.open().count() == 1
