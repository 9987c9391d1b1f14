"""What a stretch of a draft is made of, as names: words, pairs of words, phrases found, who does what.

The trained weights (`amends.coach.weighing`) add these up. Everything here is read from the letter
alone, so the same stretch always has the same features."""

from amends.coach import contrast, forms, restating
from amends.coach.letter import Letter
from amends.coach.words import Token

# Word sets that stand in for their members in pairs of words.
CLASSES = (
    "<role>", "<supplier>", "<dept>", "<rules>", "<ill>", "<weekday>", "<small>", "<blip>",
    "<wrongdone>", "<thought>", "<trouble>", "<mess>", "<bad>", "<window>", "<deed>", "<nice>",
    "<soft>", "<sorry>", "<modal>", "<unit>", "<anyone>", "<company>", "<hour>",
)  # fmt: skip
SCOPE_OF_NOT = 3
WEIGHT = {"w": 0.5, "b": 0.35, "c": 0.45, "n": 0.4, "a": 0.5, "t": 1.0, "s": 1.0, "o": 0.8}


class Sheet:
    """All features of a letter, sheet by sheet: one sheet a sentence."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.lemmas = [lemma(word) for word in letter.words]
        self.sheets: list[dict[str, float]] = [
            self.of_words(first, last) for first, last in letter.sentences
        ]
        for table, hits in letter.found.items():
            name = "t:" + table
            for hit in hits:
                self.sheets[letter.sentence_of(hit)][name] = WEIGHT["t"]

    def of_words(self, first: int, last: int) -> dict[str, float]:
        found: dict[str, float] = {}
        lemmas = self.lemmas
        words = self.letter.words
        before, classes_before, negated = "^", (), 0
        for at in range(first, last + 1):
            one = lemmas[at]
            found["w:" + one] = WEIGHT["w"]
            found[f"b:{before} {one}"] = WEIGHT["b"]
            classes = [name for name in CLASSES if name in words[at].keys]
            for name in classes:
                found["c:" + name] = WEIGHT["c"]
                found[f"c:{before} {name}"] = WEIGHT["c"]
            for name in classes_before:
                found[f"c:{name} {one}"] = WEIGHT["c"]
                for other in classes:
                    found[f"c:{name} {other}"] = WEIGHT["c"]
            if negated:
                found["n:" + one] = WEIGHT["n"]
                for name in classes:
                    found["n:" + name] = WEIGHT["n"]
            negated = SCOPE_OF_NOT if one in {"not", "no", "nothing"} else max(negated - 1, 0)
            before, classes_before = one, classes
        found[f"b:{before} $"] = WEIGHT["b"]
        return found

    def window(self, first: int, last: int) -> dict[str, float]:
        """Features of the sentences from `first` to `last`, and of how they stand together."""
        found: dict[str, float] = {}
        for sheet in self.sheets[first : last + 1]:
            found.update(sheet)
        self.together(found, first, last)
        return found

    def together(self, found: dict[str, float], first: int, last: int) -> None:
        start, end = self.letter.sentences[first][0], self.letter.sentences[last][1]
        words = self.letter.words[start : end + 1]
        for name, holds in CONDITIONS:
            if holds(found):
                found["s:" + name] = WEIGHT["s"]
        sorries = sum("<sorry>" in word.keys for word in words)
        for least in (1, 2, 3):
            if sorries >= least:
                found[f"s:sorry{least}"] = WEIGHT["s"]
        if "?" in self.letter.draft[words[0].start : words[-1].end + 2]:
            found["s:?"] = WEIGHT["s"]
        self.turned(found, start, end)

    def whole(self) -> dict[str, float]:
        """Features of the whole letter, and of how it answers the customer's story."""
        letter = self.letter
        found = self.window(0, len(letter.sentences) - 1)
        self.asked(found)
        if letter.story:
            told = restating.told(letter)
            for least in (1, 2, 3):
                if len(told.anywhere) >= least:
                    found[f"o:{least}"] = WEIGHT["o"]
                if len(told.as_past) >= least:
                    found[f"o:past {least}"] = WEIGHT["o"]
            if not told.anywhere:
                found["o:none"] = WEIGHT["o"]
            if not told.as_past:
                found["o:none past"] = WEIGHT["o"]
        return found

    def asked(self, found: dict[str, float]) -> None:
        for name, no in (("ask", "not_ask"), ("extra", "put_back")):
            yes = {self.letter.sentence_of(hit) for hit in self.letter.hits(name)}
            other = {self.letter.sentence_of(hit) for hit in self.letter.hits(no)}
            if yes - other:
                found[f"s:{name} alone"] = WEIGHT["s"]
            elif yes:
                found[f"s:{name} mixed"] = WEIGHT["s"]
            else:
                found[f"s:no {name}"] = WEIGHT["s"]
        for first, last in self.letter.sentences:
            if (
                "?"
                in self.letter.draft[self.letter.words[last].end : self.letter.words[last].end + 2]
            ):
                opening = " ".join(self.lemmas[first : first + 2])
                found["a:?" + opening] = WEIGHT["a"]
                for at in range(first, last + 1):
                    found["a:?" + self.lemmas[at]] = WEIGHT["a"]

    def turned(self, found: dict[str, float], start: int, end: int) -> None:
        """After a turn, its words count as words after a turn."""
        place = contrast.turn(self.letter, start, end)
        if place is None:
            found["s:no turn"] = WEIGHT["s"]
            return
        apology, there = place
        kind = contrast.kind(self.letter, apology, there)
        found["s:turn " + kind] = WEIGHT["s"]
        found["s:turn"] = WEIGHT["s"]
        found[f"a:{kind} {self.lemmas[there]}"] = WEIGHT["a"]
        stop = min(there + contrast.FAR, end)
        for at in range(there + 1, stop + 1):
            found["a:" + self.lemmas[at]] = WEIGHT["a"]
            for name in CLASSES:
                if name in self.letter.words[at].keys:
                    found["a:" + name] = WEIGHT["a"]
        for mark in ("favour", "against", "done", "owned", "you_did", "due"):
            if any(there < hit.first <= stop for hit in self.letter.hits("mark/" + mark)):
                found["s:after " + mark] = WEIGHT["s"]


