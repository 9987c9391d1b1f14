import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.sorry import Apologise
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(recovery):
    return RecoveryPage(cast.fresh(recovery), cast.ana())


def test_s2_09_there_is_a_sorry_to_say_only_while_one_is_owed():
    recovery = cast.understood()
    assert Apologise.is_open_to(page(recovery))
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana())
    assert not Apologise.is_open_to(page(recovery))
