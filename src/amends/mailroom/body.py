"""The parts of a message sorted into words, their HTML, and files; what lies beyond a limit is said.

Everything left out stays in the original message, which is kept as it came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from mimetypes import guess_type
from time import monotonic
from typing import TYPE_CHECKING

from amends.mailroom import calendars, headers, sealed, tnef, uuencoded
from amends.mailroom.charsets import clean, to_text
from amends.mailroom.enclosure import MESSAGES, Enclosure, enclosed, fit, name_of
from amends.mailroom.mime import tree
from amends.mailroom.plain import from_html, unflow

if TYPE_CHECKING:
    from amends.mailroom.mime import Part

MOST_FILES = 500
MOST_TEXT = 1_000_000  # characters to read
MOST_HTML = 1_000_000
LONGEST_BYTES = 4 * MOST_TEXT
MOST_ASIDE = 100_000  # bytes of a file that is read as words where there are none
MOST_SECONDS = 20
DEEPEST = 3  # messages within messages that are opened
STUB = 1.5  # the HTML has so many more words that the plain text is but a stub of it
WORDS = {"text/plain", "text/html", "text/markdown", "text/x-markdown", "text/enriched"}
WORDS |= {"text/richtext", "text/x-web-markdown", "text/unknown"}
CALENDARS = {"text/calendar", "application/ics"}
WINMAIL = {"application/ms-tnef", "application/vnd.ms-tnef"}
SEALS = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
META = re.compile(rb"<meta[^>]{1,200}?charset=[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
IN_ORIGINAL = "The rest is in the original message."
TOO_LONG = f"The text is longer than what is shown. {IN_ORIGINAL}"
LOCKED = "This message is encrypted: it can be read only with the key it was written for."
UNOPENED = "winmail.dat could not be opened; the file is attached as it came."
TORN = "winmail.dat ends too early; what could be read of it is shown."


@dataclass
class Room:
    """What is left of the limits that one message has, and what had to be left out."""

    files: int = MOST_FILES
    html: int = MOST_HTML
    until: float = field(default_factory=lambda: monotonic() + MOST_SECONDS)
    notes: dict[str, None] = field(default_factory=dict)

    def note(self, words: str) -> None:
        self.notes[words] = None

    @property
    def is_out_of_time(self) -> bool:
        return monotonic() > self.until


class Body:
    """Walks the parts of one message."""

    def __init__(self, room: Room | None = None, *, depth: int = 0) -> None:
        self.room = room or Room()
        self.depth = depth
        self.texts: list[str] = []
        self.htmls: list[str] = []
        self.enclosures: list[Enclosure] = []
        self.invitations: dict[str, None] = {}
        self.has_html = False
        self.aside: list[Part] = []  # words sent as a file, or a whole message

    def read(self, part: Part) -> None:
        if self.room.is_out_of_time:
            self.room.note(f"It took longer than {MOST_SECONDS} seconds to read. {IN_ORIGINAL}")
            return
        if part.unopened:
            self.room.note(f"{part.unopened} {IN_ORIGINAL}")
        if part.parts:
            self._read_several(part)
        else:
            self._read_one(part)

    def _read_one(self, part: Part) -> None:
        if part.content_type in SEALS:
            self._unseal(part)
        elif part.content_type in WINMAIL or name_of(part).lower() == "winmail.dat":
            self._unwrap(part)
        elif _is_words(part):
            self._add(*self._words(part))
        elif name_of(part) or not part.is_empty:
            self._enclose(part)

    def text(self) -> str:
        """All words, invitations first."""
        words = "\n\n".join([*self.invitations, *(text.strip("\n") for text in self.texts)])
        return self._cut(words, MOST_TEXT)

    def html(self) -> str:
        return self._cut("\n".join(self.htmls), 2 * MOST_HTML) if self.has_html else ""

    def files(self) -> list[Enclosure]:
        """Each once, however often the very same file came under the very same name."""
        return list(dict.fromkeys(self.enclosures))

    def finish(self) -> None:
        """A message without words may have them in a file, or in the message it passes on."""
        for part in self.aside:
            if not self.text().strip() and not part.content_type.startswith("message/"):
                self._add(*self._words(part))
        if not self.text().strip():
            for part in self.aside[:MOST_FILES]:
                if part.content_type in MESSAGES and self.depth < DEEPEST:
                    self._read_message(part)

    def _cut(self, words: str, most: int) -> str:
        if len(words) > most:
            self.room.note(TOO_LONG)
        return words[:most]

    def _read_several(self, part: Part) -> None:
        if part.content_type == "multipart/encrypted":
            self.room.note(LOCKED)
        if part.content_type == "multipart/alternative":
            self._read_alternative(part)
        else:
            for each in part.parts:
                self.read(each)

    def _read_alternative(self, part: Part) -> None:
        """One message said in several ways: the plain way is read, the HTML way is shown."""
        ways = []
        for each in part.parts:
            way = Body(self.room, depth=self.depth)
            way.read(each)
            ways.append(way)
            self.enclosures += way.enclosures
            self.invitations |= way.invitations
            self.aside += way.aside
        html = "\n".join(way.html() for way in ways if way.has_html)
        rich = "\n\n".join(_joined(way) for way in ways if way.has_html)
        plain = dict.fromkeys(_joined(way).strip("\n") for way in ways if not way.has_html)
        text = "\n\n".join(words for words in plain if words.strip())
        if len(rich.split()) > STUB * len(text.split()) + 10:
            text = rich
        self._add(text if text.strip() else rich, html)

    def _add(self, text: str, html: str) -> None:
        if text.strip() or html.strip():
            self.texts.append(text)
            self.htmls.append(html or f"<pre>{_escaped(text)}</pre>")
            self.has_html = self.has_html or bool(html)

    def _words(self, part: Part) -> tuple[str, str]:
        content = part.beginning(LONGEST_BYTES + 1)
        label = _label(part, content)
        if len(content) > LONGEST_BYTES:
            self.room.note(TOO_LONG)
        text = clean(to_text(content[:LONGEST_BYTES], label))
        if part.content_type == "text/html":
            return self._from_html(text)
        text = self._without_files(text)
        if str(part.parameter("format")).lower() == "flowed":
            text = unflow(text, delete_space=str(part.parameter("delsp")).lower() == "yes")
        if "-----BEGIN PGP MESSAGE-----" in text[:2_000]:
            self.room.note(LOCKED)
        return text, ""

    def _without_files(self, text: str) -> str:
        words, files = uuencoded.taken_out(text)
        for file in files:
            kind = guess_type(file.name)[0] or "application/octet-stream"
            self._keep(Enclosure(fit(file.name) or "file.bin", kind, file.content))
        return words

    def _from_html(self, html: str) -> tuple[str, str]:
        shown = html[: self.room.html]
        self.room.html -= len(shown)
        if len(shown) < len(html):
            self.room.note(TOO_LONG)
        return clean(from_html(shown)), shown

    def _enclose(self, part: Part) -> None:
        if part.content_type in CALENDARS or name_of(part).lower().endswith(".ics"):
            self._invite(part)
        if part.content_type in MESSAGES or (part.content_type in WORDS and part.size < MOST_ASIDE):
            self.aside.append(part)
        self._keep(enclosed(part))

    def _keep(self, enclosure: Enclosure) -> None:
        if self.room.files <= 0:
            self.room.note(f"There are more than {MOST_FILES:,} files. {IN_ORIGINAL}")
            return
        self.room.files -= 1
        self.enclosures.append(enclosure)

    def _invite(self, part: Part) -> None:
        content = part.beginning(calendars.LONGEST)
        if words := calendars.words_of(to_text(content, _label(part, content))):
            self.invitations[words] = None

    def _read_message(self, part: Part) -> None:
        inner = tree(part.content)
        body = Body(self.room, depth=self.depth + 1)
        body.read(inner)
        body.finish()
        head = "\n".join(
            f"{name}: {words}"
            for name in ("From", "Date", "Subject")
            if (words := headers.words(inner.header(name)))
        )
        self._add(f"{head}\n\n{body.text()}", "")

    def _unseal(self, part: Part) -> None:
        inside = sealed.content_of(part.content) if self.depth < DEEPEST else None
        if inside is None:
            if "signed" not in str(part.parameter("smime-type")).lower():
                self.room.note(LOCKED)
            self._enclose(part)
            return
        body = Body(self.room, depth=self.depth + 1)
        body.read(tree(inside))
        self._take_over(body)

    def _take_over(self, body: Body) -> None:
        self.texts += body.texts
        self.htmls += body.htmls
        self.has_html = self.has_html or body.has_html
        self.enclosures += body.enclosures
        self.invitations |= body.invitations
        self.aside += body.aside

    def _unwrap(self, part: Part) -> None:
        found = tnef.opened(part.content)
        if found is None:
            self.room.note(UNOPENED)
            self._enclose(part)
            return
        if not found.is_whole:
            self.room.note(TORN)
            self._enclose(part)
        self._take_winmail(found)

    def _take_winmail(self, found: tnef.Winmail, heading: str = "") -> None:
        """Words that the message itself says already are not said twice."""
        text, html = found.text, ""
        if found.html.strip():
            rich, html = self._from_html(found.html)
            text = text if text.strip() else rich
        if text.strip() and " ".join(text.split()) not in " ".join(self.text().split()):
            self._add(heading + text, "" if heading else html)
        if words := tnef.appointment(found):
            self.invitations[words] = None
        for file in found.files:
            name = fit(file.name) or "file.bin"
            kind = file.content_type[:120] or "application/octet-stream"
            self._keep(Enclosure(name, kind, file.content, fit(file.content_id)))
        for message in found.messages:
            self._take_winmail(message, f"Subject: {message.subject}\n\n")


def _is_words(part: Part) -> bool:
    """Text without a file name. Anything else, shown inline or not, is an attachment."""
    is_text = part.content_type in WORDS or (
        part.content_type.startswith("multipart/") and not part.parts
    )
    return is_text and part.disposition != "attachment" and not name_of(part)


def _label(part: Part, content: bytes) -> str:
    """The charset; HTML may name its own where the part names none."""
    charset = part.parameter("charset")
    label = charset if isinstance(charset, str) else charset[2].decode("latin-1")
    if not label and part.content_type == "text/html" and (said := META.search(content, 0, 4_096)):
        return said[1].decode("ascii")
    return label


def _joined(body: Body) -> str:
    return "\n\n".join(text.strip("\n") for text in body.texts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
