"""What to write instead, made from what the desk knows: their name, their story, the time promised
in the draft. Nothing is made up: where only the writer knows, three dots stand."""

import re
from collections.abc import Callable

from amends.coach import contrast, forms, names
from amends.coach.letter import GREETINGS, Letter
from amends.coach.words import Token

LONGEST_STORY = 18  # words of their story worth saying back in one line
SIMPLE_PAST = {
    "forgotten": "forgot", "broken": "broke", "taken": "took", "given": "gave", "written": "wrote",
    "chosen": "chose", "done": "did", "seen": "saw", "shown": "showed", "driven": "drove",
    "thrown": "threw", "stolen": "stole", "torn": "tore", "begun": "began", "overseen": "oversaw",
    "known": "knew", "drawn": "drew", "frozen": "froze", "withdrawn": "withdrew", "worn": "wore",
}  # fmt: skip


TO_THEM = {
    "i": "you", "I": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "you": "we", "your": "our", "yours": "ours", "i'm": "you are", "i've": "you have",
    "i'd": "you had", "we're": "you are", "we've": "you have",
}  # fmt: skip
KEPT_CAPITAL = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
BEGINNINGS = frozenset(
    "i i'm i've we my our your you the a an it nobody no this there they he she someone".split()
)
VERBS = frozenset("was were is are had has have did does do never will".split())
PASTS = frozenset(forms.PARTICIPLES | {
    "came", "went", "took", "gave", "broke", "saw", "ran", "fell", "forgot", "wrote", "spoke",
    "rang", "began", "tore", "drove", "woke", "stole", "became",
})  # fmt: skip
SUBORDINATE = frozenset("because as due owing since hence cos given what thanks".split())
PARTING = frozenset("contact reach touch call hesitate questions question reply".split())


BY_WHEN = ("by ", "at ", "on ", "within", "tomorrow", "tonight", "before")


def instead(letter: Letter, category: str, first: int, last: int) -> str:
    """A line to put in place of the words from `first` to `last`; empty when only the writer knows,
    or when what stands around the words would no longer be a sentence."""
    make = REWRITES.get(category)
    words = make(letter, first, last) if make else ""
    if first < 0 or not words or category in INSIDE:
        return words
    if not ends_sentence(letter, last):
        return ""
    return words if letter.words[first].first or after_stop(letter, first) else lowered(words)


def ends_sentence(letter: Letter, last: int) -> bool:
    return last == letter.sentences[letter.words[last].sentence][1]


def after_stop(letter: Letter, first: int) -> bool:
    """Nothing of a sentence stands before it but a greeting on a line of its own."""
    return letter.draft[: letter.words[first].start].rstrip(" ").endswith(("\n", ".", "!", "?"))


def called(letter: Letter) -> str:
    """`Mr Rossi` stays, `Carmen Ruiz` is Carmen."""
    name = (letter.customer_name or "").strip()
    if not name or names.is_titled(name) or name.startswith("@"):
        return name
    return name.split()[0]


def called_here(letter: Letter, first: int) -> str:
    """Not twice in one sentence: `Bo, thank you` says it already."""
    return called(letter) if letter.words[first].first else ""


def story(letter: Letter) -> str:
    """The first line of their story as we would say it to them; empty where it is no sentence."""
    line = first_line(letter)
    words = line.split()
    if not words or not is_sentence(letter, line):
        return ""
    told = " ".join(TO_THEM.get(word, TO_THEM.get(word.lower(), word)) for word in words)
    told = re.sub(r"\byou (am|was)\b", lambda m: f"you {'are' if m[1] == 'am' else 'were'}", told)
    return told if words[0] in KEPT_CAPITAL or words[0].isupper() else told[0].lower() + told[1:]


def first_line(letter: Letter) -> str:
    """The first sentence of their story in their own words; empty where it is long."""
    line = (letter.story or "").strip().split("\n")[0]
    line = re.split(r"[.!?](?:\s|$)", line, maxsplit=1)[0].rstrip(" ,;:.!?")
    return line if len(line.split()) <= LONGEST_STORY else ""


def is_sentence(letter: Letter, line: str) -> bool:
    """Somebody or something, and what it did: `towels late` is neither."""
    words = letter.pack.read(line)
    begins = bool(words) and words[0].low in BEGINNINGS
    return begins and any(word.low in VERBS or is_past(word.low) for word in words[1:])


def is_past(word: str) -> bool:
    return word in PASTS or (word.endswith("ed") and word not in forms.NO_PAST)


def opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def due(letter: Letter) -> str:
    """The moment the draft already promises, in its own words."""
    promised = {letter.sentence_of(hit) for hit in letter.hits("mark/promise")}
    for hit in letter.hits("mark/due"):
        start, end = letter.span(hit.first, hit.last)
        said = letter.draft[start:end]
        if letter.sentence_of(hit) in promised and said.lower().startswith(BY_WHEN):
            return said
    return ""


def ours(letter: Letter, first: int, last: int) -> str:
    return "That was ours to get right."


def cause(letter: Letter, first: int, last: int) -> str:
    """The reason goes; where a sentence stands before it, that sentence is owned."""
    if letter.words[first].first or not ends_sentence(letter, last):
        return ours(letter, first, last) if ends_sentence(letter, last) else ""
    if letter.words[first].low not in SUBORDINATE:
        return ""
    return "and that was ours to get right."


def sorry(letter: Letter, first: int, last: int) -> str:
    told = story(letter)
    return f"I am sorry that {told}." if told else "I am sorry. We got this wrong."


