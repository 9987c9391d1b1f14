import pytest

from amends.recovery import journey
from amends.recovery.journey.promising import StillOwed
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s1_02_a_fix_is_not_the_end():
    recovery = cast.put_right()
    assert recovery.put_right_at
    assert recovery.closed_at is None
    assert recovery.followups.open().count() == 1


def test_put_right_only_when_nothing_is_owed():
    recovery = cast.agreed()
    with pytest.raises(StillOwed):
        journey.put_right(recovery, words="All done.", by=cast.ana())
