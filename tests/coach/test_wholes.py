"""The four checks of a whole letter."""

import pytest

from amends.coach import review


def raised(
    draft: str, *, name: str | None = "Carmen Ruiz", story: str | None = "towels never changed"
):
    return {note.category for note in review(draft, customer_name=name, story=story).notes}


def test_s4_08_a_story_given_back_is_seen():
    assert "missing_restatement" in raised(
        "Carmen, such a bother for you, forgive us. A gift is at the desk."
    )
    assert "missing_restatement" not in raised(
        "Carmen, four nights and we never changed your towels."
    )


def test_s4_15_what_would_be_fair_is_an_ask():
    assert "missing_ask" not in raised(
        "Carmen, no fresh towels for four nights. What would you think would be fair?"
    )
    assert "missing_ask" in raised(
        "Carmen, no fresh towels for four nights. They are in your room now. Bo"
    )


def test_s0_14_putting_back_is_no_extra():
    draft = "Carmen, we charged you twice and I have kindly refunded the second charge."
    assert "missing_extra" in raised(draft, story="charged twice")


def test_s4_09_a_field_nobody_filled_in_is_no_name():
    assert "missing_name" in raised("Dear {{first_name}}, no fresh towels for four nights.")


def test_without_name_and_story_a_line_is_no_letter():
    assert raised("We never changed your towels.", name=None, story=None) == set()


BACON = "The bacon was greasy and the juice had run out"


@pytest.mark.parametrize(
    "draft",
    [
        "Robert, your money is back.",
        "Dear Robert, thank you for your comments, which I have read with care."
        " Your money is back on your card since noon. Ana Reyes",
        "Hi Robert, thanks for getting in touch. We have issued a refund of £40 to your card.",
        "Thanks for letting us know, Robert. Passed to the team.",
        "Robert, sorry about that.",
    ],
)
def test_s0_14_s4_08_s4_15_a_plain_non_answer_lacks_all_but_the_name(draft: str):
    assert raised(draft, name="Robert Finch", story=BACON) >= {
        "missing_restatement",
        "missing_ask",
        "missing_extra",
    }


def test_more_than_they_paid_is_no_plain_answer():
    assert "missing_extra" not in raised("Ines, £200 was yours; I've sent 250.", name="Ines Marte")
