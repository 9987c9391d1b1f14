"""The pair of keys by which push services know this installation (VAPID), kept in the data folder."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

FILE = "push_key.pem"


class Keys(NamedTuple):
    private: bytes
    public: bytes
    told_to_browsers: str


def keys() -> Keys:
    """Made when first asked for. Whoever loses the file loses every telephone's leave."""
    return _read(Path(settings.DATA) / FILE)


@lru_cache(maxsize=2)
def _read(path: Path) -> Keys:
    # Imported here: large, and not wanted by whoever has no telephone here.
    from cryptography.hazmat.primitives import serialization
    from webpush.vapid import VAPID

    if not path.exists():
        private, _, _ = VAPID.generate_keys()
        _keep(path, private)
    private = path.read_bytes()
    public_key = serialization.load_pem_private_key(private, password=None).public_key()
    public = public_key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return Keys(private, public, VAPID.get_application_server_key(public_key))


def _keep(path: Path, private: bytes) -> None:
    # Written aside and linked into place: of two processes that start at once one key wins, whole.
    rough = path.with_name(f".{FILE}-{secrets.token_hex(8)}")
    rough.touch(mode=0o600)
    try:
        rough.write_bytes(private)
        os.link(rough, path)
    except FileExistsError:
        pass
    finally:
        rough.unlink()
