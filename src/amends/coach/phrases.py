"""A small language for phrases that read like English, and the search for all of them at once.

    we are|were so? short of staff      words, choices with |, a word that may be missing with ?
    <team> HANDLE that                  <set> from the lexicon; CAPITALS mean any form of the word
    sorry .. but                        .. up to 3 words between, ... 8, .... 20, never past a full stop
    apologies / though                  / the sentence ends here; ^ it begins here; $ it ended here
    sorry , but                         a comma, dash or the like stands here
    sorry !for the                      the next word is not this one
    disculp*                            any word that begins so

Every phrase is looked up by its rarest word, so a draft costs time in proportion to its length."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from amends.coach.words import Token

WORD, GAP, NOT, START, END, BREAK, NEXT = range(7)
GAPS = {"..": 3, "...": 8, "....": 20}
SIGNS = {"^": START, "$": END, ",": BREAK, "/": NEXT}
ANY = frozenset({""})  # what asks for nothing meets it everywhere
NONE = frozenset[str]()
# Words too frequent to look a phrase up by, when it has another.
FREQUENT = frozenset(
    "a an the i we you he she it they this that of to in on at by for with from and or but not is"
    " are was were be been being am have has had do does did will would can could should may might"
    " my our your his her its their me us him them as so if there any some all no more very what"
    " when which who how just here now one out up BE HAVE DO 's 'll 've 're 'm sorry <i> <we> <you>"
    " <staff> <past> <det> <apology>".split()
)
MOST_FREQUENT = frozenset("i you it is the we BE <i> <be> <past>".split())


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a phrase."""

    kind: int
    keys: frozenset[str] = frozenset()
    most: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, the table it stands in, and how far its rarest word can be from its start.

    `run` are its words where it is made of nothing else, `opening` its first word, `third` one more
    that must be in the sentence."""

    table: str
    text: str
    elements: tuple[Element, ...]
    least: int
    most: int
    run: tuple[frozenset[str], ...]
    opening: frozenset[str]
    third: frozenset[str]


class Sought(NamedTuple):
    """A phrase as its rarest word looks for it.

    `beside` are the words that must stand at `side` of it (1 after, -1 before, 0 any), `also` those
    that must be somewhere in the sentence: looked at first, as most candidates fail here."""

    side: int
    beside: frozenset[str]
    also: frozenset[str]
    phrase: Phrase


class Hit(NamedTuple):
    """A phrase found: the words from `first` to `last`, both included."""

    table: str
    phrase: str
    first: int
    last: int


def element(part: str) -> Element:
    if part in GAPS:
        return Element(GAP, most=GAPS[part])
    if part in SIGNS:
        return Element(SIGNS[part])
    if part.startswith("!"):
        return Element(NOT, frozenset(part[1:].split("|")))
    return Element(WORD, frozenset(part.split("|")))


def variants(text: str) -> list[list[str]]:
    """A word that may be missing makes two phrases of one."""
    found: list[list[str]] = [[]]
    for part in text.split():
        if part.endswith("?") and len(part) > 1:
            found = [*found, *([*one, part[:-1]] for one in found)]
        else:
            found = [[*one, part] for one in found]
    return found


def lines(block: str) -> Iterator[str]:
    for line in block.splitlines():
        text = line.split(" #", 1)[0].strip()
        if text and not text.startswith("#"):
            yield text


class Phrasebook:
    """All phrases of a language, found together in one walk over the words."""

    def __init__(self, tables: dict[str, str]) -> None:
        self.index: dict[str, list[Sought]] = {}
        self.asked: set[frozenset[str]] = set()
        for table, block in tables.items():
            for text in lines(block):
                self.add(table, text)
        self.vocabulary = frozenset().union(*self.asked)

    def add(self, table: str, text: str) -> None:
        for parts in variants(text):
            while parts[-1] in GAPS:
                parts.pop()  # a gap at the end asks for nothing
            elements = tuple(element(part) for part in parts)
            sought, rarest = anchored(table, text, elements)
            self.asked |= {one.keys for one in elements}
            for key in rarest:
                self.index.setdefault(key, []).append(sought)

    def under(self, keys: Iterable[str]) -> tuple[Sought, ...]:
        """The phrases that are looked up by one of these keys, each once."""
        sought = {id(one): one for key in keys for one in self.index.get(key, ())}
        return tuple(sought.values())

    def search(self, words: list[Token]) -> list[Hit]:
        hits: dict[Hit, None] = {}
        present = keys_by_sentence(words)
        keys = [NONE, *(word.keys for word in words), NONE]
        for at, token in enumerate(words):
            if not token.phrases:
                continue
            here = present[token.sentence]
            sides = (ANY, keys[at + 2], keys[at])
            for side, beside, also, phrase in token.phrases:
                if beside.isdisjoint(sides[side]) or also.isdisjoint(here):
                    continue
                if phrase.third.isdisjoint(here):
                    continue
                hit = found(phrase, words, at)
                if hit:
                    hits[hit] = None
        return list(hits)


def anchored(table: str, text: str, elements: tuple[Element, ...]) -> tuple[Sought, frozenset[str]]:
    """The phrase and its rarest word, by which it is looked up."""
    places = [n for n, one in enumerate(elements) if one.kind == WORD]
    rarest = min(places, key=lambda n: rarity(elements[n]))
    before = elements[:rarest]
    side, beside = neighbour(elements, rarest)
    rest = [elements[n] for n in places if n not in (rarest, rarest + side)]
    crosses = any(one.kind == NEXT for one in elements)
    rest = [] if crosses else sorted(rest, key=rarity)
    also, third = [*(one.keys for one in rest), ANY, ANY][:2]
    phrase = Phrase(
        table,
        text,
        elements,
        least=sum(one.kind == WORD for one in before),
        most=sum(one.most + (one.kind == WORD) for one in before),
        run=tuple(one.keys for one in elements) if len(places) == len(elements) else (),
        opening=elements[0].keys if elements[0].kind == WORD else ANY,
        third=third,
    )
    return Sought(side, beside, also, phrase), elements[rarest].keys


def keys_by_sentence(words: list[Token]) -> list[set[str]]:
    """All keys of each sentence, and what asks for nothing."""
    present: list[set[str]] = []
    for token in words:
        if token.first:
            present.append({""})
        present[-1] |= token.keys
    return present


def neighbour(elements: tuple[Element, ...], rarest: int) -> tuple[int, frozenset[str]]:
    """The word that must stand right beside the rarest one, if there is one."""
    for way in (1, -1):
        n = rarest + way
        while 0 <= n < len(elements) and elements[n].kind not in (WORD, GAP):
            n += way  # signs take no word
        if 0 <= n < len(elements) and elements[n].kind == WORD:
            return way, elements[n].keys
    return 0, ANY


def rarity(one: Element) -> tuple[int, int, int]:
    frequent = bool(one.keys & FREQUENT) + 2 * bool(one.keys & MOST_FREQUENT)
    return (frequent, sum(key.startswith("<") for key in one.keys), len(one.keys))


def found(phrase: Phrase, words: list[Token], at: int) -> Hit | None:
    """The phrase may begin a few words before its rarest one."""
    if phrase.run:
        return side_by_side(phrase, words, at - phrase.least)
    opening = phrase.opening
    for start in range(max(at - phrase.most, 0), at - phrase.least + 1):
        if opening is not ANY and opening.isdisjoint(words[start].keys):
            continue
        end = match(phrase.elements, 0, words, start, start)
        if end >= 0:
            return Hit(phrase.table, phrase.text, start, end - 1)
    return None


def side_by_side(phrase: Phrase, words: list[Token], start: int) -> Hit | None:
    """Words and nothing between them, all in one sentence."""
    end = start + len(phrase.run)
    if start < 0 or end > len(words):
        return None
    at = start
    for keys in phrase.run:
        word = words[at]
        if keys.isdisjoint(word.keys) or (word.first and at > start):
            return None
        at += 1
    return Hit(phrase.table, phrase.text, start, end - 1)


def match(elements: tuple[Element, ...], begin: int, words: list[Token], i: int, free: int) -> int:
    """The place after the last matched word, or -1. A sentence may begin only at `free`; gaps are
    short and few, so this stays shallow."""
    total = len(words)
    for e in range(begin, len(elements)):
        one = elements[e]
        inside = i < total and (i == free or not words[i].first)
        if one.kind == WORD:
            if not inside or one.keys.isdisjoint(words[i].keys):
                return -1
            i += 1
        elif one.kind == GAP:
            return gap(elements, e, words, i, free)
        elif not holds(one, words, i, inside=inside):
            return -1
        elif one.kind == NEXT:
            free = i
    return i


def gap(elements: tuple[Element, ...], e: int, words: list[Token], i: int, free: int) -> int:
    after = elements[e + 1 : e + 2]  # no word need follow the last gap
    wanted = after[0].keys if after and after[0].kind == WORD else None
    for n in range(i, min(i + elements[e].most, len(words)) + 1):
        if wanted is None or (n < len(words) and not wanted.isdisjoint(words[n].keys)):
            end = match(elements, e + 1, words, n, free)
            if end >= 0:
                return end
        if n < len(words) and words[n].first and n != free:
            return -1
    return -1


def holds(one: Element, words: list[Token], i: int, *, inside: bool) -> bool:
    """Conditions that take no word: a beginning, an end, a comma, a word that is not there."""
    if one.kind == NOT:
        return not inside or one.keys.isdisjoint(words[i].keys)
    if one.kind == END:
        return i >= len(words) or words[i].first
    if one.kind == BREAK:
        return i < len(words) and bool(words[i].lead)
    return i < len(words) and words[i].first


def by_table(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    sorted_hits: dict[str, list[Hit]] = {}
    for hit in hits:
        sorted_hits.setdefault(hit.table, []).append(hit)
    return sorted_hits
