"""What letters named without our having it: ids of mails we never saw, and other desks' numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from amends.mailroom.addresses import letter_in, thread_in_mark
from amends.mailroom.ids import id_key
from amends.mailroom.letter import Letter
from amends.mailroom.subjects import their_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.mailroom.parsing import Parsed


class Mention(models.Model):
    """By a mention two answers to a mail we never saw find each other. It is weak: it lets nobody
    in who does not belong."""

    key = models.CharField(max_length=600)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="mentions")

    class Meta:
        indexes = [models.Index(fields=["key"], name="mention_key")]

    def __str__(self) -> str:
        return self.key


def remember(letter: Letter, parsed: Parsed, *, seen: Iterable[str]) -> None:
    """Keep what this letter names, but for what is `seen`. A first letter names nothing."""
    named = {id_key(each) for each in referred_to(parsed) if not _is_ours(each)} - set(seen)
    keys = [*sorted(named - {letter.id_key}), *numbers_of(parsed)]
    if keys:
        Mention.objects.bulk_create(Mention(key=key, letter=letter) for key in keys)


def referred_to(parsed: Parsed) -> list[str]:
    """What it answers first, then the older ones, the nearest before the farthest."""
    ids = [parsed.in_reply_to, *reversed(parsed.references)]
    return [message_id for message_id in dict.fromkeys(ids) if message_id]


def numbers_of(parsed: Parsed) -> list[str]:
    """Another desk's number, good for mails of this one correspondent alone. Desks write by machine;
    a person who names an order twice may mean two things."""
    number = their_number(parsed.subject) if parsed.automatic else ""
    return [f"{number} {parsed.sender.address.lower()}"] if number else []


def _is_ours(message_id: str) -> bool:
    return bool(letter_in(message_id) or thread_in_mark(message_id))
