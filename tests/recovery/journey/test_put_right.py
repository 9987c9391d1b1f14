import pytest

from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_not_fixed_opens_again_and_reaches_a_person():
    recovery = cast.put_right()
    journey.not_fixed(recovery, words="The bacon is still greasy.", by=cast.ana())
    recovery = cast.fresh(recovery)
    assert recovery.put_right_at is None
    assert recovery.waiting_since
    assert recovery.followups.open().count() == 0


def test_s2_14_thanks_are_given_by_a_person():
    recovery = cast.put_right()
    journey.thank(recovery, how="a handwritten note", by=cast.ana())
    assert cast.fresh(recovery).thanked_by == cast.ana()
