"""Signs messages as a mail server does (RFC 6376), written apart from what verifies them."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@cache
def rsa(bits: int = 2048):
    return generate_private_key(65537, bits)


@cache
def ed25519():
    return Ed25519PrivateKey.generate()


def record_of(key) -> str:
    """What the domain publishes."""
    if isinstance(key, Ed25519PrivateKey):
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"v=DKIM1; k=ed25519; p={base64.b64encode(raw).decode()}"
    raw = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(raw).decode()}"


def seal(
    raw: bytes,
    key,
    *,
    domain: str,
    relaxed: bool = True,
    names: str = "from:to:subject",
    more: str = "",
) -> bytes:
    """The message with a signature of the domain on top."""
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    head, _, body = raw.partition(b"\r\n\r\n")
    kind = "ed25519-sha256" if isinstance(key, Ed25519PrivateKey) else "rsa-sha256"
    how = "relaxed/relaxed" if relaxed else "simple/simple"
    digest = base64.b64encode(hashlib.sha256(_body(body, relaxed)).digest()).decode()
    own = f" v=1; a={kind}; c={how}; d={domain}; s=one;\r\n h={names}; {more}bh={digest};\r\n b="
    fields = re.findall(rb"([^\r\n:]+):((?:[^\r\n]*\r\n)(?:[ \t][^\r\n]*\r\n)*)", head + b"\r\n")
    signed, left = b"", list(fields)
    for name in names.split(":"):
        found = [field for field in left if field[0].lower() == name.encode()]
        if found:
            left.remove(found[-1])
            signed += _field(*found[-1], relaxed)
    signed += _field(b"DKIM-Signature", own.encode() + b"\r\n", relaxed)[:-2]
    if kind.startswith("rsa"):
        signature = key.sign(signed, PKCS1v15(), SHA256())
    else:
        signature = key.sign(hashlib.sha256(signed).digest())
    value = base64.b64encode(signature)
    folded = b"\r\n ".join(value[start : start + 60] for start in range(0, len(value), 60))
    return b"DKIM-Signature:" + own.encode() + folded + b"\r\n" + raw


def _field(name: bytes, value: bytes, relaxed: bool) -> bytes:
    if not relaxed:
        return name + b":" + value
    words = b" ".join(value.split())
    return name.lower().strip() + b":" + words + b"\r\n"


def _body(body: bytes, relaxed: bool) -> bytes:
    lines = body.split(b"\r\n")
    if relaxed:
        lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return b"" if relaxed else b"\r\n"
    return b"\r\n".join(lines) + b"\r\n"
