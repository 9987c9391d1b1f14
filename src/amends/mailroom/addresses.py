"""Our own addresses and Message-IDs: each carries a signature, so that nobody can make one up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from amends.kit.signing import sign, verify

if TYPE_CHECKING:
    from amends.mailroom.letter import Letter

DESK = "desk"
TOKEN = re.compile(r"desk\+([0-9a-z-]{1,40})\.([0-9a-z]{16})@", re.IGNORECASE)
MARK = re.compile(r"<([0-9a-z-]{1,40})\.([0-9a-z]{16})@", re.IGNORECASE)
OF_STAFF = re.compile(r"desk\+((c|n)-([0-9a-z]{1,16})-([0-9a-z]{1,16}))\.([0-9a-z]{16})@", re.I)
FOR_ADDRESS, FOR_MESSAGE, FOR_THREAD = "address", "message-id", "thread-mark"
FOR_STAFF = "staff"


class StaffToken(NamedTuple):
    """What one of us may write to by e-mail: one recovery, in one name; a note stays among us."""

    thread: str
    person: str
    is_note: bool


def desk_address() -> str:
    return f"{DESK}@{settings.AMENDS_MAIL_DOMAIN}"


def address_for(thread: str) -> str:
    """Where answers in this thread go: `desk+<thread>.<signature>@domain`."""
    return f"{DESK}+{thread}.{sign(thread, FOR_ADDRESS)}@{settings.AMENDS_MAIL_DOMAIN}"


def thread_in(address: str) -> str | None:
    """The thread an address belongs to. The domain may have changed since; the signature decides."""
    found = TOKEN.match(address.strip())
    if found and verify(found[1], found[2], FOR_ADDRESS):
        return found[1].lower()
    return None


def staff_address(thread: str, person: str, *, is_note: bool) -> str:
    """Where one of us writes: to the customer, or (another address, another signature) a note."""
    value = f"{'n' if is_note else 'c'}-{thread}-{person}"
    return f"{DESK}+{value}.{sign(value, FOR_STAFF)}@{settings.AMENDS_MAIL_DOMAIN}"


def staff_token_in(address: str) -> StaffToken | None:
    """The token says for whom it was made, not who uses it: that must be proven besides."""
    found = OF_STAFF.match(address.strip())
    if found and verify(found[1], found[5], FOR_STAFF):
        return StaffToken(found[3].lower(), found[4].lower(), found[2].lower() == "n")
    return None


def is_ours(address: str) -> bool:
    """The desk's own address, plain or with a token; never a customer, never a recipient."""
    if address.strip().lower() == desk_address():
        return True
    return thread_in(address) is not None or staff_token_in(address) is not None


def message_id_for(letter: Letter) -> str:
    return f"<{letter.ref}.{sign(letter.ref, FOR_MESSAGE)}@{settings.AMENDS_MAIL_DOMAIN}>"


def mark_of(thread: str) -> str:
    """An id that stands for the whole thread in References, for providers that replace our own."""
    return f"<{thread}.{sign(thread, FOR_THREAD)}@{settings.AMENDS_MAIL_DOMAIN}>"


def letter_in(message_id: str) -> str | None:
    """The reference of the letter of ours that this Message-ID names."""
    return _signed(message_id, FOR_MESSAGE)


def thread_in_mark(message_id: str) -> str | None:
    return _signed(message_id, FOR_THREAD)


def _signed(message_id: str, purpose: str) -> str | None:
    found = MARK.match(message_id.strip())
    if found and verify(found[1], found[2], purpose):
        return found[1].lower()
    return None
