import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.storage import storages

from amends.kit.files import keep, open_kept, read_kept


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    kept = {"BACKEND": "amends.kit.files.LocalShelf", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "kept": kept}
    return tmp_path / "files"


def files_on(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


def test_what_is_kept_is_found_again_by_its_digest():
    digest = keep(b"Dear all,\x00\xff")
    assert digest == hashlib.sha256(b"Dear all,\x00\xff").hexdigest()
    assert read_kept(digest) == b"Dear all,\x00\xff"
    with open_kept(digest) as file:
        assert file.read(4) == b"Dear"


def test_the_same_bytes_are_stored_once(shelf):
    assert keep(b"logo") == keep(b"logo")
    assert len(files_on(shelf)) == 1


def test_many_at_once_store_one_whole_file(shelf):
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: keep(b"x" * 100_000), range(40)))
    assert len(digests) == 1
    assert [path.read_bytes() for path in files_on(shelf)] == [b"x" * 100_000]


def test_a_failed_write_leaves_nothing_behind(shelf, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(b"never")
    assert files_on(shelf) == []


@pytest.mark.parametrize("wrong", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_what_was_never_kept_is_not_found(wrong):
    with pytest.raises(FileNotFoundError):
        open_kept(wrong)


def test_the_shelf_is_a_storage_like_any_other():
    digest = keep(b"letter")
    assert storages["kept"].exists(f"{digest[:2]}/{digest}")
