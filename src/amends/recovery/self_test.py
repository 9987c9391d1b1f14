"""Our own test letters, met on their way in: they say that mail comes and goes, and bother nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Coalesce

from amends.kit.clock import now
from amends.mailroom.addresses import thread_in, thread_in_mark
from amends.mailroom.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amends.recovery.opened import Opened

BEGINS = "test-"


def thread_of(test: str) -> str:
    """Signed like a recovery's, and no recovery's: those have no dash."""
    return f"{BEGINS}{test}"


def own_test(opened: Opened) -> bool:
    """Filed, noted on the mailbox it tests, and heard by nobody."""
    thread, by_address = next(_tests(opened), ("", False))
    if not thread:
        return False
    at, came = now(), "test_answer_at" if by_address else "test_home_at"
    if by_address or opened.post.way == "imap":
        tested = Mailbox.objects.filter(test=thread.removeprefix(BEGINS))
        tested.update(**{came: Coalesce(F(came), at)})
    opened.file(thread, kind="self_test")
    return True


def _tests(opened: Opened) -> Iterator[tuple[str, bool]]:
    """The answering address first, as it is in matching. Nothing is asked of the database."""
    parsed = opened.parsed
    written_to = [name.address for name in parsed.to + parsed.cc]
    for address in [*opened.post.recipients, *parsed.delivered_to, *written_to]:
        if f"+{BEGINS}" in address.lower() and (thread := thread_in(address)):
            yield thread, True
    for message_id in [parsed.in_reply_to, *parsed.references]:
        if f"<{BEGINS}" in message_id.lower() and (thread := thread_in_mark(message_id)):
            yield thread, False
