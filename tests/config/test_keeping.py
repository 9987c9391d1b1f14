"""The whole installation goes into one file and comes back from it, on both engines."""

import stat
import tarfile

import pytest
from django.db import connection

from amends.config import heartbeat, keeping
from amends.kit.clock import now
from amends.kit.files import SMALL, Small, digest_of, keep, read_kept
from amends.people.person import Person
from amends.people.setting_up import hire

SMALL_FILE = b"greasy bacon, photographed"
LARGE_FILE = SMALL_FILE.ljust(SMALL + 1, b".")
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.STATIC_ROOT = settings.DATA / "static"
    shelf = {"BACKEND": "amends.kit.files.LocalShelf", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"kept": shelf}


@pytest.fixture
def kept(tmp_path):
    """A backup of an installation with one person and two files, and the digest of the large one."""
    hire("ana@x.example", name="Ana", role="owner", by=None)
    keep(SMALL_FILE)
    digest = keep(LARGE_FILE)
    path = tmp_path / "kept.amends"
    keeping.backup(path)
    return path, digest


def test_the_file_is_for_its_owner_alone_and_whole(kept, tmp_path):
    path, digest = kept
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with tarfile.open(path) as archive:
        names = archive.getnames()
    assert names[:2] == ["manifest.json", "secret_key"]
    assert f"files/{digest[:2]}/{digest}" in names
    assert [left.name for left in tmp_path.glob(".*.part")] == []


def test_everything_comes_back_over_what_is_here_when_asked(kept, settings, tmp_path):
    path, digest = kept
    Person.objects.update(name="Somebody else")
    Small.objects.all().delete()
    hire("mo@x.example", name="Mo", role="owner", by=None)
    (tmp_path / "files" / digest[:2] / digest).unlink()
    manifest = keeping.restore(path, over=True)
    assert [person.name for person in Person.objects.all()] == ["Ana"]
    assert read_kept(digest) == LARGE_FILE
    assert read_kept(digest_of(SMALL_FILE)) == SMALL_FILE
    assert (settings.DATA / "secret_key").read_text() == settings.SECRET_KEY
    assert manifest.rows["people_person"] == 1


def test_phones_that_said_yes_can_be_told_from_the_restored_installation(tmp_path, settings):
    hire("ana@x.example", name="Ana", role="owner", by=None)
    (settings.DATA / "push_key.pem").write_bytes(b"the key that they know")
    keeping.backup(tmp_path / "kept.amends")
    (settings.DATA / "push_key.pem").unlink()
    keeping.restore(tmp_path / "kept.amends", over=True)
    written = settings.DATA / "push_key.pem"
    assert written.read_bytes() == b"the key that they know"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_rows_made_after_a_restore_get_new_numbers(kept):
    path, _ = kept
    keeping.restore(path, over=True)
    assert (
        hire("mo@x.example", name="Mo", role="owner", by=None).pk
        > Person.objects.get(name="Ana").pk
    )


def test_nothing_is_replaced_unasked(kept):
    with pytest.raises(keeping.Unfit, match="--yes"):
        keeping.restore(kept[0])


def test_a_running_installation_is_not_replaced(kept):
    heartbeat.beat("clock", at=now())
    with pytest.raises(keeping.Unfit, match="running"):
        keeping.restore(kept[0], over=True)


def test_a_backup_of_the_other_engine_is_refused(kept, monkeypatch):
    monkeypatch.setattr(connection, "vendor", "oracle")
    with pytest.raises(keeping.Unfit, match="oracle"):
        keeping.restore(kept[0], over=True)


def test_what_is_no_backup_is_refused(tmp_path):
    with tarfile.open(tmp_path / "odd", "w:gz") as archive:
        archive.add(__file__, "hello.py")
    with pytest.raises(keeping.Unfit, match="no backup"):
        keeping.restore(tmp_path / "odd")


def test_a_failed_backup_leaves_the_earlier_one_as_it_was(kept, monkeypatch):
    path, _ = kept
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "_add_bytes", full)
    with pytest.raises(OSError, match="space"):
        keeping.backup(path)
    assert path.read_bytes() == before
    assert list(path.parent.glob(".*.part")) == []
