"""Mail changed at random, for as long as one likes: `bin/fuzz-mail --minutes 10`.

Whatever comes must be one readable message in bounded time, with every line of it in sight. What is
found is written to a folder and belongs into test_fuzz.py as a test.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, thread_time

from amends.mailroom.cleaning import clean_html
from amends.mailroom.parsing import Parsed, parse, read_again
from tests.mailroom.corpus.envelopes import ENCODINGS, HEADER_FORMS, SHAPES, can_say, message
from tests.mailroom.corpus.languages import LANGUAGES
from tests.mailroom.corpus.writing import OURS, PROGRAMMES, STYLES, Answer
from tests.mailroom.mails import REAL, mail, multipart
from tests.mailroom.seals import sealed
from tests.mailroom.winmail import WIDE, attribute, file, properties, winmail

SECONDS, SECONDS_A_MEGABYTE = 0.5, 8.0
LONGEST = 300_000
THREAD = ["\n".join(OURS), "My vase came broken."]
ACTIVE = re.compile(
    r"<(?:script|svg|iframe|object|embed|form|input|button|style|link|meta|base|video|math)\b"
    r"|<[^>\"]*(?:\"[^\"]*\"[^>\"]*)* (?:on\w+|style|srcset)=|(?:href|src)=\"\s*(?:javascript|data):",
    re.IGNORECASE,
)
PIECES = [
    b"\r\n\r\n", b"\n", b"\0", b"\xff", b"\xed\xa0\x80", b"--b0\r\n", b"--b0--\r\n", b"--=_corpus\r\n",
    b"Content-Type: multipart/alternative; boundary=b0\r\n", b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: text/html; charset=utf-7\r\n", b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\n",
    b"Content-Type: application/ms-tnef\r\n", b"Content-Type: application/pkcs7-mime\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''a%zz; filename*1=\"b\r\n", b"charset=utf-16; ",
    b"format=flowed; delsp=yes; ", b"=?utf-8?b?8J+Y?= =?utf-8?b?oQ==?=", b"=?iso-2022-jp?B?GyRC?=",
    b"> ", b">>>> ", b"On 2 June 2026 Desk <desk@amends.test> wrote:\n", b"-----Original Message-----\n",
    b"From: a\nSent: b\nTo: c\nSubject: d\n", b"-- \n", b"________________________________\n",
    b"<blockquote>", b"<!--", b"<script>", b"<p title='>'>", b"<pre>", b"<a href='javascript:x'>", b"&#0;&#xd800;",
    b"((((", b'"', b"<a@b>", b",", b";;;", b"begin 644 x\n", b"\x78\x9f\x3e\x22\0\0", b"\x1b$B", b"+AGE-",
]  # fmt: skip


EMPTY = re.compile(r"[>\s|_*=—–-]+")  # marks without a word


class Wrong(AssertionError):
    """What must never be."""


def seeds(chance: random.Random) -> Iterator[bytes]:
    """A message of our own making, of every kind in turn; now and then a real one."""
    real = _real()
    while True:
        yield _answer(chance)
        yield _wrapped(chance)
        if real:
            yield chance.choice(real)


def _answer(chance: random.Random) -> bytes:
    language = chance.choice(list(LANGUAGES.values()))
    written = chance.choice(list(PROGRAMMES.values()))(Answer(language, chance.choice(STYLES)))
    fit = [each for each in language.charsets if can_say(written.plain + written.html, each)]
    return message(
        written,
        shape=chance.choice(SHAPES),
        charset=chance.choice(fit),
        encoding=chance.choice(ENCODINGS),
        form=chance.choice(HEADER_FORMS),
    )


def _wrapped(chance: random.Random) -> bytes:
    inside = winmail(
        attribute(1, 0x9003, properties((WIDE, 0x1000, "The vase came broken."))),
        file("a.txt", b"abc"),
    )
    calendar = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Tea\nDTSTART:20261203T090000Z\nEND:VEVENT\n"
    choices = [
        multipart(b"Content-Type: application/ms-tnef\n\n" + inside),
        multipart("\n\nwords", b"Content-Type: text/calendar\n\n" + calendar, kind="alternative"),
        multipart(b"Content-Type: message/rfc822\n\n" + _answer(chance)),
        mail(sealed(b"Content-Type: text/html\n\n<p>words"), content="application/pkcs7-mime"),
        multipart(
            "\n\nwords", "Content-Type: message/delivery-status\n\nStatus: 5.1.1", kind="report"
        ),
    ]
    return chance.choice(choices)


def _real() -> list[bytes]:
    found = []
    for path in sorted(REAL.glob("email_*/messages.zip")):
        with zipfile.ZipFile(path) as box:
            found += [box.read(name) for name in box.namelist() if not name.endswith("/")]
    return found


def changed(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    content = bytearray(raw)
    for _ in range(chance.choice([0, 1, 1, 2, 4, 12])):
        _change(content, other, chance)
    return bytes(content[:LONGEST])


def _change(content: bytearray, other: bytes, chance: random.Random) -> None:
    at = chance.randrange(len(content) + 1)
    length = chance.choice([1, 2, 8, 60, 400])
    match chance.randrange(7):
        case 0:
            content[at : at + 1] = chance.randbytes(1)
        case 1:
            del content[at : at + length]
        case 2:
            content[at:at] = chance.choice(PIECES)
        case 3:
            content[at:at] = content[at : at + length] * chance.choice([1, 3, 50])
        case 4:
            start = chance.randrange(len(other) + 1)
            content[at:at] = other[start : start + length]
        case 5:
            content[at:at] = chance.choice(PIECES) * chance.choice([2, 40, 900])
        case _:
            del content[at:]


def examine(raw: bytes) -> None:
    """Raises when the message is not what every message must be."""
    began = thread_time()
    parsed = parse(raw)
    again = read_again(parsed, thread=THREAD)
    strange = read_again(parsed, thread=["Nothing of this was said before."])
    took = thread_time() - began
    if took > SECONDS + SECONDS_A_MEGABYTE * len(raw) / 1_000_000:
        raise Wrong(f"took {took:.1f} seconds for {len(raw):,} bytes")
    if parsed.trouble:
        raise Wrong(parsed.trouble)
    for one in (parsed, again, strange):
        _is_fit(one)
    _nothing_is_hidden(strange)
    if ACTIVE.search(clean_html(parsed.html)):
        raise Wrong("something active survived the cleaning")


def _is_fit(parsed: Parsed) -> None:
    """For a database and a page."""
    said = [
        parsed.text,
        parsed.fresh,
        parsed.signature,
        parsed.html,
        parsed.subject,
        parsed.message_id,
    ]
    said += [parsed.sender.name, parsed.sender.address, *parsed.references, *parsed.notes]
    said += [
        part
        for each in parsed.attachments
        for part in (each.name, each.content_type, each.content_id)
    ]
    said.append(json.dumps(parsed.headers, ensure_ascii=False))
    for words in said:
        words.encode()
        if "\0" in words:
            raise Wrong("NUL")
    if bool(parsed.text.strip()) != bool(parsed.fresh.strip()):
        raise Wrong("words came or went")


def _nothing_is_hidden(parsed: Parsed) -> None:
    """In a thread in which nothing of it was said before, every line is in sight."""
    shown = set(f"{parsed.fresh}\n{parsed.signature}".split())
    for line in parsed.text.split("\n"):
        if not EMPTY.sub("", line) or set(line.split()) <= shown:
            continue
        raise Wrong(f"out of sight: {line[:80]!r}")


def run(minutes: float, seed: int, folder: Path) -> int:
    chance, until, tried, found = random.Random(seed), monotonic() + minutes * 60, 0, 0
    heap, other = seeds(chance), b""
    while monotonic() < until:
        sown = next(heap)
        raw, other, tried = changed(sown, other, chance), sown, tried + 1
        try:
            examine(raw)
        except Exception as trouble:
            found += 1
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{hashlib.sha256(raw).hexdigest()[:12]}.eml"
            path.write_bytes(raw)
            tell(f"{path}: {type(trouble).__name__}: {trouble}")
    tell(f"{tried:,} messages, seed {seed}, {found} found")
    return found


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--folder", type=Path, default=Path("fuzzed"))
    given = asked.parse_args()
    raise SystemExit(bool(run(given.minutes, given.seed, given.folder)))


if __name__ == "__main__":
    main()
