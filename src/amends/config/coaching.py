"""`amends coach`: reads a draft and says which words may hurt and which heal. Ends with 0, always:
advice is never in the way. Needs no installation, so it starts in a moment."""

import argparse
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from amends.coach import Review

LARGEST = 1_000_000  # bytes of one draft


class Unreadable(Exception):
    """A draft that is none; its words are for the person at the terminal."""


class Gentle(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(0, f"amends coach: {message}\n")


def coach(arguments: Sequence[str]) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that knows few letters
    given = _parser().parse_args(arguments)
    try:
        draft = _draft(given.file)
    except (Unreadable, OSError) as trouble:
        print(f"amends coach: {_why(trouble)}", file=sys.stderr)
        return _nothing(given.json)
    from amends.coach import review

    said = review(
        draft, customer_name=given.customer, story=given.issue, locale=given.language or "en"
    )
    _tell(said, as_json=given.json)
    return 0


def _parser() -> Gentle:
    parser = Gentle(prog="amends coach", description=__doc__)
    parser.add_argument("file", nargs="?", metavar="FILE", help="standard input without one")
    parser.add_argument("--customer", metavar="NAME", help="whom the letter is for")
    parser.add_argument("--issue", metavar="TEXT", help="what happened to them")
    parser.add_argument("--language", metavar="CODE", help="of the draft: en, es, de or fr")
    parser.add_argument("--json", action="store_true", help="for programmes")
    return parser


def _draft(file: str | None) -> str:
    """The words; a draft of another encoding or size is told from one without faults."""
    if file in (None, "-"):
        raw = sys.stdin.buffer.read(LARGEST + 1)
    else:
        with Path(str(file)).open("rb") as draft:
            raw = draft.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Unreadable(f"this is longer than a letter: more than {LARGEST:,} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("this is no text in UTF-8") from None


def _why(trouble: Exception) -> str:
    if isinstance(trouble, OSError) and trouble.filename:
        return f"{trouble.filename}: {(trouble.strerror or 'cannot be read').lower()}"
    return str(trouble)


def _nothing(as_json: bool) -> int:
    if as_json:
        print(json.dumps({"notes": [], "praise": []}))
    return 0


def _tell(said: "Review", *, as_json: bool) -> None:
    from amends.coach.named import PRAISED

    if as_json:
        print(json.dumps(asdict(said)))
        return
    for note in said.notes:
        print(f"· “{note.quote}”: {note.why}" if note.quote else f"· {note.why}")
        if note.instead:
            print(f"  rather: {note.instead}")
    found = dict.fromkeys(PRAISED.get(good.feature, good.feature) for good in said.praise)
    if found:
        print(f"Good: {', '.join(found)}.")
    if not said.notes and not found:
        print("Nothing to say.")
