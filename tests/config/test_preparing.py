"""What is made ready before anything runs."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from amends.config import preparing


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.STATIC_ROOT = settings.DATA / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    return settings.DATA


@pytest.mark.django_db
def test_the_folder_is_made_for_its_owner_alone_with_the_style_sheets(folder):
    preparing.prepare()
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "static/staticfiles.json").exists()


@pytest.mark.django_db
def test_style_sheets_are_gathered_again_only_when_they_changed(folder, monkeypatch):
    preparing.prepare()
    made = (folder / "static/staticfiles.json").stat().st_mtime_ns
    preparing.prepare()
    assert (folder / "static/staticfiles.json").stat().st_mtime_ns == made
    (folder / "static.stamp").write_text("another version")
    preparing.prepare()
    assert (folder / "static/staticfiles.json").stat().st_mtime_ns != made


@pytest.mark.django_db
def test_a_database_from_the_future_is_refused(folder):
    MigrationRecorder.Migration.objects.create(app="people", name="9999_telepathy")
    with pytest.raises(preparing.TooNew, match="9999_telepathy"):
        preparing.prepare()
