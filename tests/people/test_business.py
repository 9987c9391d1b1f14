from amends.people.models import Business


def test_letters_are_signed_with_the_sender_name_or_the_trading_name():
    assert Business(name="Harbour").signs_as == "Harbour"
    assert Business(name="Harbour", sender_name="Harbour Breakfast").signs_as == "Harbour Breakfast"
