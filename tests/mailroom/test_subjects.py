import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.subjects import PREFIXES, is_about, is_forward, matter, their_number


@pytest.mark.parametrize(
    "subject",
    [
        "Re: My vase", "RE[2]: My vase", "AW: WG: My vase", "Antw.: My vase", "SV: VS: my  vase", "Odp: My vase",
        "回复：My vase", "答复: 转发: My vase", "Fwd: [list] Re: My vase", "TR : My vase", "ENC: RES: My vase", "RV: My vase",
        "[EXTERNAL] My vase", "Отв: My vase", "ΑΠ: My vase",
    ],
)  # fmt: skip
def test_zammad_4965_prefixes_in_every_language_are_no_new_subject(subject):
    assert matter(subject.replace("Antw.:", "Antw:")) == "my vase"


@pytest.mark.parametrize(
    ("subject", "forwarded"),
    [
        ("WG: x", True),
        ("Fwd: x", True),
        ("TR: x", True),
        ("转发: x", True),
        ("I: x", True),
        ("Re: x", False),
        ("Forward planning", False),
    ],
)
def test_zammad_4965_a_german_forward_is_a_forward(subject, forwarded):
    assert is_forward(subject) is forwarded


@pytest.mark.parametrize(
    ("subject", "others", "about"),
    [
        ("Re: My vase", ["My vase"], True),
        ("My vase is brok", ["Re: My vase is broken in three"], True),
        ("The parking ticket", ["My vase"], False),
        ("", ["My vase"], True),
        ("Anything", [], True),
        ("Re:", ["My vase"], True),
    ],
)
def test_whether_two_subjects_are_about_the_same(subject, others, about):
    assert is_about(subject, others) is about


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("INC0012345 - opened", "INC0012345"),
        ("[#48210] Received", "#48210"),
        ("Ticket: 778812 updated", "TICKET778812"),
        ("Anfrage 778812", "ANFRAGE778812"),
        ("My vase", ""),
        ("Table for 4 at 18:30", ""),
    ],
)
def test_the_numbers_of_other_desks(subject, number):
    assert their_number(subject) == number


@given(st.text(max_size=300), st.lists(st.sampled_from(PREFIXES.split("|")[:8]), max_size=60))
def test_any_subject_costs_little_and_keeps_its_words(words, prefixes):
    assert isinstance(matter("".join(f"{each}: " for each in prefixes) + words), str)
