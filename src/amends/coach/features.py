"""What a stretch of a draft is made of, as names: words, pairs of words, phrases found, who does what.

The trained weights (`amends.coach.weighing`) add these up. Everything here is read from the letter
alone, so the same stretch always has the same features."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from amends.coach import contrast, restating
from amends.coach.letter import Letter
from amends.coach.words import Token

# Word sets that stand in for their members in pairs of words.
CLASSES = frozenset(
    "<role> <supplier> <dept> <rules> <ill> <weekday> <small> <blip> <wrongdone> <thought>"
    " <trouble> <mess> <bad> <window> <deed> <nice> <soft> <sorry> <modal> <unit> <anyone>"
    " <company> <hour>".split()
)
# How much each kind of feature counts in training: word, pair, class, after not, after a turn,
# phrase table, how things stand together, overlap with the story.
WORTH = {"w": 0.5, "b": 0.35, "c": 0.45, "n": 0.4, "a": 0.5, "t": 1.0, "s": 1.0, "o": 0.8}
NEGATIONS = frozenset({"not", "no", "nothing"})
SCOPE_OF_NOT = 3
MARKS_AFTER = ("favour", "against", "done", "owned", "you_did", "due", "help")


# Marks that speak for a category as its own phrases do.
SIGNS = {
    "turn": "sorry_but",
    "mark/agentless": "passive_evasion",
    "mark/existential": "passive_evasion",
    "mark/promise": "vague_promise",
    "mark/will_they": "vague_promise",
    "mark/hard_life": "excuse",
}


def is_sign(table: str) -> bool:
    return table in SIGNS or "/flag/" in table or table.endswith("/sure")


class Sheet:
    """All features of a letter, sheet by sheet: one sheet a sentence, each feature once."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.lemmas = [lemma(word) for word in letter.words]
        self.tables: list[set[str]] = [set() for _ in letter.sentences]
        for table, hits in letter.found.items():
            for hit in hits:
                self.tables[letter.sentence_of(hit)].add(table)
        self.sorries = [
            sum("<sorry>" in word.keys for word in letter.words[first : last + 1])
            for first, last in letter.sentences
        ]
        self.asked_of = [ASKED_OF & tables for tables in self.tables]
        # Categories of which some phrase stands in the sentence.
        self.hinted: list[set[str]] = [
            {SIGNS.get(table) or table.split("/")[0] for table in tables if is_sign(table)}
            for tables in self.tables
        ]
        self.sheets: list[set[str]] = [
            self.of_words(first, last) | {"t:" + table for table in tables}
            for (first, last), tables in zip(letter.sentences, self.tables, strict=True)
        ]

    def of_words(self, first: int, last: int) -> set[str]:
        found: set[str] = set()
        add = found.add
        before, negated = "^", 0
        classes_before: frozenset[str] = frozenset()
        stretch = slice(first, last + 1)
        for one, word in zip(self.lemmas[stretch], self.letter.words[stretch], strict=True):
            add("w:" + one)
            add("b:" + before + " " + one)
            classes = classes_of(word.keys)
            for name in classes:
                add("c:" + name)
                add("c:" + before + " " + name)
            for name in classes_before:
                add("c:" + name + " " + one)
                for other in classes:
                    add("c:" + name + " " + other)
            if negated:
                add("n:" + one)
                for name in classes:
                    add("n:" + name)
            negated = SCOPE_OF_NOT if one in NEGATIONS else negated - 1 if negated else 0
            before, classes_before = one, classes
        add("b:" + before + " $")
        return found

    def together(self, first: int, last: int) -> frozenset[str]:
        """How the sentences from `first` to `last` stand together."""
        return self.standing(first, last) | self.turned(first, last)

    def standing(self, first: int, last: int) -> frozenset[str]:
        """The same, without the words after a turn: of these there are few, each known already."""
        letter = self.letter
        start, end = letter.sentences[first][0], letter.sentences[last][1]
        return how_it_stands(
            frozenset().union(*self.asked_of[first : last + 1]),
            sorries=min(sum(self.sorries[first : last + 1]), 3),
            asks="?" in letter.draft[letter.words[start].start : letter.words[end].end + 2],
            # one sentence of several says less than a whole text
            alone=first == last and len(letter.sentences) > 1,
        )

    def turned(self, first: int, last: int) -> set[str]:
        """After a turn, its words count as words after a turn."""
        if not any(self.sorries[first : last + 1]):
            return set()
        start, end = self.letter.sentences[first][0], self.letter.sentences[last][1]
        place = contrast.turn(self.letter, start, end)
        if place is None:
            return {"s:no turn"}
        apology, there = place
        kind = contrast.kind(self.letter, apology, there)
        found = {"s:turn " + kind, "s:turn", f"a:{kind} {self.lemmas[there]}"}
        stop = min(there + contrast.FAR, end)
        for at in range(there + 1, stop + 1):
            found.add("a:" + self.lemmas[at])
            found |= {"a:" + name for name in classes_of(self.letter.words[at].keys)}
        for mark in MARKS_AFTER:
            if any(there < hit.first <= stop for hit in self.letter.hits("mark/" + mark)):
                found.add("s:after " + mark)
        return found

    def whole(self) -> set[str]:
        """Features of the whole letter, and of how it answers the customer's story."""
        last = len(self.letter.sentences) - 1
        found = set().union(*self.sheets) | self.together(0, last)
        found |= self.standing_alone("ask", "not_ask") | self.standing_alone("extra", "put_back")
        return found | self.questions() | self.told()

    def standing_alone(self, wanted: str, instead: str) -> set[str]:
        yes = [tables for tables in self.tables if wanted in tables]
        if not yes:
            return {f"s:no {wanted}"}
        alone = any(instead not in tables for tables in yes)
        return {f"s:{wanted} {'alone' if alone else 'mixed'}"}

    def questions(self) -> set[str]:
        found: set[str] = set()
        letter = self.letter
        for first, last in letter.sentences:
            if "?" in letter.draft[letter.words[last].end : letter.words[last].end + 2]:
                found.add("a:?" + " ".join(self.lemmas[first : first + 2]))
                found |= {"a:?" + one for one in self.lemmas[first : last + 1]}
        return found

    def told(self) -> set[str]:
        if not self.letter.story:
            return set()
        told = restating.told(self.letter)
        found = {f"o:{n}" for n in (1, 2, 3) if len(told.anywhere) >= n}
        found |= {f"o:past {n}" for n in (1, 2, 3) if len(told.as_past) >= n}
        found |= set() if told.anywhere else {"o:none"}
        return found | (set() if told.as_past else {"o:none past"})


