"""S4-09: the customer is called by name, however it is written."""

import pytest

from amends.coach import names


@pytest.mark.parametrize(
    ("name", "draft"),
    [
        ("Carmen Ruiz", "hi carmen, sorry"),
        ("Lucia Ferri", "Signora Ferri, we"),
        ("José Núñez", "Dear Jose, we"),
        ("Robert Ash", "Bob, we"),
        ("@mo_rides", "@mo_rides yes"),
        ("Bill", "Bill, we took too much"),
        ("Mr Rossi", "We are sorry, Mr Rossi."),
    ],
)
def test_s4_09_a_name_is_found(name: str, draft: str):
    assert names.where(draft, name)


@pytest.mark.parametrize(
    ("name", "draft"),
    [
        ("Grace", "You waited with good grace."),
        ("Will", "Will this do?"),
        ("Sam", "We lost your parcel on Monday. Sam"),
        ("Lucia Ferri", "Dear Subscriber, we"),
    ],
)
def test_s4_09_other_words_are_no_name(name: str, draft: str):
    assert not names.where(draft, name)


def test_s4_09_an_unfilled_field_is_seen():
    assert names.unfilled("Dear {{first_name}}, sorry") == (5, 19)
    assert names.unfilled("Dear Bo, sorry") is None
