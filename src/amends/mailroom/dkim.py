"""DKIM (RFC 6376, 8301, 8463): which domains signed a message, and whether it is still what they signed.

Weak signatures count as none: SHA-1, keys under 1024 bits, a part of the body only, no From.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from amends.kit.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from amends.mailroom.resolver import Resolver

MOST = 5  # signatures that are looked at
MOST_FIELDS = 100
SHORTEST_KEY = 1024
NEEDED = {"v", "a", "b", "bh", "d", "h", "s"}
NEWLINE = re.compile(rb"(?<!\r)\n")
FIELD = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:((?:[^\n]*\n)(?:[ \t][^\n]*\n)*)", re.M)
LONGEST_HEAD = 1024 * 1024
BLANKS = re.compile(rb"[ \t]+")
OWN_SIGNATURE = re.compile(rb"((?:^|;)\s*b\s*=)[^;]*")
NAME = re.compile(r"[A-Za-z0-9._-]{1,253}")


class Signed(NamedTuple):
    """One signature: whose, and whether it holds. DnsAway is not caught here."""

    domain: str
    holds: bool
    why: str = ""


class Unfit(Exception):
    """A signature that says nothing; the message is why."""


class Field(NamedTuple):
    name: bytes
    value: bytes

    def canonical(self, *, relaxed: bool) -> bytes:
        if not relaxed:
            return self.name + b":" + self.value
        unfolded = BLANKS.sub(b" ", self.value.replace(b"\r\n", b"")).strip(b" \t")
        return self.name.strip(b" \t").lower() + b":" + unfolded + b"\r\n"


def signatures(
    raw: bytes, resolver: Resolver, *, of: Callable[[str], bool] = lambda domain: True
) -> list[Signed]:
    """Each signature `of` a domain that counts, and whether it holds. Raises DnsAway."""
    fields, body = _split(raw)
    found = [field for field in fields if field.name.lower() == b"dkim-signature"]
    counting = [field for field in found[:MOST_FIELDS] if of(_domain(field))][:MOST]
    return [_look_at(field, fields, body, resolver) for field in counting]


def tags_of(text: str) -> dict[str, str]:
    """`a=b; c=d` as a dictionary; a name given twice makes it say nothing."""
    pairs = [piece.partition("=") for piece in text.split(";") if "=" in piece]
    names = [name.strip() for name, _, _ in pairs]
    if len(set(names)) != len(names):
        return {}
    return {name.strip(): value.strip() for name, _, value in pairs}


def _domain(field: Field) -> str:
    return tags_of(field.value.decode("ascii", "replace")).get("d", "").lower()[:253]


def _look_at(field: Field, fields: list[Field], body: bytes, resolver: Resolver) -> Signed:
    tags = tags_of(field.value.decode("ascii", "replace"))
    domain = _domain(field)
    try:
        _must_be_fit(tags)
        _must_have_body(tags, body)
        _must_verify(tags, _signed_part(tags, field, fields), resolver)
    except Unfit as why:
        return Signed(domain, holds=False, why=str(why))
    return Signed(domain, holds=True)


def _must_be_fit(tags: dict[str, str]) -> None:
    if NEEDED - tags.keys() or tags["v"] != "1":
        raise Unfit("the signature is incomplete")
    if not NAME.fullmatch(tags["d"]) or not NAME.fullmatch(tags["s"]):
        raise Unfit("the signature names no domain")
    if "l" in tags:
        raise Unfit("only a part of the letter is signed")
    if "from" not in _names(tags):
        raise Unfit("the sender is not signed")
    signer = tags.get("i", "@" + tags["d"]).rpartition("@")[2].lower()
    if signer != tags["d"].lower() and not signer.endswith("." + tags["d"].lower()):
        raise Unfit("the signature names two domains")
    if tags.get("x", "").isdecimal() and int(tags["x"]) < now().timestamp():
        raise Unfit("the signature has expired")


def _must_have_body(tags: dict[str, str], body: bytes) -> None:
    relaxed = tags.get("c", "simple").partition("/")[2] == "relaxed"
    digest = hashlib.sha256(_canonical_body(body, relaxed=relaxed)).digest()
    if digest != _bytes(tags["bh"]):
        raise Unfit("the letter was changed on its way")


def _must_verify(tags: dict[str, str], signed: bytes, resolver: Resolver) -> None:
    signature = _bytes(tags["b"])
    key = _key(tags, resolver)
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature, signed, PKCS1v15(), SHA256())
        else:
            key.verify(signature, hashlib.sha256(signed).digest())
    except InvalidSignature:
        raise Unfit("the signature does not fit the letter") from None


def _key(tags: dict[str, str], resolver: Resolver) -> RSAPublicKey | Ed25519PublicKey:
    """The one key that the domain publishes for this signature."""
    records = resolver.texts(f"{tags['s']}._domainkey.{tags['d']}")
    record = next((tags_of(text) for text in records if "p=" in text), {})
    if not record.get("p"):
        raise Unfit("the domain publishes no such key")
    kind = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}.get(tags["a"].lower())
    if kind is None or record.get("k", "rsa").lower() != kind:
        raise Unfit("the kind of signature is not good enough")
    signer = tags.get("i", tags["d"]).rpartition("@")[2].lower()
    if "s" in record.get("t", "").split(":") and signer != tags["d"].lower():
        raise Unfit("the key is not for names below the domain")
    return _read_key(_bytes(record["p"]), kind)


def _read_key(content: bytes, kind: str) -> RSAPublicKey | Ed25519PublicKey:
    try:
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(content)
        key = load_der_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        raise Unfit("the domain's key cannot be read") from None
    if not isinstance(key, RSAPublicKey) or key.key_size < SHORTEST_KEY:
        raise Unfit("the domain's key is too weak")
    return key


def _signed_part(tags: dict[str, str], own: Field, fields: list[Field]) -> bytes:
    """The fields that `h` names, the lowest of a name first, and the signature without itself."""
    relaxed = tags.get("c", "simple").split("/")[0] == "relaxed"
    left = [field for field in fields if field is not own]
    out = []
    for name in _names(tags):
        wanted = [field for field in left if field.name.lower() == name.encode()]
        if wanted:
            left = [field for field in left if field is not wanted[-1]]
            out.append(wanted[-1].canonical(relaxed=relaxed))
    bare = Field(own.name, OWN_SIGNATURE.sub(rb"\1", own.value))
    return b"".join(out) + bare.canonical(relaxed=relaxed).removesuffix(b"\r\n")


def _names(tags: dict[str, str]) -> list[str]:
    return [name.strip().lower() for name in tags["h"].split(":")]


def _split(raw: bytes) -> tuple[list[Field], bytes]:
    whole = NEWLINE.sub(b"\r\n", raw)
    head, _, body = whole.partition(b"\r\n\r\n")
    whole_head = head[:LONGEST_HEAD] + b"\r\n"
    return [Field(*found.groups()) for found in FIELD.finditer(whole_head)], body


def _canonical_body(body: bytes, *, relaxed: bool) -> bytes:
    if relaxed:
        lines = (BLANKS.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n"))
        body = b"\r\n".join(lines)
    end = len(body)
    while body[end - 2 : end] == b"\r\n":
        end -= 2
    if relaxed and not end:
        return b""
    return body[:end] + b"\r\n"


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unfit("the signature cannot be read") from None
