"""The four checks of a whole letter: their name, their story, the ask, something extra."""

from amends.coach import names, restating
from amends.coach.deserving import promises_more
from amends.coach.features import Sheet
from amends.coach.judging import Finding
from amends.coach.letter import Letter
from amends.coach.plainness import GIFTS, asks_nothing, is_anybodys
from amends.coach.weighing import Weights, load
from amends.coach.words import plain

WHY = {
    "missing_name": "Call them by their name",
    "missing_restatement": "Say back what happened to them",
    "missing_ask": "Ask what would be right for them",
    "missing_extra": "Putting it back is the least: add something",
}
WEIGHTS: Weights = load(tuple(WHY))


def wholes(letter: Letter, sheet: Sheet) -> list[Finding]:
    found = {"missing_name"} if lacks_name(letter) else set()
    sums = WEIGHTS.apart(WEIGHTS.start + WEIGHTS.sum(sheet.whole()))
    found |= {one for one, total in zip(WEIGHTS.categories, sums, strict=True) if total > 0}
    found |= plainly(letter)
    if promises_more(plain(letter.draft)):
        found.discard("missing_extra")
    if not letter.story:
        found.discard("missing_restatement")
    return [Finding(category, -1, -1, why) for category, why in WHY.items() if category in found]


def plainly(letter: Letter) -> set[str]:
    """What a letter that could go to anyone lacks, whatever its weights say."""
    found = {"missing_ask"} if asks_nothing(letter) else set()
    figures = sum(word.low[:1].isdigit() for word in letter.words)
    if figures < 2 and is_anybodys(letter):  # «£200 was yours; I've sent 250» is more
        found.add("missing_extra")
    if is_anybodys(letter, besides=GIFTS) and not any(restating.by_sentence(letter)):
        found.add("missing_restatement")
    return found


def lacks_name(letter: Letter) -> bool:
    """Known but not said; or, whoever they are, a field that nobody filled in, or «Dear Customer»."""
    if names.unfilled(letter.draft):
        return True
    if letter.customer_name:
        return names.where(letter.draft, letter.customer_name) is None
    return names.generic(letter.draft) is not None