def lemma(word: Token) -> str:
    """The word without its ending; numbers and names are all alike."""
    if word.low[:1].isdigit():
        return "0"
    if (
        word.text[:1].isupper()
        and not word.first
        and len(word.text) > 1
        and not word.text.isupper()
    ):
        return "<cap>"
    found = forms.lemmas(forms.spelt(word.low))
    return (found[1] if len(found) > 1 else found[0]).lower()


def mark(name: str) -> str:
    return "t:mark/" + name


def both(one: str, other: str):
    return lambda found: mark(one) in found and mark(other) in found


def but_no(one: str, other: str):
    return lambda found: mark(one) in found and mark(other) not in found


CONDITIONS = (
    ("no due", lambda found: mark("due") not in found),
    ("no owner", lambda found: mark("owner_i") not in found),
    ("not owned", lambda found: mark("owned") not in found),
    ("promise, no due", but_no("promise", "due")),
    ("promise, no owner", but_no("promise", "will_i")),
    ("promise and due", both("promise", "due")),
    ("i will, no due", but_no("will_i", "due")),
    ("i will and due", both("will_i", "due")),
    ("they will, no owner", but_no("will_they", "owner_i")),
    ("agentless, not owned", but_no("agentless", "owned")),
    ("agentless, no i", but_no("agentless", "owner_i")),
    ("agentless, good", both("agentless", "favour")),
    ("there was, not owned", but_no("existential", "owned")),
    ("there was, no i", but_no("existential", "owner_i")),
    ("cause, not owned", but_no("cause", "owned")),
    ("cause, no favour", but_no("cause", "favour")),
    ("cause, no i", but_no("cause", "owner_i")),
    ("third, no i", but_no("third", "owner_i")),
    ("third, not owned", but_no("third", "owned")),
    ("you did, no i", but_no("you_did", "owner_i")),
    ("you did, not owned", but_no("you_did", "owned")),
    ("done and due", both("done", "due")),
)
