"""The conversation of one recovery: the story on top, then letters, notes, and what was said aloud."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from amends.desk.sender import Sender
from amends.mailroom.automatic import IN_WORDS, Kind
from amends.mailroom.letter import Direction, Letter, State
from amends.recovery.complaint import Complaint
from amends.recovery.timeline import Verb

# One of us wrote it by e-mail: the letter that went out, or the note, tells it already.
TOLD_OTHERWISE = ("staff", "note")
LATEST = 3  # letters shown in full; what came before is folded, not cut
SPOKEN = {
    "email": "by e-mail",
    "page": "on their page",
    "telephone": "on the telephone",
    "in person": "in person",
    "letter": "on paper",
    "fax": "by fax",
    "text message": "by text message",
}


@dataclass
class Said:
    """One thing in the conversation, as the letter part shows it."""

    letter: object
    by: str = ""
    channel: str = ""
    attachments: list = field(default_factory=list)
    html_url: str = ""
    original_url: str = ""
    heading_url: str = ""
    is_stuck: bool = False
    sender: object = None

    @property
    def folded_as(self):
        """What a letter is called that is kept, and out of the way."""
        if self.letter.direction != Direction.IN:
            return ""
        return FOLDED.get(self.letter.kind, "").format(name=self.letter.by_name)

    @property
    def pictures_url(self):
        """Where the letter is shown with pictures from afar, when it has any."""
        has_any = self.html_url and self.sender and self.sender.has_pictures_from_afar
        return f"{self.html_url}?pictures" if has_any else ""

    @classmethod
    def of(cls, letter):
        came_in = letter.direction == Direction.IN
        shown = bool(letter.html) and came_in
        return cls(
            letter=letter,
            by=(letter.sender_name or letter.sender) if came_in else letter.by_name,
            channel=SPOKEN.get(letter.channel, letter.channel),
            attachments=[_attached(enclosed) for enclosed in letter.attachments.all()],
            html_url=reverse("desk:letter_as_sent", args=[letter.ref]) if shown else "",
            original_url=_original(letter) if letter.post_id else "",
            heading_url=reverse("desk:letter_heading", args=[letter.ref]) if letter.post_id else "",
            is_stuck=letter.state in (State.FAILED, State.UNCERTAIN, State.CAME_BACK),
            sender=Sender(letter) if came_in and letter.channel == "email" else None,
        )

    @property
    def machine(self):
        """What a machine wrote, in words; empty for what a person did."""
        if not self.letter.automatic or self.letter.direction != Direction.IN:
            return ""
        words = IN_WORDS.get(self.letter.kind) or IN_WORDS[Kind.NOTICE]
        return words[:1].upper() + words[1:]


FOLDED = {
    "copy": "The same letter again",
    "not for us": "Not for us",
    "refused": "In the name of {name}, and not sent",
    "staff": "The e-mail of {name}, as it came",
    "note": "The e-mail of {name}, as it came",
}


@dataclass
class Aside:
    """A note between us, or words said aloud: told like a letter."""

    ref: str
    text: str
    made_at: object
    direction: str = "note"
    fresh: str = ""
    sender_name: str = ""
    automatic: bool = False


class Talk:
    """Everything that was said, in the order in which it was said."""

    def __init__(self, recovery, entries, joined=()):
        self.recovery, self.entries, self.joined = recovery, entries, joined

    @cached_property
    def complaints(self):
        told = Complaint.objects.filter(recovery__in=[self.recovery, *self.joined])
        told = told.select_related("letter", "taken_by")
        return list(told.prefetch_related("letter__attachments"))

    @cached_property
    def story(self):
        """What they told us, in their words, with what came along."""
        return [(told, Said.of(told.letter) if told.letter else None) for told in self.complaints]

    @cached_property
    def since(self):
        stories = {told.letter_id for told in self.complaints}
        threads = [one.ref for one in (self.recovery, *self.joined)]
        letters = [x for x in Letter.objects.of_threads(threads) if x.pk not in stories]
        said = [Said.of(letter) for letter in letters if not _is_told_otherwise(letter)]
        return sorted([*said, *self._notes(), *self._aloud()], key=lambda x: x.letter.made_at)

    @property
    def earlier(self):
        return self.since[:-LATEST]

    @property
    def latest(self):
        return self.since[-LATEST:]

    def _notes(self):
        for entry in self.entries:
            if entry.verb == Verb.NOTED and entry.facts.get("channel") == "":
                yield Said(Aside(f"note-{entry.number}", entry.words, entry.at), by=entry.who)

    def _aloud(self):
        """An apology given in person or on the telephone has no letter."""
        for entry in self.entries:
            channel = entry.facts.get("channel")
            if entry.verb == Verb.APOLOGISED and channel != "e-mail":
                said = Aside(f"said-{entry.number}", entry.words, entry.at, Direction.OUT)
                yield Said(said, by=entry.who, channel=SPOKEN.get(channel, channel))


def _is_told_otherwise(letter):
    """But for files that came along, which only it has."""
    came_in = letter.direction == Direction.IN
    return came_in and letter.kind in TOLD_OTHERWISE and not letter.attachments.all()


def _attached(enclosed):
    url = reverse("desk:attachment", args=[enclosed.ref])
    return {"name": enclosed.name, "size": enclosed.size, "url": url}


def _original(letter):
    return reverse("desk:letter_original", args=[letter.ref])
