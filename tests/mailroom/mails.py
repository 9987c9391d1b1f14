"""Mails to try things on, and the real ones that lie beside the project."""

import zipfile
from pathlib import Path

import pytest

REAL = Path(__file__).parents[2].parent / "shared" / "data"


def mail(
    body: str | bytes = "The plate was chipped.\n",
    *,
    sender: str = "Ana Lima <ana@customers.test>",
    to: str = "desk@amends.test",
    subject: str | None = "Chipped plate",
    message_id: str | None = "<first@customers.test>",
    content: str = "text/plain; charset=utf-8",
    encoding: str = "8bit",
    more: str = "",
) -> bytes:
    fields = [
        f"From: {sender}",
        f"To: {to}",
        None if subject is None else f"Subject: {subject}",
        None if message_id is None else f"Message-ID: {message_id}",
        "Date: Mon, 1 Jun 2026 08:00:00 +0000",
        "MIME-Version: 1.0",
        f"Content-Type: {content}",
        f"Content-Transfer-Encoding: {encoding}",
        *more.splitlines(),
    ]
    head = "\r\n".join(field for field in fields if field is not None)
    words = body.encode() if isinstance(body, str) else body
    return head.encode("utf-8", "surrogateescape") + b"\r\n\r\n" + words


def parts(*pieces: str | bytes, kind: str = "mixed", boundary: str = "b0") -> tuple[bytes, str]:
    """The body and content type of a multipart; each piece brings its own headers."""
    out = b""
    for piece in pieces:
        raw = piece.encode() if isinstance(piece, str) else piece
        out += (
            f"--{boundary}\r\n".encode()
            + raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            + b"\r\n"
        )
    return out + f"--{boundary}--\r\n".encode(), f'multipart/{kind}; boundary="{boundary}"'


def multipart(
    *pieces: str | bytes, kind: str = "mixed", boundary: str = "b0", **given: str
) -> bytes:
    body, content = parts(*pieces, kind=kind, boundary=boundary)
    return mail(body, content=content, **given)


def real_mails(folder: str, ending: str = "") -> dict[str, bytes]:
    path = REAL / folder / "messages.zip"
    if not path.exists():
        pytest.skip(f"the real mails are not here: {path}")
    with zipfile.ZipFile(path) as box:
        names = [name for name in box.namelist() if not name.endswith("/")]
        return {name: box.read(name) for name in sorted(names) if name.endswith(ending)}
