import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.back import LetGo, PlanFollowUp, RevokeLink, SeenBack
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(recovery):
    return RecoveryPage(cast.fresh(recovery), cast.ana())


def test_nobody_is_back_before_anything_was_agreed():
    assert not SeenBack.is_open_to(page(cast.wished()))
    assert SeenBack.is_open_to(page(cast.agreed()))


def test_a_follow_up_is_proposed_for_a_morning_three_days_on():
    due = PlanFollowUp(page(cast.heard()))["due"].initial
    assert (due.day, due.hour) == (4, 10)


def test_what_is_closed_is_not_let_go_again_but_its_link_can_be_closed():
    recovery = cast.heard()
    journey.leave_me_be(recovery)
    assert not LetGo.is_open_to(page(recovery))
    assert RevokeLink.is_open_to(page(recovery))
