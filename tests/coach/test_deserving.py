"""What a sentence must say to deserve praise."""

from amends.coach import deserving


def test_their_own_money_is_no_gift():
    assert not deserving.gives("your money is back, once more.")
    assert deserving.gives("the next month is on us.")


def test_a_survey_is_no_ask():
    assert not deserving.asks("how would you rate us?")
    assert deserving.asks("what would you like best?")


def test_thanks_say_what_for_or_where_it_goes():
    assert not deserving.thanks_for_something("thank you for your email.", "regards")
    assert deserving.thanks_for_something("thank you for your idea.", "it is on the menu.")


def test_a_question_is_nothing_done():
    assert deserving.is_done("the bag is back.")
    assert not deserving.is_done("is it back?")


def test_something_more_left_open_is_an_extra():
    assert deserving.promises_more("i would like to do something more for you.")
    assert not deserving.promises_more("is there something more you want to say?")