def only_sorry(letter: Letter, first: int, last: int) -> str:
    """The apology as it stands, ended before the turn."""
    place = contrast.turn(letter, first, last)
    if place is None:
        return sorry(letter, first, last)
    apology, turn = place
    if turn < apology:
        return "I am sorry."
    number = letter.words[turn].sentence
    if letter.words[apology].sentence != number:
        turn = letter.sentences[number][0]
    words = letter.draft[letter.words[first].start : letter.words[turn].start]
    said = words.strip().rstrip(" ,;:-–—.!") + "."
    return opened(said) if letter.words[first].first else said


def with_a_time(letter: Letter, first: int, last: int) -> str:
    return f"I will write to you {due(letter) or 'by …'} with the answer, whatever it is."


def myself(letter: Letter, first: int, last: int) -> str:
    return f"I will speak to them myself and write to you {due(letter) or 'by …'} with the answer."


def one_sorry(letter: Letter, first: int, last: int) -> str:
    name = called_here(letter, first)
    if letter.apologies_so_far:
        return f"Thank you for your patience{', ' + name if name else ''}."
    told = story(letter)
    return f"I am sorry that {told}." if told else "I am sorry."


def active(letter: Letter, first: int, last: int) -> str:
    """`Your form was mislaid` becomes `We mislaid your form`."""
    words = letter.words[first : last + 1]
    for n in range(1, len(words)):
        doing = words[n].low
        if "<was>" in words[n - 1].keys and forms.is_participle(doing) and doing != "been":
            subject = n - 2 if words[n - 2].low in HAVING else n - 1
            if 0 < subject <= LONGEST_SUBJECT and not led(words, n) and may_turn(words, n):
                before = letter.draft[words[0].start : words[subject - 1].end]
                after = letter.draft[words[n].end : words[-1].end]
                return f"We {SIMPLE_PAST.get(doing, doing)} {lowered(before)}{after}."
    return ours(letter, first, last)


def led(words: list[Token], n: int) -> bool:
    """A comma before the verb: what stands there is more than who was done to."""
    return any(word.lead for word in words[1 : n + 1])


def may_turn(words: list[Token], n: int) -> bool:
    """`It was felt`, `there was`, `lost by the courier`: somebody else, or nothing, was done to."""
    someone_else = any(word.low == "by" for word in words[n + 1 :])
    return not someone_else and words[0].low not in NOT_DONE_TO


def lowered(text: str) -> str:
    """As it stands inside a sentence; names and `I` keep their capital."""
    word = re.split(r"[\s,.:;]", text, maxsplit=1)[0]
    keeps = word == "I" or word.startswith("I'") or "'" in word or word[1:].lower() != word[1:]
    if keeps or (word.lower() not in KNOWN_STARTS and not word.endswith("s")):
        return text
    return text[0].lower() + text[1:]


def not_small(letter: Letter, first: int, last: int) -> str:
    return "That matters, and I am sorry." if letter.words[first].first else ""


def say_back(letter: Letter, first: int, last: int) -> str:
    if not letter.story:
        return ""
    name, told = called(letter), story(letter)
    called_so = names.where(letter.draft, letter.customer_name or "") if name else True
    start = "So what" if called_so else f"{name}, so what"
    if told:
        return f"{start} you are telling me is that {told}. Have I got that right?"
    line = " ".join(letter.story.strip().split("\n")[0].split()[:LONGEST_STORY]).rstrip(" .,;:!?")
    return f"{start} you are telling me is: “{line}”. Have I got that right?"


def thank(letter: Letter, first: int, last: int) -> str:
    """Stock thanks become thanks; a stock goodbye an open door; the rest is better left out."""
    lows = frozenset(letter.lows[first : last + 1])
    name = called_here(letter, first)
    if "thank" in lows or "thanks" in lows:
        return f"Thank you for telling me, {name}." if name else "Thank you for telling me."
    return "If anything is still not right, write to me." if lows & PARTING else ""


def greeting(letter: Letter, first: int, last: int) -> str:
    """`Dear Bo,` where there is no greeting yet; else the name alone, to stand in it."""
    name = called(letter)
    greeted = letter.lows[0] in GREETINGS or names.unfilled(letter.draft)
    return name if greeted else f"Dear {name}," if name else ""


INSIDE = frozenset({"excuse"})  # says itself whether it fits
HAVING = frozenset({"has", "have", "had"})
LONGEST_SUBJECT = 6
NOT_DONE_TO = frozenset("it there this that what which i we they he she if when while as".split())
KNOWN_STARTS = frozenset(
    "we that your the a an our my it this that some two three you all here what thank if no every both"
    " each please something everything one their his her and".split()
)
REWRITES: dict[str, Callable[[Letter, int, int], str]] = {
    "excuse": cause,
    "org_chart": myself,
    "sorry_but": only_sorry,
    "non_apology": sorry,
    "policy_recital": lambda letter, first, last: "Here is what I can do for you: …",
    "boilerplate": thank,
    "blame_shift": lambda letter, first, last: "That was ours to get right, and we did not.",
    "grovel": one_sorry,
    "vague_promise": with_a_time,
    "passive_evasion": active,
    "guess_wish": lambda letter, first, last: "What would you like best?",
    "minimise": not_small,
    "missing_name": greeting,
    "missing_restatement": say_back,
    "missing_ask": lambda letter, first, last: "What would you think would be fair?",
    "missing_extra": lambda letter, first, last: (
        "I would like to do something more for you than put it back."
    ),
}
