"""Public references: random, so that nobody can count or guess them, and easy to read aloud."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_ref(length: int = 10) -> str:
    """A fresh reference in lower-case Crockford base32: no i, l, o or u to be misread."""
    return "".join(ALPHABET[byte & 31] for byte in secrets.token_bytes(length))
