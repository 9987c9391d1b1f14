from datetime import timedelta

import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.learned import Improve
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(recovery):
    return RecoveryPage(cast.fresh(recovery), cast.ana())


def test_something_can_be_changed_once_there_is_a_cause():
    recovery = cast.heard()
    assert not Improve.is_open_to(page(recovery))
    journey.one_off(recovery, why="The grill was being mended.", by=cast.ana())
    assert not Improve.is_open_to(page(recovery))
    journey.name_cause(recovery, called="The grill is old", by=cast.ana())
    assert Improve.is_open_to(page(recovery))


def test_the_day_to_look_comes_a_month_after_the_change():
    form = Improve(page(cast.heard()))
    assert form["check"].initial - form["due"].initial == timedelta(days=30)
