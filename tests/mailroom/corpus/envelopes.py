"""The words of an answer as the bytes of a message: charset, transfer encoding, headers, parts."""

from __future__ import annotations

import base64
import quopri

from tests.mailroom.corpus.languages import CODECS
from tests.mailroom.corpus.writing import Written

PLAIN, HTML, BOTH = "plain", "html", "both"
SHAPES = (PLAIN, HTML, BOTH)
ENCODINGS = ("8bit", "base64", "quoted-printable", "binary", "Base64")
RAW, WORDS_Q, WORDS_B, SPLIT = "raw", "q", "b", "split"
HEADER_FORMS = (RAW, WORDS_Q, WORDS_B, SPLIT)


def codec_of(charset: str) -> str:
    return CODECS.get(charset, charset)


def can_say(text: str, charset: str) -> bool:
    try:
        text.encode(codec_of(charset))
    except UnicodeEncodeError:
        return False
    return True


def header(text: str, form: str, charset: str = "utf-8") -> bytes:
    """One header value in one of the ways in which programmes write it."""
    content = text.encode(codec_of(charset)) if form in (WORDS_Q, WORDS_B) else text.encode()
    if form == RAW:
        return content
    if form == SPLIT:  # in the middle of a letter, as some do
        return b"\r\n ".join(
            _word(content[at : at + 7], "b", "utf-8") for at in range(0, len(content), 7)
        )
    return _word(content, form, charset)


def _word(content: bytes, form: str, charset: str) -> bytes:
    if form == WORDS_B:
        said = base64.b64encode(content)
    else:
        said = b"".join(b"=%02X" % byte for byte in content)
    return b"=?" + charset.encode() + b"?" + form.upper().encode() + b"?" + said + b"?="


def part(text: str, kind: str, charset: str, encoding: str) -> bytes:
    content = text.replace("\n", "\r\n").encode(codec_of(charset))
    if encoding.lower() == "base64":
        content = base64.encodebytes(content).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        content = quopri.encodestring(content)
    head = f'Content-Type: {kind}; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}'
    return head.encode() + b"\r\n\r\n" + content


def message(
    written: Written,
    *,
    shape: str = BOTH,
    charset: str = "utf-8",
    encoding: str = "8bit",
    form: str = WORDS_B,
    subject: str = "Re: Vase",
    name: str = "Ana Lima",
    more: bytes = b"",
) -> bytes:
    head = (
        b"From: " + header(name, form) + b" <ana@customers.test>\r\nTo: desk@amends.test\r\n"
        b"Subject: " + header(subject, form) + b"\r\nMessage-ID: <answer@customers.test>\r\n"
        b"In-Reply-To: <first@amends.test>\r\nDate: Tue, 2 Jun 2026 10:00:00 +0000\r\n"
        b"MIME-Version: 1.0\r\n" + more
    )
    if shape == PLAIN:
        return head + part(written.plain, "text/plain", charset, encoding)
    if shape == HTML:
        return head + part(written.html, "text/html", charset, encoding)
    pieces = [
        part(written.plain, "text/plain", charset, encoding),
        part(written.html, "text/html", charset, encoding),
    ]
    body, kind = _together(pieces)
    return head + f"Content-Type: {kind}\r\n\r\n".encode() + body


def _together(pieces: list[bytes]) -> tuple[bytes, str]:
    boundary = "=_corpus"
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + piece + b"\r\n" for piece in pieces)
    return (
        body + b"--" + boundary.encode() + b"--\r\n",
        f'multipart/alternative; boundary="{boundary}"',
    )