def lemma(word: Token) -> str:
    """The word without its ending; numbers and names are all alike."""
    text = word.text
    if not word.first and text[:1].isupper() and len(text) > 1 and not text.isupper():
        return "<cap>"
    return word.lemma


@lru_cache(maxsize=4096)
def classes_of(keys: frozenset[str]) -> frozenset[str]:
    return CLASSES & keys


Holds = Callable[[Iterable[str]], bool]


def both(one: str, other: str) -> Holds:
    return lambda found: "mark/" + one in found and "mark/" + other in found


def without(one: str, other: str) -> Holds:
    return lambda found: "mark/" + one in found and "mark/" + other not in found


def lacking(one: str) -> Holds:
    return lambda found: "mark/" + one not in found


CONDITIONS: dict[str, Holds] = {
    "no due": lacking("due"),
    "no owner": lacking("owner_i"),
    "not owned": lacking("owned"),
    "promise, no due": without("promise", "due"),
    "promise, no owner": without("promise", "will_i"),
    "promise and due": both("promise", "due"),
    "i will, no due": without("will_i", "due"),
    "i will and due": both("will_i", "due"),
    "they will, no owner": without("will_they", "owner_i"),
    "agentless, not owned": without("agentless", "owned"),
    "agentless, no i": without("agentless", "owner_i"),
    "agentless, good": both("agentless", "favour"),
    "there was, not owned": without("existential", "owned"),
    "there was, no i": without("existential", "owner_i"),
    "cause, not owned": without("cause", "owned"),
    "cause, no favour": without("cause", "favour"),
    "cause, no i": without("cause", "owner_i"),
    "third, no i": without("third", "owner_i"),
    "third, not owned": without("third", "owned"),
    "you did, no i": without("you_did", "owner_i"),
    "you did, not owned": without("you_did", "owned"),
    "done and due": both("done", "due"),
}
ASKED_OF = frozenset(
    f"mark/{name}"
    for name in "due owner_i owned promise will_i will_they agentless favour existential cause third"
    " you_did done".split()
)


@lru_cache(maxsize=4096)
def how_it_stands(
    marks: frozenset[str], *, sorries: int, asks: bool, alone: bool
) -> frozenset[str]:
    found = {"s:" + name for name, holds in CONDITIONS.items() if holds(marks)}
    found |= {f"s:sorry {least}" for least in (1, 2, 3) if sorries >= least}
    found |= {"s:?"} if asks else set()
    found |= {"s:alone"} if alone else set()
    return frozenset(found if sorries else found | {"s:no turn"})
