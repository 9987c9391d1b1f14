"""Mailboxes at a real server, and one look into them."""

from collections.abc import Callable

from amends.mailroom.fetching import Round, Taker
from amends.mailroom.imap import conversation
from amends.mailroom.mailbox import Mailbox
from tests.mailroom.dovecot import PASSWORD, Dovecot


class Taken:
    """What was delivered; `trouble` is asked before and may raise."""

    def __init__(self) -> None:
        self.raws: list[bytes] = []
        self.envelopes: list[dict] = []
        self.trouble: Callable[[bytes], None] | None = None

    def __call__(self, raw: bytes, **envelope) -> None:
        if self.trouble:
            self.trouble(raw)
        self.raws.append(raw)
        self.envelopes.append(envelope)


def mailbox(server: Dovecot, user: str, *, takes_old: bool = True, **more) -> Mailbox:
    told = {
        "place": "bath",
        "address": f"{user}@amends.test",
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "login": user,
        "afterwards": "leave",
        "password": PASSWORD,
        **more,
    }
    box = Mailbox()
    box.set_up(takes_old=takes_old, **told)
    return box


def look(box: Mailbox, deliver: Callable[..., object], *, longest: float = 20.0) -> int:
    """One round, as the reader makes it."""
    assert box.hold("test")
    taker = Taker(deliver, longest=longest)
    try:
        with conversation(box, secret=box.password) as talk:
            return Round(box, talk, taker, lambda: True).look()
    finally:
        taker.close()
        box.let_go("test")
