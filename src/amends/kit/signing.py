"""Short signatures for addresses, Message-IDs and links that outsiders may carry but not forge."""

import hashlib
import hmac

from django.conf import settings

from amends.kit.refs import ALPHABET

LENGTH = 16  # 80 bits


def sign(value: str, purpose: str) -> str:
    """A signature of the value that is good for this purpose alone; ignores upper and lower case."""
    key = hashlib.sha256(f"{settings.SECRET_KEY}\n{purpose}".encode()).digest()
    digest = hmac.digest(key, value.lower().encode("utf-8", "surrogatepass"), "sha256")
    number = int.from_bytes(digest[:10], "big")
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(LENGTH))


def verify(value: str, signature: str, purpose: str) -> bool:
    given = signature.lower().encode("utf-8", "surrogatepass")
    return hmac.compare_digest(sign(value, purpose).encode(), given)
