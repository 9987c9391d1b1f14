"""Letters of ours, as tests of what leaves need them."""

from types import SimpleNamespace

from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.mailroom.sending import Sending
from amends.mailroom.writing import Named, write

KEEP = SimpleNamespace(scheme="keep", host="", port=0, user="", password="")


def written(**given) -> Letter:
    usual = {
        "thread": "abcde",
        "kind": "apology",
        "recipient": "ana@customers.test",
        "recipient_name": "Ana",
        "subject": "Your breakfast",
        "text": "We are sorry.\n",
        "html": "<p>We are sorry.</p>",
        "sender_name": "The Larder",
    }
    return write(**{**usual, **given})


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def died(letter: Letter, **what) -> Letter:
    """Its sender was killed: claimed, and nobody will ever finish it."""
    Letter.objects.filter(pk=letter.pk).update(
        state=State.SENDING, claimed_at=now(), tries=1, **what
    )
    return letter


def together(*others: str, **given) -> Letter:
    return written(copies=[Named(other.split("@")[0], other) for other in others], **given)


def allow_second(**more) -> None:
    Sending.objects.create(second_allowed=True, second_after_minutes=30, **more)
