"""Files that come with a message: what they are called and claimed to be, made harmless."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amends.mailroom import headers
from amends.mailroom.charsets import clean, to_text
from amends.mailroom.mime import Part, tree

LONGEST_NAME = 120
LONGEST_TYPE = 120
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how a file of old Office begins, and a .msg
MESSAGES = {"message/rfc822", "message/global", "message/news"}
UNFIT = re.compile(
    r"[\x00-\x1f\x7f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff/\\:*?\"<>|]+"
)
KINDS = {
    "message/rfc822": "message.eml",
    "message/global": "message.eml",
    "message/delivery-status": "delivery-report.txt",
    "message/global-delivery-status": "delivery-report.txt",
    "message/feedback-report": "feedback-report.txt",
    "message/disposition-notification": "read-receipt.txt",
    "message/partial": "part-of-a-message.eml",
    "text/rfc822-headers": "headers.txt",
    "text/calendar": "invitation.ics",
    "application/ics": "invitation.ics",
    "text/vcard": "card.vcf",
    "text/x-vcard": "card.vcf",
    "text/plain": "text.txt",
    "text/html": "page.html",
    "text/x-amp-html": "page.html",
    "text/csv": "table.csv",
    "text/rtf": "text.rtf",
    "application/rtf": "text.rtf",
    "application/pdf": "document.pdf",
    "application/zip": "files.zip",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "encrypted.asc",
    "application/pgp-keys": "key.asc",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "application/vnd.ms-outlook": "message.msg",
    "image/jpeg": "picture.jpg",
    "image/png": "picture.png",
    "image/gif": "picture.gif",
    "image/webp": "picture.webp",
    "image/heic": "picture.heic",
    "audio/mpeg": "sound.mp3",
    "audio/ogg": "sound.ogg",
    "audio/mp4": "sound.m4a",
    "video/mp4": "film.mp4",
}


@dataclass(frozen=True)
class Enclosure:
    """A file that came with a message. Name and type are what the sender claims, made harmless."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""


def enclosed(part: Part) -> Enclosure:
    """The file that a part is. A message forwarded as a file is named by its subject."""
    content, content_type = part.content, clean(part.content_type)[:LONGEST_TYPE]
    name = name_of(part)
    if content_type in MESSAGES:
        if content.startswith(OFFICE):
            content_type = "application/vnd.ms-outlook"
            name = re.sub(r"\.eml$", "", name) or "message.msg"
        else:
            name = _subject_of(content) or name
    content_id = clean(part.header("content-id")).strip(" \t\n<>")[:255]
    return Enclosure(
        name or KINDS.get(content_type) or "file.bin", content_type, content, content_id
    )


def name_of(part: Part) -> str:
    """The file name for people to read; nothing is ever stored or opened under it."""
    value = part.parameter("filename", "content-disposition") or part.parameter("name")
    return fit(to_text(value[2], value[0]) if isinstance(value, tuple) else headers.words(value))


def fit(written: str) -> str:
    """A name without paths, marks that turn the writing round, and what file systems refuse."""
    name = UNFIT.sub("_", clean(written).replace("\n", " ")).strip(" ._")
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    keep = f"{dot}{ending}" if dot and len(ending) <= 10 else ""
    return (stem if keep else name)[: LONGEST_NAME - len(keep)] + keep


def _subject_of(content: bytes) -> str:
    subject = headers.words(tree(content[:65_536]).header("subject"))
    name = UNFIT.sub("_", subject).strip(" ._")[: LONGEST_NAME - 4]
    return f"{name}.eml" if name else ""
