"""Public references: random, so that nobody can count or guess them, and easy to read aloud."""

import secrets
from collections.abc import Iterator

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_ref(length: int = 10) -> str:
    """A fresh reference in lower-case Crockford base32: no i, l, o or u to be misread."""
    return next(new_refs(1, length))


def new_refs(count: int, length: int = 10) -> Iterator[str]:
    """So many at once: the system is asked for chance once."""
    chance = secrets.token_bytes(count * length)
    for start in range(0, count * length, length):
        yield "".join(ALPHABET[byte & 31] for byte in chance[start : start + length])
