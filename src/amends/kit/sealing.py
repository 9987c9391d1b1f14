"""Secrets that must be read again (passwords, tokens of other systems), sealed while they are kept."""

from __future__ import annotations

import base64
import functools
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Broken(Exception):
    """What was sealed cannot be read any more: the secret key has changed, or somebody touched it."""


def seal(secret: str, *, purpose: str) -> str:
    """Readable again only with our secret key, and only for the same purpose; nothing stays nothing."""
    return (
        _seal_of(settings.SECRET_KEY, purpose).encrypt(secret.encode()).decode() if secret else ""
    )


def unseal(sealed: str, *, purpose: str) -> str:
    from cryptography.fernet import InvalidToken

    if not sealed:
        return ""
    try:
        return _seal_of(settings.SECRET_KEY, purpose).decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError):
        raise Broken("This secret can no longer be read.") from None


@functools.lru_cache(maxsize=16)
def _seal_of(key: str, purpose: str) -> Fernet:
    # Imported here: what needs no secrets starts sooner and stays smaller.
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(SHA256(), length=32, salt=None, info=f"amends sealing {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
