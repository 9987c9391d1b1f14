"""S4-07: where an apology turns."""

import pytest

from amends.coach import contrast
from amends.coach.languages.english import ENGLISH
from amends.coach.letter import Letter


def turn(draft: str) -> str | None:
    letter = Letter(draft, ENGLISH)
    place = contrast.turn(letter, 0, len(letter.words) - 1)
    return place and contrast.kind(letter, *place)


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        ("Sorry about the wait, but we were full.", "same"),
        ("I do apologise. However, the fee stands.", "next"),
        ("While we apologise for the delay, the form was incomplete.", "before"),
        ("I am sorry. Row 3 is yours.", None),
        ("I apologise. But for your call we would not know.", None),
    ],
)
def test_s4_07_the_turn_after_an_apology_is_found(draft: str, kind: str | None):
    assert turn(draft) == kind
