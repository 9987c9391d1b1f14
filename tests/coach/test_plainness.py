"""Words that could go to anyone are told from words of one case."""

from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter
from amends.coach.plainness import is_anybodys


def anybodys(draft: str) -> bool:
    return is_anybodys(Letter(draft, ENGLISH, customer_name="Robert Finch"))


def test_thanks_and_money_back_could_go_to_anyone():
    assert anybodys("Robert, thank you for your email. Your money is back. Kind regards, Ana")


def test_one_thing_of_theirs_is_enough():
    assert not anybodys("Robert, your bacon was greasy. Your money is back.")
