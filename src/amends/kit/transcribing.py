"""A file from anywhere, turned into one that can be read straight through: unpacked, in UTF-8, a
spreadsheet as comma-separated rows. What already is so is left where it lies."""

from __future__ import annotations

import codecs
import csv
import gzip
import shutil
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from amends.kit.errors import Impossible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEGABYTE = 1024 * 1024
LARGEST_SPREADSHEET = 400 * MEGABYTE  # unpacked: it can only be read as a whole
ROOM_LEFT = 4  # of the free disk, at most one part in so many
WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WESTERN = "windows-1252"


class Unreadable(Impossible):
    """A file of which nothing can be read at all. The words are for whoever brought it."""

    code = "unreadable"


class Form(StrEnum):
    TEXT = "text"
    JSON = "JSON"
    PARQUET = "Parquet"


class Plain(NamedTuple):
    """A file to be read straight through, and how the one that was brought is written."""

    path: Path
    form: Form
    told: str  # «windows-1252», «a spreadsheet, its sheet “Orders”»


def transcribe(path: Path, folder: Path) -> Plain:
    """`folder` is for what has to be written anew; it is the caller's to remove."""
    if not path.is_file():
        raise Unreadable(f"There is no file {path}.")
    with path.open("rb") as file:
        begins = file.read(8)
    if begins[:2] == b"\x1f\x8b":
        path = _unpacked(path, folder)
        with path.open("rb") as file:
            begins = file.read(8)
    if not begins:
        raise Unreadable("The file is empty.")
    if begins[:4] == b"PAR1":
        return Plain(path, Form.PARQUET, "Parquet")
    if begins[:4] == b"PK\x03\x04":
        return _spreadsheet(path, folder)
    text, encoding = _as_utf8(path, folder)
    is_json = begins.lstrip(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")
    return Plain(text, Form.JSON if is_json else Form.TEXT, encoding)


def _unpacked(path: Path, folder: Path) -> Path:
    room = shutil.disk_usage(folder).free // ROOM_LEFT
    plain = folder / "unpacked"
    try:
        with gzip.open(path) as packed, plain.open("wb") as file:
            while block := packed.read(MEGABYTE):
                room -= len(block)
                if room < 0:
                    raise Unreadable("Unpacked, the file is larger than this disk has room for.")
                file.write(block)
    except (OSError, EOFError, zlib.error) as trouble:
        raise Unreadable("The file ends too early, or is damaged: it cannot be unpacked.") from (
            trouble
        )
    return plain


def _as_utf8(path: Path, folder: Path) -> tuple[Path, str]:
    """Most files are UTF-8 and stay where they are; old programmes write Windows' western letters,
    and Excel at times UTF-16. A NUL is no letter."""
    with path.open("rb") as file:
        begins = file.read(4)
        encoding = next((name for mark, name in WIDE if begins.startswith(mark)), "")
        file.seek(0)
        encoding = encoding or _encoding_of(file)
        if encoding == "utf-8":
            return path, "UTF-8"
        file.seek(0)
        plain = folder / "transcribed"
        with plain.open("w", encoding="utf-8", newline="") as out:
            for text in _letters(file, encoding.removesuffix(" with NULs")):
                out.write(text.replace("\0", ""))
    return plain, encoding.upper() if encoding.startswith("utf") else encoding


def _encoding_of(file: BinaryIO) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_nuls = False
    try:
        while block := file.read(MEGABYTE):
            decoder.decode(block)
            has_nuls = has_nuls or b"\0" in block
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return WESTERN
    return "utf-8 with NULs" if has_nuls else "utf-8"


def _letters(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Of the bytes that stand for nothing in an encoding, a mark is left."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    while block := file.read(MEGABYTE):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _spreadsheet(path: Path, folder: Path) -> Plain:
    """Its first sheet that holds anything."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > LARGEST_SPREADSHEET:
            raise Unreadable("This spreadsheet is too large to be read: save it as CSV.")
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height > 1:
                break
        else:
            raise Unreadable("No sheet of this file holds any rows.")
        plain = folder / "sheet.csv"
        with plain.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_cell(cell) for cell in row] for row in sheet.iter_rows())
    except (CalamineError, zipfile.BadZipFile, OSError, EOFError) as trouble:
        raise Unreadable("This is no spreadsheet that can be read: save it as CSV.") from trouble
    return Plain(plain, Form.TEXT, f"a spreadsheet, its sheet “{name}”")


def _cell(cell: object) -> str:
    """As it would be written in a text file: moments with their year first, 12.0 as 12."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).replace("\0", "")
