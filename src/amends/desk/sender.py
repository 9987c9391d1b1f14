"""Who sent a letter, as far as anybody can know: what its banner says, and what it asks."""

import re
from functools import cached_property

from amends.mailroom.forwarded import inner_of
from amends.mailroom.headers import Mailbox
from amends.mailroom.letter import Asks, Standing
from amends.mailroom.parsing import Parsed
from amends.mailroom.subjects import is_forward

WARNINGS = {
    Standing.REFUTED: "This is probably not from {sender}: {domain} says that letters like this are not its own. Believe nothing in it that you cannot check, and open no link.",
    Standing.UNPROVEN: "Nothing proves that {sender} sent this. Anybody can write this name.",
    Standing.UNKNOWN: "We could not look up whether {sender} sent this.",
}
FROM_AFAR = re.compile(r"<img\b[^>]{0,2000}?\bsrc\s*=\s*[\"']?\s*(?:https?:)?//", re.I)


class Sender:
    """Of one letter that came by e-mail."""

    def __init__(self, letter):
        self.letter = letter

    @property
    def address(self):
        return self.letter.sender

    @property
    def is_proven(self):
        return self.letter.standing == Standing.PROVEN

    @property
    def warning(self):
        """In plain words; nothing where the sender is proven, or nobody has looked yet."""
        words = WARNINGS.get(self.letter.standing, "")
        domain = self.address.rpartition("@")[2]
        return words.format(sender=self.address or "anybody", domain=domain)

    @property
    def warns_loudly(self):
        return self.letter.standing == Standing.REFUTED

    @property
    def why(self):
        return self.letter.why

    @property
    def wants_answers_at(self):
        """Where they ask for answers, when that is not where they wrote from."""
        elsewhere = self.letter.reply_to
        return elsewhere if elsewhere and elsewhere.lower() != self.address.lower() else ""

    @property
    def is_stranger(self):
        return self.letter.asks == Asks.STRANGER

    @property
    def has_new_subject(self):
        return self.letter.asks == Asks.SUBJECT

    @property
    def forwarded_by(self):
        is_told = self.letter.kind in ("", "copy")
        return self.letter.by_name if is_told else ""

    @cached_property
    def seems_to_be_from(self):
        """Somebody's letter inside: a hint for people, and no more. Who is believed stays the same."""
        letter = self.letter
        if self.forwarded_by or not is_forward(letter.subject):
            return ""
        outer = Mailbox(letter.sender_name, letter.sender)
        inner = inner_of(Parsed(sender=outer, subject=letter.subject, text=letter.text))
        return inner.sender.address if inner else ""

    @property
    def has_pictures_from_afar(self):
        return FROM_AFAR.search(self.letter.html) is not None
