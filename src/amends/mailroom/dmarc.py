"""What other mail servers report of letters in our name: DMARC aggregate reports, as RFC 7489 has them
(section 7.2 and appendix C): XML, mostly packed."""

from __future__ import annotations

import gzip
import io
import ipaddress
import re
import zipfile
import zlib
from datetime import UTC, datetime
from typing import NamedTuple
from xml.parsers import expat

LARGEST = 10_000_000  # bytes, when unpacked
MOST = 1_000  # records; the first of them tell enough
MOST_LETTERS = 1_000_000  # of one record; that many a day come from nobody we write to
# Receiver, domain, and the seconds at which it begins and ends: how the file of every report is named.
FILE = re.compile(r"[^!/]+![^!/]+!\d{1,12}!\d{1,12}(![^!/]+)?\.(xml|zip|gz|xml\.gz)", re.I)


class Unreadable(ValueError):
    pass


class Record(NamedTuple):
    """Letters that one server brought: how many, in whose name, and what became of them."""

    ip: str
    letters: int
    domain: str
    is_believed: bool  # SPF or DKIM proved them, for that very name
    fate: str  # none, quarantine or reject


class Report(NamedTuple):
    reporter: str
    number: str  # the reporter's own
    ends_at: datetime
    records: list[Record]


def read(content: bytes) -> Report:
    """Raises Unreadable for whatever is no such report."""
    leaves = _Leaves(_unpacked(content))
    about = leaves.about
    try:
        ends_at = datetime.fromtimestamp(int(about["end"]), UTC)
        records = [_record(told) for told in leaves.records]
    except (KeyError, ValueError, OverflowError, OSError) as trouble:
        raise Unreadable(f"It does not say what a report says: {trouble}") from trouble
    reporter, number = (about.get(name, "")[:100] for name in ("org_name", "report_id"))
    return Report(reporter or "somebody", number, ends_at, records)


def _record(told: dict[str, str]) -> Record:
    ip, _, _zone_of_their_net = told["source_ip"].partition("%")
    proofs = {told.get("dkim", ""), told.get("spf", "")}
    fate = told.get("disposition", "").lower()
    return Record(
        ip=str(ipaddress.ip_address(ip)),
        letters=min(max(int(told["count"]), 0), MOST_LETTERS),
        domain=told.get("header_from", "").lower(),
        is_believed="pass" in proofs,
        fate=fate if fate in ("quarantine", "reject") else "none",
    )


def _unpacked(content: bytes) -> bytes:
    try:
        if content.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                plain = packed.open(packed.infolist()[0]).read(LARGEST + 1)
        elif content.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(content)) as unpacking:
                plain = unpacking.read(LARGEST + 1)
        else:
            plain = content
    # A zip may be locked, or packed in a way that we do not know.
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, IndexError) as trouble:
        raise Unreadable("It cannot be unpacked.") from trouble
    if len(plain) > LARGEST:
        raise Unreadable("It is larger than any such report.")
    return plain


class _Leaves:
    """The words of the innermost elements: those about the report, and those of each record. What a
    record says of single signatures is passed over; the policy's own verdict is what counts."""

    def __init__(self, content: bytes) -> None:
        self.about: dict[str, str] = {}
        self.records: list[dict[str, str]] = []
        self.inside: list[str] = []
        self.words = ""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self.begins, self.ends
        parser.CharacterDataHandler = self.says
        parser.StartDoctypeDeclHandler = self.refuses
        try:
            parser.Parse(content, True)
        except expat.ExpatError as trouble:
            raise Unreadable(f"It is no XML: {trouble}") from trouble

    def begins(self, name: str, _: dict[str, str]) -> None:
        self.inside.append(name.rpartition(":")[2])
        self.words = ""
        if self.inside[-1] == "record" and len(self.records) < MOST:
            self.records.append({})

    def says(self, words: str) -> None:
        self.words = (self.words + words)[:500]

    def ends(self, _: str) -> None:
        name, words, self.words = self.inside.pop(), self.words.strip(), ""
        if not words or "auth_results" in self.inside:
            return
        told = self.records[-1] if "record" in self.inside else self.about
        told.setdefault(name, words)

    def refuses(self, *_: object) -> None:
        raise Unreadable("No report has a document type, which could name other files.")
