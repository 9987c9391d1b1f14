"""Files kept by the hash of their content: the same bytes are stored once and never change. Small ones
stand in a row, large ones on a shelf."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models, transaction

from amends.kit.ready import ready, say

if TYPE_CHECKING:
    from collections.abc import Collection

DIGEST = re.compile(r"[0-9a-f]{64}")
# So many bytes stand in a row: no wait for the disk but that of the commit, where a file costs three.
SMALL = 64 * 1024


# Of two who keep the same at the same moment neither waits for the other: then it is there twice.
KEEP = """
INSERT INTO kit_small ("digest", "content")
SELECT %s, %s WHERE NOT EXISTS (SELECT 1 FROM kit_small WHERE "digest" = %s)
"""


class Small(models.Model):
    """A small file. It is there for good with the transaction in which it was kept."""

    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["digest"], name="small_by_digest")]

    def __str__(self) -> str:
        return self.digest[:12]


class LocalShelf(FileSystemStorage):
    """A folder in which a file is there whole or not at all, also after a power cut."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        path = Path(self.path(name))
        if not path.parent.is_dir():
            _make_folder(path.parent)
        rough = path.with_name(f".{secrets.token_hex(8)}")
        try:
            with rough.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            rough.replace(path)
        finally:
            rough.unlink(missing_ok=True)
        _sync(path.parent)
        return name


def keep(content: bytes) -> str:
    """Store the bytes for good and return their digest, by which they are found again."""
    digest = digest_of(content)
    if len(content) <= SMALL:
        say(KEEP, [digest, content, digest])
        return digest
    name = _name(digest)
    shelf = _shelf()
    if not shelf.exists(name):
        shelf.save(name, ContentFile(content))
    return digest


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def open_kept(digest: str) -> File[bytes]:
    """The kept file, open for reading; FileNotFoundError when there is none."""
    if not DIGEST.fullmatch(digest):
        raise FileNotFoundError(digest)
    if (content := _content_of.first(digest)) is not None:
        return ContentFile(bytes(content))
    return _shelf().open(_name(digest), "rb")


def read_kept(digest: str) -> bytes:
    with open_kept(digest) as file:
        content: bytes = file.read()
    return content


def forget(digests: Collection[str]) -> None:
    """Only when nobody needs the bytes any more. Rows go with the transaction, files after it; gone
    already is gone."""
    Small.objects.filter(digest__in=digests).delete()
    for digest in digests:
        if DIGEST.fullmatch(digest):
            transaction.on_commit(partial(_shelf().delete, _name(digest)))


@ready
def _content_of(digest: str) -> models.QuerySet[Small, bytes | memoryview]:
    return Small.objects.filter(digest=digest).values_list("content", flat=True)[:1]


def _shelf() -> Storage:
    return storages["kept"]


def _name(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def _make_folder(folder: Path) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
