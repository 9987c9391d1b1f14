"""What the coach says of a draft as its writer sees it: two notes at a time, worst first; what is
missing when they pause or send; a word of praise. What they set aside stays aside in this letter."""

from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from amends.coach.findings import CATEGORIES, WHOLE
from amends.coach.named import PRAISED
from amends.kit.pages import answer, wants_fragment
from amends.recovery import coaching
from amends.recovery.coaching import TooLong

SAID = "desk/coach/said.html"
AT_ONCE = 2
MOST_ASIDE = 100
WRITING, PAUSED, SENDING = "writing", "paused", "sending"


class Shown(NamedTuple):
    """One note, with its place as browsers count it (in UTF-16) and the rewrite as it is put in."""

    key: str
    category: str
    start: int
    end: int
    quote: str
    why: str
    instead: str
    put_in: str


class Coached:
    """`sent` is the form as it stands, `look` reads a draft and gives a review."""

    def __init__(self, sent, look, *, at_once=AT_ONCE):
        self.look, self.at_once = look, at_once
        self.draft = sent.get("words", "").replace("\r\n", "\n").replace("\r", "\n")
        self.moment = sent.get("coach", PAUSED)
        self.taken, self.dropped = sent.get("coach_take", ""), sent.get("coach_drop", "")
        self.seen = [name for name in sent.get("coach_seen", "").split() if name in CATEGORIES]
        self.aside = [*sent.getlist("coach_aside")[:MOST_ASIDE], self.dropped]
        self.aside = list(dict.fromkeys(key for key in self.aside if _category(key)))
        self.too_long, self.notes, self.praise = "", [], []
        self._read()

    def count(self, *, by):
        """How often a rule speaks, and what becomes of it; never the words."""
        coaching.was_shown((name for name in self.seen_now if name not in self.seen), to=by)
        if taken := _category(self.taken):
            coaching.was_accepted(taken, by=by)
        if dropped := _category(self.dropped):
            coaching.was_dismissed(dropped, by=by)

    @cached_property
    def pointed(self):
        """The notes that point at words, as many as one can bear, and of those on the same words
        only the worst."""
        found = []
        for note in self.notes:
            if note.category not in WHOLE and not any(_overlap(note, one) for one in found):
                found.append(note)
        return found[: self.at_once]

    @property
    def missing(self):
        """What is not in the letter: nothing while one writes, the first of it in a pause."""
        missed = [note for note in self.notes if note.category in WHOLE]
        room = {WRITING: 0, PAUSED: max(self.at_once - len(self.pointed), 0)}
        return missed[: room.get(self.moment, len(missed))]

    @property
    def holds(self):
        """Before it is sent, once: something is not in it."""
        return self.moment == SENDING and bool(self.missing)

    @property
    def shown(self):
        return [*self.pointed, *self.missing]

    @cached_property
    def seen_now(self):
        return list(dict.fromkeys([*self.seen, *(note.category for note in self.shown)]))

    @property
    def good(self):
        return list(dict.fromkeys(PRAISED[found.feature] for found in self.praise))

    def _read(self):
        try:
            review = self.look(self.draft)
            if self._put_in(review):
                review = self.look(self.draft)
        except TooLong as no:
            self.too_long = no.message
            return
        notes = (_shown(note, self.draft) for note in review.notes)
        self.notes = [note for note in notes if note.key not in self.aside]
        self.praise = review.praise

    def _put_in(self, review):
        """The rewrite in place of the words, where no script has done it already."""
        for note in review.notes:
            if self.taken and note.instead and _key(note) == self.taken:
                before, after = self.draft[: note.start], self.draft[note.end :]
                self.draft = before + _put_in(note, self.draft) + after
                return True
        return False


def beside(request, look, whole, *, url=""):
    """What the coach says of the words as they stand: its notes alone to a page that reads along,
    else the page that `whole` makes. Nothing is sent, and no word is kept."""
    coached = Coached(request.POST, look)
    coached.count(by=request.user)
    if wants_fragment(request):
        return answer(request, SAID, stays=True, coached=coached, url=url or request.path)
    return whole(coached)


def beside_form(request, look, form, template, /, **seen):
    """The same where the words are those of a form, which is shown again as it was written."""

    def whole(coached):
        form.initial |= {name: request.POST.get(name) for name in form.fields}
        form.initial["words"] = coached.draft
        return answer(request, template, stays=True, **seen, coached=coached)

    return beside(request, look, whole)


def _shown(note, draft):
    start, end = (_units(draft[:at]) for at in (note.start, note.end))
    put_in = _put_in(note, draft) if note.instead else ""
    words = (note.category, start, end, note.quote, note.why, note.instead, put_in)
    return Shown(_key(note), *words)


def _put_in(note, draft):
    """Words that are added, not exchanged, stand apart from those around them."""
    if note.start < note.end:
        return note.instead
    before, after = draft[: note.start], draft[note.end :]
    first = " " if before and not before[-1].isspace() else ""
    last = " " if after and not after[0].isspace() else ""
    return f"{first}{note.instead}{last}"


def _key(note):
    return f"{note.category}:{sha256(note.quote.encode()).hexdigest()[:12]}"


def _overlap(one, other):
    return one.start < other.end and other.start < one.end


def _category(key):
    name = key.partition(":")[0]
    return name if name in CATEGORIES else ""


def _units(text):
    return len(text.encode("utf-16-le")) // 2
