import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps import choosing
from amends.desk.steps.put_right import CameIn, Keep, Move
from amends.recovery import journey
from amends.recovery.agenda import WAITING, Do
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(recovery, person=None):
    return RecoveryPage(cast.fresh(recovery), person or cast.ana())


def titles(recovery):
    groups = page(recovery).steps.groups
    return {title: [form.name for form in forms] for title, forms in groups.items()}


def test_everything_there_is_to_do_has_a_step_or_is_done_elsewhere():
    elsewhere = {Do.GREET, Do.ANSWER_APPROVAL, Do.KEEP, Do.FOLLOW_UP, Do.NOTHING}
    assert set(Do) - set(choosing.NEXT) == elsewhere


def test_the_next_step_is_open_and_not_shown_twice():
    shown = page(cast.understood())
    assert [form.name for form in shown.steps.next] == ["apologise"]
    assert shown.steps.open_key == "apologise"
    assert "apologise" not in titles(shown.recovery)["Words"]


def test_while_we_wait_nothing_is_forced_open():
    offer = cast.offered()
    shown = page(offer.recovery)
    assert shown.do in WAITING
    assert shown.steps.open_key == ""
    assert [form.about for form in shown.steps.next] == [offer] * 4


def test_steps_that_make_no_sense_now_are_not_there():
    found = titles(cast.heard())
    assert "accept" not in found["What is fair"]
    assert "put_right" not in found["Promises"]
    assert "seen_back" not in found["Coming back"]


def test_after_a_good_ending_little_is_left():
    recovery = cast.heard()
    journey.leave_me_be(recovery)
    assert "Words" not in titles(recovery)


def test_a_promise_that_waits_for_goods_can_come_in():
    recovery = cast.heard()
    journey.promise(recovery, words="Ring", by=cast.ana(), trigger="in_stock")
    [(_, steps)] = page(recovery).steps.promises
    assert {Keep, CameIn, Move} <= {type(step) for step in steps}


def test_a_promise_that_is_kept_asks_for_nothing():
    recovery = cast.put_right()
    assert all(steps == [] for _, steps in page(recovery).steps.promises)
