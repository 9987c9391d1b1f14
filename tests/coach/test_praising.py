"""Words that heal are praised where they stand."""

import pytest

from amends.coach import review

DRAFT = (
    "Dear Carmen, you slept four nights with the same towels. I am sorry, I forgot your room."
    " Fresh ones are on your bed since noon. I will bring you two more myself at six today."
    " Breakfast is on us tomorrow. What would you think would be fair? Thank you for telling me."
)


def test_a_good_letter_is_praised_feature_by_feature():
    found = review(DRAFT, customer_name="Carmen Ruiz", story="towels never changed")
    assert found.notes == ()
    assert {one.feature for one in found.praise} == {
        "name",
        "restatement",
        "owned_apology",
        "done",
        "who_what_when",
        "ask",
        "extra",
        "thanks",
    }
    assert all(DRAFT[one.start : one.end] == one.quote for one in found.praise)


STORY = "The bacon was greasy and the juice had run out"
TWENTY = [
    ("I am sorry about the bacon, once more.", set()),
    ("Please do not hesitate to contact us.", set()),
    ("Your refund of £12 is back on your card since noon.", {"done"}),
    ("Thank you for your comments.", set()),
    ("Thank you for your comments, which I have read with care.", set()),
    (
        "Thank you for your idea: it is on the menu from now on.",
        {"thanks"},
    ),
    ("Thank you for telling me about the bacon.", {"thanks", "restatement"}),
    ("What would you think would be fair?", {"ask"}),
    ("Would a new plate help, or your money back? You decide.", {"ask"}),
    ("Could you confirm your date of birth?", set()),
    ("How would you rate us?", set()),
    ("How was your weekend?", set()),
    ("Your next breakfast is on us.", {"extra"}),
    ("I would like to do something more for you.", {"extra"}),
    ("We took extra care with your refund.", set()),
    ("I am sorry, I served you greasy bacon.", {"owned_apology", "restatement"}),
    ("Your bacon came greasy and the juice had run out.", {"restatement"}),
    ("I will ring you on Tuesday at ten.", {"who_what_when"}),
    ("We will look into it soon.", set()),
    ("I have already sent the new plate to your door.", {"done"}),
]


@pytest.mark.parametrize(("draft", "deserved"), TWENTY)
def test_praise_is_given_where_it_is_deserved(draft: str, deserved: set[str]):
    found = review(draft, story=STORY)
    assert {one.feature for one in found.praise} == deserved


def test_words_that_hurt_are_not_praised():
    draft = "I am sorry we burnt it, but we were very busy."
    assert "owned_apology" not in {one.feature for one in review(draft).praise}
