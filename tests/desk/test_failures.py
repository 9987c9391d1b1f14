from decimal import Decimal

import pytest

from tests import cast
from tests.desk.pressing import press, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s3_17_another_failure_is_noted_and_owed_its_own_sorry(ana):
    recovery = cast.sorry()
    told = {"kind": "core", "words": "Cold toast", "severity": 1, "price": "3.50"}
    assert press(ana, "add_failure", recovery, **told).status_code == 303
    failure = recovery.failures.get(words="Cold toast")
    assert (failure.severity, failure.price, failure.sorry_at) == (1, Decimal("3.50"), None)


def test_s3_13_who_was_involved_is_not_left_to_see_to_it(ana):
    recovery, ben = cast.heard(), cast.ben()
    told = {"kind": "behaviour", "involved": cast.ana().ref}
    press(ana, "add_failure", recovery, **told)
    assert cast.fresh(recovery).owner == ben


def test_a_failure_of_no_kind_is_refused_and_the_words_are_kept(ana):
    answer = press(ana, "add_failure", cast.heard(), words="Cold toast")
    assert answer.status_code == 422
    assert 'value="Cold toast"' in answer.content.decode()


def test_s1_03_what_it_cost_them_beyond_the_price(ana):
    failure = cast.heard().failures.first()
    assert press(ana, "it_cost", failure, minutes=40, trips=2, worry="Late").status_code == 303
    failure.refresh_from_db()
    assert (failure.cost_minutes, failure.cost_trips) == (40, 2)


def test_a_cost_below_nothing_is_refused(ana):
    assert press(ana, "it_cost", cast.heard().failures.first(), minutes=-5).status_code == 422


def test_s4_12_a_companion_is_remembered_without_leave_to_write(ana):
    recovery = cast.heard()
    told = {"name_": "Aunt Ida", "relation": "gave the plate"}
    assert press(ana, "name_companion", recovery, **told).status_code == 303
    assert recovery.companions.get().leave_given_at is None


def test_a_companion_has_a_name(ana):
    answer = press(ana, "name_companion", cast.heard(), relation="gave the plate")
    assert answer.status_code == 422
    assert "gave the plate" in answer.content.decode()


def test_strangers_find_nothing(client):
    recovery = cast.heard()
    client.force_login(stranger())
    for step, on in [
        ("add_failure", recovery),
        ("name_companion", recovery),
        ("it_cost", recovery.failures.first()),
    ]:
        assert press(client, step, on).status_code == 404
