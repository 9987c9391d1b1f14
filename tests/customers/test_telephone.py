import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.customers.telephone import key_of_number, ways_to_type

LONDON = "+442079460000"


@pytest.mark.parametrize(
    ("typed", "country", "key"),
    [
        ("020 7946 0000", "GB", LONDON),
        ("+44 (0)20 7946-0000", "GB", LONDON),
        ("0044 20 7946 0000", "GB", LONDON),
        ("+44 20 7946 0000", "", LONDON),
        ("tel:+44-20-7946-0000", "DE", LONDON),
        ("(415) 555-2671", "us", "+14155552671"),
        ("020 7946 0000 ext. 12", "GB", f"{LONDON}x12"),
    ],
)
def test_spellings_of_one_number_are_compared_alike(typed, country, key):
    assert key_of_number(typed, country=country) == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("01225 123", "01225123"),
        ("+44 (0)20", "+44020"),
        ("ask at the bar", "ask at the bar"),
        ("", ""),
    ],
)
def test_what_is_no_number_is_kept_and_compared_by_what_it_says(typed, key):
    assert key_of_number(typed, country="GB") == key


def test_two_who_gave_no_number_are_not_one():
    assert key_of_number("none", country="GB") != key_of_number("later", country="GB")


def test_a_number_is_looked_for_as_people_type_it():
    assert ways_to_type(LONDON) == {"442079460000", "02079460000", "2079460000"}
    assert ways_to_type("01225123") == {"01225123"}
    assert ways_to_type("ask at the bar") == set()


@given(st.text(max_size=60), st.sampled_from(["", "GB", "DE", "ZZ", "x"]))
def test_anything_typed_has_a_key_that_can_be_kept(typed, country):
    key = key_of_number(typed, country=country)
    assert len(key) <= 40
    ways_to_type(key)
