"""What to write instead, made from what the desk knows: their name, their story, the time promised
in the draft. Nothing is made up: where only the writer knows, three dots stand."""

from collections.abc import Callable

from amends.coach import contrast, forms, names
from amends.coach.letter import Letter

LONGEST_STORY = 14  # words of their story worth saying back in one line
SIMPLE_PAST = {
    "forgotten": "forgot", "broken": "broke", "taken": "took", "given": "gave", "written": "wrote",
    "chosen": "chose", "done": "did", "seen": "saw", "shown": "showed", "driven": "drove",
    "thrown": "threw", "stolen": "stole", "torn": "tore", "begun": "began", "overseen": "oversaw",
    "known": "knew", "drawn": "drew", "frozen": "froze", "withdrawn": "withdrew", "worn": "wore",
}  # fmt: skip


def instead(letter: Letter, category: str, first: int, last: int) -> str:
    """A line to put in place of the words from `first` to `last`; empty when only the writer knows."""
    make = REWRITES.get(category)
    return make(letter, first, last) if make else ""


def called(letter: Letter) -> str:
    """`Mr Rossi` stays, `Carmen Ruiz` is Carmen."""
    name = (letter.customer_name or "").strip()
    if not name or names.is_titled(name) or name.startswith("@"):
        return name
    return name.split()[0]


def story(letter: Letter) -> str:
    """The first line of their story, without its full stop."""
    line = (letter.story or "").strip().split("\n")[0].split(". ")[0].rstrip(" .!?")
    words = line.split()
    return " ".join(words[:LONGEST_STORY]) + (" …" if len(words) > LONGEST_STORY else "")


def opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def due(letter: Letter) -> str:
    """The moment the draft already promises, in its own words."""
    for hit in letter.hits("mark/due"):
        start, end = letter.span(hit.first, hit.last)
        said = letter.draft[start:end]
        if said.lower().startswith(
            ("by ", "at ", "on ", "within", "tomorrow", "tonight", "before")
        ):
            return said
    return ""


def ours(letter: Letter, first: int, last: int) -> str:
    told = story(letter)
    return f"{opened(told)}. That is on us." if told else "That was ours to get right."


def sorry(letter: Letter, first: int, last: int) -> str:
    told = story(letter)
    return (
        f"{opened(told)}. We did that, and I am sorry."
        if told
        else "I am sorry. We got this wrong."
    )


def only_sorry(letter: Letter, first: int, last: int) -> str:
    """The apology as it stands, ended before the turn."""
    number = letter.words[first].sentence
    start, _ = letter.sentences[number]
    place = contrast.turn(letter, start, len(letter.words) - 1)
    if place is None or place[1] <= place[0]:
        return sorry(letter, first, last)
    begin = letter.words[letter.sentences[letter.words[place[0]].sentence][0]].start
    words = letter.draft[begin : letter.words[place[1]].start].strip().rstrip(" ,;:-–—.!")
    return words + "." if words else ""


def with_a_time(letter: Letter, first: int, last: int) -> str:
    return f"I will write to you {due(letter) or 'by …'} with the answer, whatever it is."


def myself(letter: Letter, first: int, last: int) -> str:
    return f"I will speak to them myself and write to you {due(letter) or 'by …'}."


def one_sorry(letter: Letter, first: int, last: int) -> str:
    name = called(letter)
    if letter.apologies_so_far:
        return f"Thank you for your patience{', ' + name if name else ''}."
    told = story(letter)
    return f"I am sorry: {told}." if told else "I am sorry."


def active(letter: Letter, first: int, last: int) -> str:
    """`Your form was mislaid` becomes `We mislaid your form`."""
    start, end = letter.sentences[letter.words[first].sentence]
    words = letter.words[start : end + 1]
    for n in range(1, len(words)):
        doing = words[n].low
        if "<was>" in words[n - 1].keys and n > 1 and forms.is_participle(doing):
            before = letter.draft[words[0].start : words[n - 2].end]
            after = letter.draft[words[n].end : words[-1].end]
            if words[n - 2].low in {"has", "have", "had"}:
                before = letter.draft[words[0].start : words[n - 3].end] if n > 2 else ""
            if before and len(before.split()) <= 6:
                return f"We {SIMPLE_PAST.get(doing, doing)} {lowered(before)}{after}."
    return ours(letter, first, last)


def lowered(text: str) -> str:
    first = text.split(" ", 1)[0]
    plain_start = first.lower() in {
        "your",
        "the",
        "a",
        "an",
        "our",
        "it",
        "this",
        "that",
        "some",
        "two",
    }
    return text[0].lower() + text[1:] if plain_start else text


def not_small(letter: Letter, first: int, last: int) -> str:
    told = story(letter)
    return (
        f"{opened(told)}. That matters, and I am sorry." if told else "It matters, and I am sorry."
    )


def say_back(letter: Letter, first: int, last: int) -> str:
    told = story(letter)
    name = called(letter)
    return (
        f"{name + ', so' if name else 'So'} what you are telling me is: {told}. Have I got that right?"
        if told
        else ""
    )


def thank(letter: Letter, first: int, last: int) -> str:
    name = called(letter)
    return f"Thank you for telling me, {name}." if name else "Thank you for telling me."


def greeting(letter: Letter, first: int, last: int) -> str:
    name = called(letter)
    return f"Dear {name}," if name else ""


REWRITES: dict[str, Callable[[Letter, int, int], str]] = {
    "excuse": ours,
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
