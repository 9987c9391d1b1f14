"""The four checks of a whole letter."""

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
