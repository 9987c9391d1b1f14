import pytest

from amends.mailroom.sending import Sending

pytestmark = pytest.mark.django_db


def test_until_somebody_decides_otherwise_the_second_way_is_shut():
    rules = Sending.rules()
    assert (rules.undo_seconds, rules.quotes, rules.second_allowed) == (20, True, False)
    assert not Sending.objects.exists()


def test_what_was_decided_holds():
    Sending.objects.create(undo_seconds=0, quotes=False)
    assert (Sending.rules().undo_seconds, Sending.rules().quotes) == (0, False)
