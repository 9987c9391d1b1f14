"""Which words raise a note: phrases that are certain, and stretches whose trained weights add up."""

from dataclasses import dataclass
from functools import lru_cache

from amends.coach.features import NEGATIONS, Sheet
from amends.coach.letter import Letter
from amends.coach.phrases import Hit
from amends.coach.rules import RULES
from amends.coach.rules.rule import Rule
from amends.coach.weighing import Weights, load, packed

WINDOW = 3  # sentences read together
SURE = 2000  # what a sure phrase adds to the sum of its stretch
UNTOLD = {"excuse": 700, "grovel": 1000, "minimise": 300, "policy_recital": 100}
UNTOLD_ELSE = 0  # what words alone must weigh, when no phrase of the category stands there
# A letter with plain help in it (what to press, where to read on) seldom hurts: what words must weigh
# in it where no phrase of the category stands, or one that leads on to a page …
BESIDE_HELP = 2500
# … and where one stands, but none that is sure.
TOLD_IN_HELP = {"boilerplate": 500, "vague_promise": 500, "non_apology": 0}
TOLD_ELSE = 1000
ALONE = 600  # … and a sentence taken by itself more than one read with its neighbours
DENIAL = 3  # a «not» so many words before a phrase turns it round
WEIGHTS: Weights = load(tuple(RULES))


@dataclass(frozen=True, slots=True)
class Finding:
    """A category found in the words from `first` to `last`, with a few words of why."""

    category: str
    first: int
    last: int
    why: str


def fragments(letter: Letter, sheet: Sheet) -> list[Finding]:
    """At most one finding a category and stretch, best first and without overlap."""
    sure = [set[str]() for _ in letter.sentences]
    for category, hit in certain(letter, RULES):
        sure[letter.sentence_of(hit)].add(category)
    of_sentence = [WEIGHTS.sum(one) for one in sheet.sheets]
    helps = bool(letter.hits("mark/help"))
    links = [letter.has("<link>", *one) for one in letter.sentences]
    above: dict[str, list[tuple[int, int, int]]] = {}
    for first, last in windows(len(sheet.sheets)):
        lanes = weighed(sheet, first, last) + sum(of_sentence[first : last + 1])
        told = frozenset().union(*sheet.hinted[first : last + 1])
        known = frozenset().union(*sure[first : last + 1])
        leads_on = any(links[first : last + 1])
        sums = WEIGHTS.apart(lanes + of_phrases(known, told, helps=helps, leads_on=leads_on))
        alone = ALONE if first == last and len(of_sentence) > 1 else 0
        if max(sums) > alone:
            for category, total in zip(WEIGHTS.categories, sums, strict=True):
                if total > alone:
                    above.setdefault(category, []).append((-total, first, last))
    return [
        place(letter, of_sentence, category, first, last)
        for category, stretches in above.items()
        for first, last in apart(sorted(stretches))
    ]


def weighed(sheet: Sheet, first: int, last: int) -> int:
    """What is added where these sentences stand together, and the start."""
    turned = sheet.turned(first, last)
    return WEIGHTS.start + known_sum(sheet.standing(first, last)) + WEIGHTS.sum(turned)


@lru_cache(maxsize=4096)
def known_sum(found: frozenset[str]) -> int:
    return WEIGHTS.sum(found)


@lru_cache(maxsize=4096)
def of_phrases(known: frozenset[str], told: frozenset[str], *, helps: bool, leads_on: bool) -> int:
    """What sure phrases add, and what words must weigh where there is none."""
    told = frozenset() if leads_on else told
    row = []
    for number, category in enumerate(WEIGHTS.categories):
        if category in known:
            row.append((number, SURE))
        else:
            row.append((number, -unsure(category, told=category in told, helps=helps)))
    return packed(row)


def unsure(category: str, *, told: bool, helps: bool) -> int:
    if told:
        return TOLD_IN_HELP.get(category, TOLD_ELSE) if helps else 0
    return BESIDE_HELP if helps else UNTOLD.get(category, UNTOLD_ELSE)


def windows(sentences: int) -> list[tuple[int, int]]:
    """Every sentence alone, and stretches of up to three, each one sentence further on."""
    last = sentences - 1
    alone = [(at, at) for at in range(sentences)] if sentences > 1 else []
    far = min(WINDOW - 1, last)
    return alone + [(at, at + far) for at in range(sentences - far)]


def apart(stretches: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    chosen: list[tuple[int, int]] = []
    for _, first, last in stretches:
        if all(last < begin or end < first for begin, end in chosen):
            chosen.append((first, last))
    return chosen


def certain(letter: Letter, rules: dict[str, Rule]) -> list[tuple[str, Hit]]:
    """Categories and their sure phrases, where not silenced and not denied."""
    found = []
    for category in rules:
        hits = letter.hits(f"{category}/sure")
        quiet = silenced(letter, category) if hits else set()
        found += [
            (category, hit)
            for hit in hits
            if letter.sentence_of(hit) not in quiet and not denied(letter, hit)
        ]
    return found


def phrases_alone(letter: Letter, rules: dict[str, Rule]) -> list[Finding]:
    """The longest sure phrase of each category and sentence: languages without weights."""
    best: dict[tuple[str, int], Hit] = {}
    for category, hit in certain(letter, rules):
        place = (category, letter.sentence_of(hit))
        if place not in best or hit.last - hit.first > best[place].last - best[place].first:
            best[place] = hit
    return [
        Finding(category, hit.first, hit.last, rules[category].why)
        for (category, _), hit in best.items()
    ]


def denied(letter: Letter, hit: Hit) -> bool:
    """`That is not a hiccup` says the opposite of the phrase it holds."""
    before = letter.words[max(hit.first - DENIAL, 0) : hit.first]
    here = letter.sentence_of(hit)
    return any(word.sentence == here and word.lemma in NEGATIONS for word in before)


def silenced(letter: Letter, category: str) -> set[int]:
    quiet = {letter.sentence_of(hit) for hit in letter.hits(f"{category}/unless")}
    for hit in letter.hits(f"{category}/near"):
        at = letter.sentence_of(hit)
        quiet |= {at - 1, at, at + 1}
    return quiet


def place(letter: Letter, of_sentence: list[int], category: str, first: int, last: int) -> Finding:
    """The sentence that weighs most, and in it the words of the longest phrase of the category."""
    number = WEIGHTS.categories.index(category)
    sentence = max(range(first, last + 1), key=lambda n: WEIGHTS.apart(of_sentence[n])[number])
    told = letter.flags(category) + letter.hits(f"{category}/sure")
    hits = [hit for hit in told if letter.sentence_of(hit) == sentence]
    if hits:
        hit = max(hits, key=lambda one: (one.last - one.first, -one.first))
        return Finding(category, hit.first, hit.last, reason(hit))
    start, end = letter.sentences[sentence]
    return Finding(category, start, end, RULES[category].why)


def reason(hit: Hit) -> str:
    category, _, *why = hit.table.split("/", 2)
    return why[0] if why else RULES[category].why
