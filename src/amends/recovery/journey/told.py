"""Part one, Heard: what a customer tells us on our own form, with no account and from any phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from amends.customers.customer import Customer
from amends.mailroom.attachment import enclose
from amends.mailroom.filing import log
from amends.mailroom.letter import Direction, Letter
from amends.recovery.journey.heard import WentWrong, hear
from amends.recovery.journey.heard_again import customer_wrote
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from amends.mailroom.parsing import Enclosure
    from amends.people.place import Place


@dataclass(frozen=True)
class Told:
    """What somebody wrote on the form. Name and addresses are claims; only the words are needed."""

    words: str
    name: str = ""
    email: str = ""
    phone: str = ""
    number: str = ""
    happened_at: datetime | None = None
    photos: Sequence[Enclosure] = ()

    @property
    def story(self) -> str:
        number = f"\n\nTable or order number: {self.number}" if self.number else ""
        return f"{self.words.strip()}{number}"

    @property
    def known_as(self) -> str:
        return f"Guest, table or order {self.number}" if self.number else ""


def tell(place: Place, *, told: Told, ref: str) -> Recovery:
    """A form has one effect, however often it is sent: `ref` was made when it was shown."""
    already = Recovery.objects.with_people().filter(ref=ref).first()
    if already is not None:
        return _once_more(already, told)
    try:
        return _tell(place, told, ref)
    except IntegrityError:
        return Recovery.objects.get(ref=ref)


def _once_more(recovery: Recovery, told: Told) -> Recovery:
    """Sent twice it is the same; gone back to and changed, it is more of the story."""
    heard_before = Letter.objects.filter(thread=recovery.ref, text=told.story).exists()
    if not heard_before:
        customer_wrote(recovery, words=told.story, channel="web form", photos=told.photos)
    return recovery


@transaction.atomic
def _tell(place: Place, told: Told, ref: str) -> Recovery:
    customer = Customer.met(
        name=told.name, email=told.email, phone=told.phone, known_as=told.known_as, place=place
    )
    letter = log(
        ref,
        channel="web form",
        direction=Direction.IN,
        text=told.story,
        sender_name=told.name,
    )
    enclose(letter, list(told.photos))
    return hear(
        customer=customer,
        place=place,
        words=told.story,
        channel="web form",
        failures=[WentWrong(words=told.words, happened_at=told.happened_at)],
        letter=letter,
        about=told.words,
        ref=ref,
    )
