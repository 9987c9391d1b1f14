"""A draft in another language than English: where its notes point, what to write instead, praise."""

from collections.abc import Iterable
from dataclasses import replace

from amends.coach import names
from amends.coach.findings import Praise
from amends.coach.judging import Finding
from amends.coach.languages.saying import Saying
from amends.coach.letter import Letter
from amends.coach.pointing import begin, clause
from amends.coach.rewriting import called, ends_sentence, first_line

SHORTEST, STEM = 4, 5  # letters of a word that tells something; by which it is known again
EVERYWHERE = frozenset(  # words of any story, in the languages together
    "para pero esta este esto como cuando desde donde porque nada nadie todo nicht auch aber oder"
    " wenn dass haben hatte wurde sind eine einen einem einer noch schon mehr sehr dann avec dans"
    " pour vous nous votre notre mais plus sont etait cette comme encore tres bien fait".split()
)
BEFORE_A_CAUSE = frozenset("en a por con auf".split())  # «en raison de», «a causa de»
ENOUGH = 2  # such words that make a sentence their story


def pointed(letter: Letter, one: Finding) -> Finding:
    """Widened to what a reader would underline: a reason alone, else its sentence or two."""
    saying = letter.pack.saying
    if one.first < 0 or saying is None:
        return one
    first = begin(letter, one.first)
    last = letter.sentences[letter.words[one.last].sentence][1]
    if one.category == "excuse":
        reason = where_it_begins(letter, saying, first, one.last)
        return replace(one, first=reason, last=clause(letter, one.last, one.last)[1])
    return replace(one, first=first, last=last)


def where_it_begins(letter: Letter, saying: Saying, first: int, last: int) -> int:
    begins = [n for n in range(first, last + 1) if letter.words[n].low in saying.causes]
    if not begins:
        return first
    before = letter.words[begins[-1] - 1].low if begins[-1] > first else ""
    return begins[-1] - (before in BEFORE_A_CAUSE)


def instead(letter: Letter, one: Finding) -> str:
    """A line to put in the place of the words of the note; empty where none would fit."""
    saying = letter.pack.saying
    if saying is None:
        return ""
    if one.category == "missing_name":
        return greeting(letter, saying)
    if not ends_sentence(letter, one.last):
        return ""
    words = {
        "sorry_but": lambda: until_the_turn(letter, saying, one),
        "non_apology": lambda: regret(letter, saying),
        "policy_recital": lambda: saying.can_do,
        "excuse": lambda: reason(letter, saying, one),
        "vague_promise": lambda: saying.by_when.format(when=due(letter) or saying.open_end),
    }[one.category]()
    return words if is_opening(letter, one.first) else words[:1].lower() + words[1:]


def is_opening(letter: Letter, at: int) -> bool:
    before = letter.draft[: letter.words[at].start].rstrip(' ¿¡«„"')
    return not before or before.endswith(("\n", ".", "!", "?"))


def greeting(letter: Letter, saying: Saying) -> str:
    name = called(letter)
    greeted = letter.lows[0] in saying.greetings or names.unfilled(letter.draft)
    return name if greeted or not name else saying.greeting.format(name=name)


def regret(letter: Letter, saying: Saying) -> str:
    line = first_line(letter)
    return saying.sorry_for.format(line=line) if line else saying.sorry


def until_the_turn(letter: Letter, saying: Saying, one: Finding) -> str:
    """The apology as it stands, without what takes it back."""
    words = letter.words
    apology = next(
        (n for n in range(one.first, one.last + 1) if "<sorry>" in words[n].keys), one.first
    )
    turns = [n for n in range(one.first, one.last + 1) if words[n].low in saying.turns]
    if not turns or turns[0] < apology:
        return saying.sorry
    turn = turns[0]
    if words[turn].sentence != words[apology].sentence:
        turn = letter.sentences[words[turn].sentence][0]
    said = letter.draft[words[one.first].start : words[turn].start].strip(" ,;:-–—.!\n")
    return f"{said[:1].upper()}{said[1:]}."


def reason(letter: Letter, saying: Saying, one: Finding) -> str:
    first = letter.words[one.first]
    inside = not first.first and (first.low in saying.causes or first.low in BEFORE_A_CAUSE)
    return saying.and_ours if inside else saying.ours


def due(letter: Letter) -> str:
    """The moment that somebody in the draft already promises, in its own words."""
    promised = {letter.sentence_of(hit) for hit in letter.hits("mark/promise")}
    hits = [hit for hit in letter.hits("mark/due") if letter.sentence_of(hit) in promised]
    if not hits:
        return ""
    longest = max(hits, key=lambda hit: (hit.last - hit.first, -hit.first))
    start, end = letter.span(longest.first, longest.last)
    return letter.draft[start:end]


def praised(letter: Letter, *, lacking: set[str], hurting: set[int]) -> tuple[Praise, ...]:
    """One praise a feature, never in a sentence that a note is about."""
    numbers = {feature: sentences(letter, feature) for feature in letter.pack.praises}
    numbers["restatement"] = retold(letter)
    found = [
        Praise(feature, *letter.span(*letter.sentences[min(those - hurting)]), "")
        for feature, those in numbers.items()
        if those - hurting
    ]
    name = names.where(letter.draft, letter.customer_name) if letter.customer_name else None
    if name and "missing_name" not in lacking:
        found.append(Praise("name", *name, ""))
    quoted = [replace(one, quote=letter.draft[one.start : one.end]) for one in found]
    return tuple(sorted(quoted, key=lambda one: (one.start, one.end)))


def sentences(letter: Letter, feature: str) -> set[int]:
    return {letter.sentence_of(hit) for hit in letter.hits(f"praise/{feature}")}


def retold(letter: Letter) -> set[int]:
    """The sentence that shares most words with their story."""
    told = stems(word.low for word in letter.pack.read(letter.story or ""))
    told -= stems(word.low for word in letter.pack.read(letter.customer_name or ""))
    shared = [
        len(told & stems(word.low for word in letter.words[first : last + 1]))
        for first, last in letter.sentences
    ]
    best = max(range(len(shared)), key=lambda n: (shared[n], -n))
    return {best} if shared[best] >= ENOUGH else set()


def stems(words: Iterable[str]) -> set[str]:
    return {word[:STEM] for word in words if len(word) >= SHORTEST and word not in EVERYWHERE}
