from amends.kit.errors import Impossible


def test_an_error_for_people_carries_its_message_and_code():
    error = Impossible("This promise was already kept.", code="already-kept")
    assert (error.message, error.code) == ("This promise was already kept.", "already-kept")
    assert Impossible("No.").code == "impossible"
