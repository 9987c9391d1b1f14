"""All that we hold about a customer, told to them or handed to whoever asks on their behalf: one
record of plain words and figures. Notes that people here write for one another, causes and fault are
not in it (S0-13)."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder

from amends.mailroom.letter import Letter
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amends.customers.customer import Customer

Told = dict[str, Any]


def held_of(customer: Customer) -> Told:
    """The whole of it, also of whoever turned out to be the same."""
    recoveries = Recovery.objects.filter(customer=customer).with_people().order_by("known_at")
    return {
        **known_of(customer),
        "what went wrong": [_recovery(recovery) for recovery in recoveries],
    }


def known_of(customer: Customer) -> Told:
    """Without what was said in a recovery: each has its own page."""
    return {
        "who": _who(customer),
        "how we reach you": [
            {"kind": address.get_kind_display(), "value": address.value}
            for address in customer.addresses.order_by("kind", "pk")
        ],
        "orders": [_order(order) for order in customer.orders.order_by("ordered_at")],
        "visits": [_visit(visit) for visit in customer.visits.select_related("place")],
        "calls": [{"at": c.at, "place": str(c.place)} for c in customer.calls.with_people()],
        "ratings": [
            {"at": rating.at, "score": str(rating), "words": rating.words}
            for rating in customer.ratings.order_by("at")
        ],
    }


def as_json(told: Told) -> str:
    return json.dumps(told, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)


def as_csv(told: Told) -> str:
    """One line for each fact: which part, which record of it, what, and the words."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["part", "record", "what", "words"])
    rows.writerows([_harmless(cell) for cell in row] for row in _facts(told))
    return written.getvalue()


def _facts(told: Told) -> Iterator[tuple[str, str, str, str]]:
    for part, held in told.items():
        records = held if isinstance(held, list) else [held]
        for number, record in enumerate(records, start=1):
            for what, value in _flat(record):
                yield part, str(number), what, value


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}, {name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _flat(inner, f"{path} {number}")
    elif value not in (None, ""):
        is_time = hasattr(value, "isoformat")
        yield path, value.isoformat() if is_time else str(value)


def _harmless(cell: str) -> str:
    """A spreadsheet takes what begins like this for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _who(customer: Customer) -> Told:
    return {
        "reference": customer.ref,
        "name": customer.name,
        "also called": customer.known_as,
        "other names": [one.name for one in customer.merged.all() if one.name],
        "known since": customer.known_since,
        "places": [str(place) for place in customer.places.all()],
        "prefers to hear from us by": customer.preferred_channel,
        "what means most": customer.get_wants_display(),
        "values": customer.values,
        "dislikes": customer.dislikes,
        "tells others": customer.word_of_mouth,
        "asked to be left in peace": customer.left_in_peace_at,
        "away until": customer.away_until,
    }


def _order(order: Any) -> Told:
    names = ("outside_id", "ordered_at", "amount", "currency", "promised_on", "delivered_at")
    told = {name.replace("_", " "): getattr(order, name) for name in names}
    return {**told, "cancelled at": order.cancelled_at, "given back": order.refunded or None}


def _visit(visit: Any) -> Told:
    names = ("expected_at", "arrived_at", "left_at", "table", "amount", "currency")
    return {"place": str(visit.place), **{n.replace("_", " "): getattr(visit, n) for n in names}}


def _recovery(recovery: Recovery) -> Told:
    return {
        "reference": recovery.ref,
        "place": str(recovery.place),
        "known at": recovery.known_at,
        "how it ended": recovery.get_outcome_display(),
        "you told us": _said(recovery.complaints.all(), "words", "said_at"),
        "we understood": _said(recovery.restatements.all(), "words", "said_at", "correction"),
        "you would think fair": _said(recovery.wishes.all(), "words", "said_at", "amount"),
        "we said sorry": _said(recovery.apologies.all(), "words", "said_at"),
        "we offered": [_offer(o) for o in recovery.offers.exclude(sent_at=None)],
        "we promised": _said(recovery.promises.all(), "words", "made_at", "due_at", "kept_at"),
        "your ideas": _said(recovery.ideas.all(), "words", "given_at", "answer"),
        "who came with you": _said(recovery.companions.all(), "name", "relation", "email"),
        "about trust": _said(recovery.returns.all(), "seen_at", "trust", "trust_words"),
        "letters": [_letter(letter) for letter in _letters(recovery)],
    }


def _said(rows: Any, *names: str) -> list[Told]:
    return [{name.replace("_", " "): getattr(row, name) for name in names} for row in rows]


def _offer(offer: Any) -> Told:
    lines = [line.words for line in offer.lines.all()]
    return {"words": offer.words, "lines": lines, "at": offer.sent_at, "answer": offer.answer}


def _letters(recovery: Recovery) -> Any:
    return Letter.objects.conversation(recovery.ref).with_customer()


def _letter(letter: Letter) -> Told:
    return {
        "from": letter.get_direction_display(),
        "at": letter.made_at,
        "subject": letter.subject,
        "words": letter.text,
        "files": [attached.name for attached in letter.attachments.all()],
    }
