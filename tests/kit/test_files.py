import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection, transaction

from amends.kit.files import SMALL, Small, forget, keep, open_kept, read_kept
from tests.engines.presses import apart


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    kept = {"BACKEND": "amends.kit.files.LocalShelf", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "kept": kept}
    return tmp_path / "files"


LARGE = b"Dear all,\x00\xff".ljust(SMALL + 1, b"!")


def files_on(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"Dear all,\x00\xff", LARGE[:-1], LARGE])
def test_what_is_kept_is_found_again_by_its_digest(content):
    digest = keep(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert read_kept(digest) == content
    with open_kept(digest) as file:
        assert file.read(4) == content[:4]
        assert file.size == len(content)


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "rows", "files"), [(LARGE[:-1], 1, 0), (LARGE, 0, 1)])
def test_the_same_bytes_are_stored_once(shelf, content, rows, files):
    assert keep(content) == keep(content)
    assert (Small.objects.count(), len(files_on(shelf))) == (rows, files)


@pytest.mark.django_db(transaction=True)
def test_small_ones_are_there_with_the_transaction_in_which_they_were_kept():
    with transaction.atomic():
        digest = keep(b"never")
        transaction.set_rollback(True)
    with pytest.raises(FileNotFoundError):
        read_kept(digest)


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_nobody_waits_for_somebody_else_who_keeps_the_same():
    def keep_it_too():
        with transaction.atomic():
            keep(b"a logo that everybody sends")

    with transaction.atomic():
        digest = keep(b"a logo that everybody sends")
        apart(keep_it_too, within=20)
    assert read_kept(digest) == b"a logo that everybody sends"
    forget([digest])
    assert not Small.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [b"hers", LARGE])
def test_what_is_forgotten_is_gone(shelf, content):
    digest, other = keep(content), keep(b"somebody else's")
    forget([digest])
    forget([digest])
    with pytest.raises(FileNotFoundError):
        open_kept(digest)
    assert files_on(shelf) == []
    assert read_kept(other) == b"somebody else's"


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
        keep(LARGE)
    assert files_on(shelf) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_forgotten_stays_when_the_forgetting_is_taken_back():
    digests = [keep(b"hers"), keep(LARGE)]
    with transaction.atomic():
        forget(digests)
        transaction.set_rollback(True)
    assert [read_kept(digest) for digest in digests] == [b"hers", LARGE]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_what_was_never_kept_is_not_found(wrong):
    with pytest.raises(FileNotFoundError):
        open_kept(wrong)


def test_the_shelf_is_a_storage_like_any_other():
    digest = keep(LARGE)
    assert storages["kept"].exists(f"{digest[:2]}/{digest}")
