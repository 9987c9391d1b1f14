import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.customers.spelling import (
    LONGEST,
    apart,
    asked_words,
    findable,
    folded,
    learnable,
    name_words,
    slips_of,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [("Zoë Łukasz", "zoe lukasz"), ("GROßE Straße", "grosse strasse"), ("Đorđe Ærø", "dorde aero")],
)
def test_accents_and_capitals_make_no_difference(written, read):
    assert folded(written) == read


def test_a_name_is_found_as_it_is_typed_on_any_keyboard():
    assert name_words("Jürgen O'Brien-Smith") >= {
        "jurgen",
        "juergen",
        "obriensmith",
        "brien",
        "smith",
    }
    assert name_words("王小明") == {"王小明"}


def test_addresses_are_found_by_their_parts():
    words = findable(
        ["Ida Moss"],
        [
            ("email", "ida@moss.example", "ida@moss.example"),
            ("phone", "+442079460000", "020 7946 0000"),
            ("id", "C-1007", "C-1007"),
        ],
    ).split(" ")
    for word in ("ida", "example", "02079460000", "442079460000", "1007", "c1007"):
        assert word in words


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Ida M", ["ida"]),
        ("m", ["m"]),
        ("+44 (0)20 7946", ["44207946"]),
        ("0044 20 7946", ["44207946"]),
        ("020-7946", ["0207946"]),
        ("ida@moss.ex", ["ida", "moss"]),
        ("@moss.example", ["moss", "example"]),
        ("王", ["王"]),
        ("ann ann", ["ann"]),
        ("  &%$ ", []),
    ],
)
def test_what_is_asked_for(typed, asked):
    assert asked_words(typed) == asked


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("finch", "finch", 0),
        ("finhc", "finch", 1),
        ("fich", "finch", 1),
        ("finnch", "finch", 1),
        ("fonch", "finch", 1),
        ("robret", "robbert", 2),
        ("finch", "moss", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert apart(one, other, most=2) == slips


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_slips_are_the_same_both_ways_and_none_between_equals(one, other):
    assert apart(one, other, most=2) == apart(other, one, most=2)
    assert (apart(one, other, most=2) == 0) == (one == other)


@given(st.lists(st.text(max_size=50), max_size=3))
def test_whatever_the_name_its_words_are_short_and_one_space_apart(names):
    words = findable(names, [])
    assert "  " not in words
    assert words == words.strip()
    assert all(len(word) <= LONGEST for word in words.split(" "))


@pytest.mark.parametrize("word", ["finch", "c1007", "0044", "иванов", "王小明"])
def test_every_slip_is_one_slip_away(word):
    slips = slips_of(word)
    assert word not in slips
    assert all(apart(word, slip, most=2) == 1 for slip in slips)


def test_slips_are_of_the_same_letters():
    assert {"finhc", "fnch", "finchh", "fonch"} <= slips_of("finch")
    assert {"0045", "00044"} <= slips_of("0044")
    assert not any(slip.isalpha() for slip in slips_of("0044"))
    assert "иваноф" in slips_of("иванов")


def test_a_number_is_learnt_in_one_way_of_typing():
    told = [("phone", "+442079460018", ""), ("id", "C-1007", "C-1007"), ("email", "", "i@moss.ex")]
    learnt = {"ida", "02079460018", "c1007", "i", "moss", "ex"}
    assert learnable(["Ida"], told) == learnt
    assert learnable([], [("phone", "?", "?")]) == set()
