from datetime import UTC, datetime

import pytest

from amends.connections.calendar.matching import who
from amends.connections.calendar.reading import Event
from tests import cast

pytestmark = pytest.mark.django_db


def event(**told):
    usual = {"key": "a", "starts": datetime(2026, 6, 5, 11, tzinfo=UTC), "summary": "", "table": ""}
    none = {"is_cancelled": False, "emails": (), "phones": (), "names": ()}
    return Event(**{**usual, **none, **told})


def test_by_e_mail_by_telephone_by_name():
    guest = cast.finch(phone="+44 1225 000001")
    for told in (
        {"emails": ("nobody@moss.example", "robert@finch.example")},
        {"phones": ("+441225000001",)},
        {"names": ("Breakfast", "robert finch")},
    ):
        assert who(event(**told), place=cast.place()) == guest


def test_of_two_of_the_same_name_neither():
    cast.finch()
    cast.finch(email="other@finch.example")
    assert who(event(names=("Robert Finch",)), place=cast.place()) is None


def test_a_first_name_alone_is_nobody():
    cast.finch(name="Robert")
    assert who(event(names=("Robert",)), place=cast.place()) is None


def test_a_guest_of_another_place_is_not_named_by_this_calendar():
    cast.finch(place=cast.place("larder-york"))
    told = event(emails=("robert@finch.example",), names=("Robert Finch",))
    assert who(told, place=cast.place()) is None


def test_whoever_works_here_is_nobodys_guest():
    ana = cast.ana()
    cast.finch(name="Ana Reyes", email=ana.email)
    assert who(event(emails=(ana.email,)), place=cast.place()) is None
