"""A file that belongs to a letter: kept by its content, named at random, never shown inline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from amends.kit.files import keep, open_kept
from amends.kit.ready import add_unnumbered
from amends.kit.refs import RefField, new_ref
from amends.mailroom.letter import Letter

if TYPE_CHECKING:
    from django.core.files import File

    from amends.mailroom.parsing import Enclosure


def new_attachment_ref() -> str:
    return new_ref(26)


class Attachment(models.Model):
    ref = RefField(max_length=26, default=new_attachment_ref)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="attachments")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)  # cleaned, for display only
    content_type = models.CharField(max_length=120)  # what the sender claims it is
    size = models.PositiveBigIntegerField()
    content_id = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def open(self) -> File[bytes]:
        return open_kept(self.digest)


def enclose(letter: Letter, enclosures: list[Enclosure]) -> None:
    """Keep the files and attach them to the letter."""
    for enclosure in enclosures:
        attachment = Attachment(
            letter=letter,
            digest=keep(enclosure.content),
            name=enclosure.name,
            content_type=enclosure.content_type,
            size=len(enclosure.content),
            content_id=enclosure.content_id,
        )
        add_unnumbered(attachment)
