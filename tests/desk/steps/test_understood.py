import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.understood import Confirm, Correct
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(recovery):
    return RecoveryPage(cast.fresh(recovery), cast.ana())


def test_there_is_an_answer_to_write_down_only_while_one_is_awaited():
    recovery = cast.heard()
    assert not Confirm.is_open_to(page(recovery))
    said = journey.restate(recovery, words=cast.RESTATED, by=cast.ana())
    assert Confirm.is_open_to(page(recovery))
    assert Correct.is_open_to(page(recovery))
    journey.confirm(said)
    assert not Correct.is_open_to(page(recovery))
