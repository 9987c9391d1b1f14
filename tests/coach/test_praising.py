"""Words that heal are praised where they stand."""

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
