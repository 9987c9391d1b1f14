"""`amends deliver`: takes one message on standard input, or many from a folder or file.

Ends with 0 when everything that was read is stored for good, and with 75 ("try again") otherwise:
no other ending, because mail servers send the message back to its sender on any other.
"""

import argparse
import mailbox
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NoReturn, Protocol

from amends.config.start import start

STORED, TRY_AGAIN = 0, 75
LONGEST_HEAD = 64 * 1024
TOO_LARGE = "This message is larger than the {limit} that are taken, so only its heading was kept."


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Patient(argparse.ArgumentParser):
    """A wrong command is no reason to send a customer's message back to them."""

    def error(self, message: str) -> NoReturn:
        self.exit(TRY_AGAIN, f"amends deliver: {message}\n")


def deliver(arguments: Sequence[str]) -> int:
    given = _parser().parse_args(arguments)
    try:
        start()
        given.place = _place(given.place)
        if given.maildir:
            return _take_many(_of_maildir(Path(given.maildir)), "maildir", given)
        if given.mbox:
            return _take_mbox(Path(given.mbox), given)
        raw = _bounded(sys.stdin.buffer)
        if not raw:
            raise EOFError("nothing came on standard input")
        _take(raw, "pipe", given)
    except (Exception, SystemExit) as trouble:
        return _try_again(trouble)
    return STORED


def _parser() -> Patient:
    parser = Patient(prog="amends deliver", description=__doc__)
    parser.add_argument("--place", metavar="REF", default="", help="the place it was written to")
    parser.add_argument("--sender", default=os.environ.get("SENDER", ""), help="envelope sender")
    parser.add_argument(
        "--recipient", action="append", metavar="ADDRESS", help="envelope recipient, repeatable"
    )
    many = parser.add_mutually_exclusive_group()
    many.add_argument("--maildir", metavar="DIR", help="take every message of this Maildir")
    many.add_argument("--mbox", metavar="FILE", help="take every message of this mbox file")
    return parser


def _place(name: str) -> str:
    """The reference of the place meant by its reference or by the name in its address."""
    if not name:
        return ""
    from django.db.models import Q

    from amends.people.place import Place

    found = Place.objects.filter(Q(ref=name) | Q(slug=name)).first()
    if found is None:
        raise LookupError(f"there is no place {name}")
    return found.ref


def _take(raw: bytes, way: str, given: argparse.Namespace) -> None:
    """Store one message for good. What cannot be opened yet is opened later by the worker."""
    from amends.mailroom import heard
    from amends.recovery import intake

    told = (os.environ.get("ORIGINAL_RECIPIENT"), os.environ.get("RECIPIENT"))
    recipients = given.recipient or [address for address in told if address][:1]
    intake.take_in(raw, way=way, sender=given.sender, recipients=recipients, place=given.place)
    heard.note("pipe")


def _bounded(file: Readable) -> bytes:
    """The whole message, or its heading and a word when it is larger than we take."""
    from django.conf import settings

    raw = file.read(settings.AMENDS_SMTP_SIZE + 1)
    if len(raw) <= settings.AMENDS_SMTP_SIZE:
        return raw
    from amends.mailroom.stand_in import spoken, stand_in

    size, limit = len(raw), spoken(settings.AMENDS_SMTP_SIZE)
    while more := file.read(1024 * 1024):
        size += len(more)
    return stand_in(raw[:LONGEST_HEAD], why=TOO_LARGE.format(limit=limit), size=size)


def _take_many(messages: Sequence[Callable[[], bytes]], way: str, given: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import track

    troubles: list[Exception] = []
    for read in track(messages, f"Taking {way}", transient=True, console=Console(stderr=True)):
        try:
            _take(read(), way, given)
        except Exception as trouble:
            troubles.append(trouble)
    print(f"{len(messages) - len(troubles):,} stored")
    return _try_again(troubles[0], count=len(troubles)) if troubles else STORED


def _of_maildir(folder: Path) -> Sequence[Callable[[], bytes]]:
    """New and seen messages. Nothing is moved: taking them twice changes nothing."""
    if not (folder / "new").is_dir() or not (folder / "cur").is_dir():
        raise NotADirectoryError(f"{folder} is no Maildir: it has no new and cur")
    paths = sorted([*(folder / "new").iterdir(), *(folder / "cur").iterdir()])
    return [partial(_read_file, path) for path in paths if path.is_file()]


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return _bounded(file)


def _take_mbox(path: Path, given: argparse.Namespace) -> int:
    with closing(mailbox.mbox(path, create=False)) as box:
        keys = box.keys()  # a mailbox is no dictionary: this reads through the file once
        return _take_many([partial(_read_kept, box, key) for key in keys], "mbox", given)


def _read_kept(box: mailbox.mbox, key: str) -> bytes:
    with closing(box.get_file(key)) as file:
        return _bounded(file)


def _try_again(trouble: BaseException, *, count: int = 0) -> int:
    some = f"{count:,} not stored; the first: " if count else ""
    print(f"amends deliver: {some}{trouble or type(trouble).__name__}", file=sys.stderr)
    return TRY_AGAIN
