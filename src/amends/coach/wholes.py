"""The four checks of a whole letter: their name, their story, the ask, something extra."""

from amends.coach import names
from amends.coach.features import Sheet
from amends.coach.judging import WEIGHTS, Finding
from amends.coach.letter import Letter

WHY = {
    "missing_name": "Call them by their name",
    "missing_restatement": "Say back what happened to them",
    "missing_ask": "Ask what would be right for them",
    "missing_extra": "Putting it back is the least: add something",
}


def wholes(letter: Letter, sheet: Sheet) -> list[Finding]:
    found = []
    if lacks_name(letter):
        found.append("missing_name")
    sums = zip(WEIGHTS.categories, WEIGHTS.start, WEIGHTS.sums(sheet.whole()), strict=True)
    found += [category for category, start, score in sums if category in WHY and start + score > 0]
    if not letter.story and "missing_restatement" in found:
        found.remove("missing_restatement")
    return [Finding(category, -1, -1, WHY[category]) for category in found]


def lacks_name(letter: Letter) -> bool:
    """Known but not said; or, whoever they are, a field that nobody filled in, or «Dear Customer»."""
    if names.unfilled(letter.draft):
        return True
    if letter.customer_name:
        return names.where(letter.draft, letter.customer_name) is None
    return names.generic(letter.draft) is not None
