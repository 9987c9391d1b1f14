"""Does a sentence give back what happened? Overlap with the story in stems, synonyms and numbers."""

from dataclasses import dataclass
from functools import lru_cache

from amends.coach.letter import Letter
from amends.coach.words import WORD, apart, plain

STOP = frozenset(
    "a an the and or but of to in on at for with from by as is are was were be been being it its"
    " this that these those he she they we you i me us him her them my our your his their not no"
    " never n't did do does had has have will would could should can may so if then than too very"
    " just only again after before during while when where what which who how why all any some one"
    " two three first second last next day days week weeks month months hour hours time times"
    " customer guest client order told said got get went without into out over under off up down"
    " about because same other more most much many still".split()
)
SYNONYMS = (
    "late delay slow overdue behind wait waited hold queue",
    "wrong incorrect mistaken error mistake mixed",
    "lost lose missing mislaid vanish vanished disappear gone misplace",
    "broken broke break damage damaged crack cracked smash smashed snapped dented",
    "charge charged bill billed overcharge overcharged invoice invoiced debit paid took taken pay payment",
    "twice double doubled duplicate duplicated both",
    "cancel cancelled called scrapped",
    "cold freezing heating warm heat chilly",
    "dirty filthy unclean stained stain grubby",
    "noise noisy loud racket drilling din",
    "rude shouted snapped dismissive brusque curt abrupt",
    "refund money back reimburse repay",
    "parcel package delivery box order shipment",
    "room bedroom suite",
    "phone call line mobile number ring rang",
    "internet broadband wifi connection online router",
    "down off dead out outage cut disconnected",
    "flight plane seat boarding",
    "luggage bag suitcase case baggage",
    "food meal dish dinner lunch plate supper",
    "appointment slot visit booking reservation booked table",
    "engineer technician fitter plumber",
    "allergy allergic nut nuts reaction prawns",
    "leak leaking flood flooded water wet rain",
    "bin bins rubbish collection waste",
    "report data file document dashboard export record records notes",
    "delete deleted wiped erased lost",
    "doctor nurse clinic surgery",
    "child kid children son daughter baby twins",
    "forgot forgotten forget missed skip skipped",
    "ignored unanswered reply replied answer nobody",
    "small tight size sizes large",
    "short fewer missing",
    "test results result scan",
    "train coach bus",
    "house home flat",
)
GROUP = {word: n for n, group in enumerate(SYNONYMS) for word in group.split()}
NUMBERS = {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}


def stem(word: str) -> str:
    """A crude stem, enough to see that `charged` and `charging` are one."""
    for ending in ("ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def meanings(text: str) -> set[str]:
    """What a text speaks of: stems of its telling words, groups of synonyms, numbers."""
    found: set[str] = set()
    for piece in WORD.findall(plain(text)):
        for part in apart(piece, split={}, tails=True):
            found |= meaning(part.low)
    return found


@lru_cache(maxsize=8192)
def meaning(word: str) -> frozenset[str]:
    if word in NUMBERS:
        return frozenset({"#" + NUMBERS[word]})
    if word[:1].isdigit():
        return frozenset({"#" + "".join(c for c in word if c.isdigit() or c == ".").rstrip(".")})
    if word in STOP or len(word) < 3:
        return frozenset()
    found = {stem(word)}
    group = GROUP.get(word)
    if group is None:
        group = next(
            (GROUP[w] for w in (word.rstrip("s"), word + "ed", word + "d") if w in GROUP), None
        )
    if group is not None:
        found.add(f"~{group}")
    return frozenset(found)


@dataclass(frozen=True)
class Told:
    """What of the story the draft gives back: anywhere, and in sentences that tell what happened."""

    anywhere: frozenset[str]
    as_past: frozenset[str]


def by_sentence(letter: Letter) -> list[set[str]]:
    """What each sentence shares with the story; the customer's own name is no news."""
    if letter.shared is None:
        story = meanings(letter.story or "") - meanings(letter.customer_name or "")
        letter.shared = [
            set().union(*(meaning(word.low) for word in letter.words[first : last + 1])) & story
            for first, last in letter.sentences
        ]
    return letter.shared


def told(letter: Letter) -> Told:
    past = {letter.sentence_of(hit) for hit in letter.hits("mark/concrete_past")}
    shared = by_sentence(letter)
    return Told(
        frozenset().union(*shared),
        frozenset().union(*(one for number, one in enumerate(shared) if number in past)),
    )
