import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.heard import HandOver, Write
from amends.desk.steps.step import OneOf
from amends.kit.clock import now
from tests import cast

pytestmark = pytest.mark.django_db


def page():
    return RecoveryPage(cast.heard(), cast.ana())


def test_a_step_says_its_name_in_the_words_of_the_customer():
    step = Write(page())
    assert step.heading == "Write to Robert"
    assert step.press == "Send to Robert"


def test_a_step_knows_its_address_and_its_place_on_the_page():
    shown = page()
    step = Write(shown)
    assert step.url == f"/desk/recoveries/{shown.recovery.ref}/letters/"
    assert (step.key, step["words"].id_for_label) == ("write", "write-words")


def test_a_letter_carries_what_was_last_heard_when_it_was_begun():
    shown = page()
    assert Write(shown)["heard"].value() == shown.last_heard


def test_one_of_gives_the_row_and_refuses_what_was_not_on_offer():
    ben = cast.ben()
    field = OneOf(label="Who")
    field.offer([ben])
    assert field.clean(ben.ref) == ben
    shown = page()
    assert not HandOver(shown, {"to": "nobody"}).is_valid()


def test_a_closed_recovery_takes_no_ordinary_step():
    shown = page()
    shown.recovery.closed_at = now()
    assert not Write.is_open_to(shown)
