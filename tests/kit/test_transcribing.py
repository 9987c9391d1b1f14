"""Files from anywhere, made readable; or refused in a sentence."""

import gzip
import zipfile
from datetime import date, datetime, time

import pytest

from amends.kit import transcribing
from amends.kit.transcribing import Form, Unreadable, transcribe


def read(path, folder):
    plain = transcribe(path, folder)
    return plain.path.read_text(encoding="utf-8"), plain.form, plain.told


@pytest.mark.parametrize(
    ("raw", "text", "told"),
    [
        ("Zoë\n".encode(), "Zoë\n", "UTF-8"),
        ("Zoë\n".encode("cp1252"), "Zoë\n", "windows-1252"),
        ("Zoë\n".encode("utf-16"), "Zoë\n", "UTF-16"),
        (b"a\0b\n", "ab\n", "UTF-8 WITH NULS"),
        (gzip.compress("Zoë\n".encode("cp1252")), "Zoë\n", "windows-1252"),
    ],
    ids=["utf-8", "cp1252", "utf-16", "nuls", "packed"],
)
def test_letters_of_old_programmes_become_utf_8(tmp_path, raw, text, told):
    path = tmp_path / "brought"
    path.write_bytes(raw)
    folder = tmp_path / "folder"
    folder.mkdir()
    assert read(path, folder) == (text, Form.TEXT, told)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 and nothing more", "no spreadsheet"),
        (gzip.compress(b"a,b\n" * 9000)[:60], "ends too early"),
    ],
    ids=["empty", "no spreadsheet", "cut short"],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path, raw, why):
    path = tmp_path / "brought"
    path.write_bytes(raw)
    with pytest.raises(Unreadable, match=why):
        transcribe(path, tmp_path)
    with pytest.raises(Unreadable, match="no file"):
        transcribe(tmp_path / "elsewhere", tmp_path)


def test_a_packed_file_may_not_fill_the_disk(tmp_path, monkeypatch):
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * 4_000_000))
    monkeypatch.setattr(transcribing, "ROOM_LEFT", 10**9)
    with pytest.raises(Unreadable, match="larger than this disk"):
        transcribe(path, tmp_path)


def test_a_spreadsheet_that_unpacks_too_large_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 4_000_000)
    monkeypatch.setattr(transcribing, "LARGEST_SPREADSHEET", 1_000_000)
    with pytest.raises(Unreadable, match="save it as CSV"):
        transcribe(path, tmp_path)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "yes"),
        (datetime(2026, 5, 3, 9, 30), "2026-05-03 09:30:00"),
        (date(2026, 5, 3), "2026-05-03"),
        (time(9, 30), "09:30:00"),
        ("a\0b", "ab"),
    ],
)
def test_cells_of_a_spreadsheet_are_written_as_in_a_text_file(cell, text):
    assert transcribing._cell(cell) == text
