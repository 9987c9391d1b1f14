"""Notes point at the words that hurt, and what is put in their place reads as English."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.coach import review

STORY = "The bacon was greasy and the juice had run out"
BUSY = (
    "Robert, the bacon you came for was tough, and the juice had run out.\n\nI am sorry about that,"
    " but we were very busy on Sunday morning, with two people off sick.\n\nPlease do not hesitate"
    " to contact us. We will look into it soon and somebody will get back to you."
)
PIECES = [
    "Dear Robert,\n\n", "Robert, ", "I am sorry", ", but ", "we were busy. ", "However, ",
    "Mistakes were made. ", "We will look into it soon. ", "As per our policy ", "it was a small blip",
    "!\n", "?? ", "Kind regards\nAna", "😀 ", "… ", "(if you felt rushed) ", "Dear Customer", "{{name}} ",
]  # fmt: skip


def notes(draft: str, **known):
    found = review(draft, customer_name="Robert Finch", story=STORY, **known).notes
    return {note.category: note for note in found}


def put_in(draft: str, note) -> str:
    return draft[: note.start] + note.instead + draft[note.end :]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_quote_stands_where_it_says_and_cuts_no_word(draft: str):
    for note in review(draft, customer_name="Robert Finch", story=STORY).notes:
        assert draft[note.start : note.end] == note.quote
        for at in (note.start, note.end):
            assert not (draft[at - 1 : at].isalpha() and draft[at : at + 1].isalpha())


def test_s4_07_sorry_but_points_at_the_apology_and_its_turn():
    note = notes(BUSY)["sorry_but"]
    assert note.quote.startswith("I am sorry about that, but we were very busy")
    assert "\n\nI am sorry about that.\n\nPlease" in put_in(BUSY, note)


def test_s3_16_a_vague_promise_is_pointed_at():
    assert notes(BUSY)["vague_promise"].quote.startswith("We will look into it soon")


def test_s4_08_their_story_given_back_is_no_excuse():
    draft = "Robert, the bacon you came for was greasy and tough, and the juice had run out."
    assert not {"excuse", "minimise", "passive_evasion"} & set(notes(draft))


def test_a_policy_gives_way_to_a_whole_sentence():
    draft = "Dear Robert,\n\nUnfortunately returns are not permitted as per our company policy. Ana"
    put = put_in(draft, notes(draft)["policy_recital"])
    assert put == "Dear Robert,\n\nHere is what I can do for you: … Ana"


@pytest.mark.parametrize(
    ("draft", "with_name"),
    [
        ("Dear Customer, your money is back.", "Dear Robert, your money is back."),
        ("Dear {{first_name}}, it is back.", "Dear Robert, it is back."),
    ],
)
def test_s4_09_the_name_stands_where_it_belongs(draft: str, with_name: str):
    assert put_in(draft, notes(draft)["missing_name"]) == with_name


def test_s4_08_s4_15_what_is_missing_stands_inside_the_letter():
    draft = "Dear Robert,\n\nYour money is back.\n\nKind regards\nAna"
    found = notes(draft)
    assert draft[found["missing_restatement"].start :].startswith("Your money")
    assert draft[: found["missing_ask"].start].endswith("back.")
    assert draft[: found["missing_extra"].start].endswith("back.")


def test_s2_09_a_second_apology_becomes_thanks():
    draft = "Robert, I am sorry about the bacon, once more."
    note = notes(draft, apologies_so_far=1)["grovel"]
    assert note.quote == "I am sorry about the bacon, once more."
    assert put_in(draft, note) == "Robert, thank you for your patience."
