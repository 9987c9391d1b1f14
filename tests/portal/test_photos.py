import struct
import zlib

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from amends.portal import photos
from amends.portal.photos import MOST, NotAPhoto, WithPhotos, read_photo
from tests.portal.pictures import picture, script


def form(*files, kept=()):
    data = MultiValueDict({"kept": list(kept)})
    return WithPhotos(data, MultiValueDict({"photos": list(files)}))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_photo_is_known_by_what_it_is(kind):
    sent = picture("lies.txt", kind=kind)
    photo = read_photo("C:\\fake\\lies.txt", sent.read())
    assert photo.content_type == f"image/{kind.lower()}"
    assert photo.name == "lies.txt"


@given(st.binary(max_size=300))
def test_anything_else_is_refused_with_a_clear_word(content):
    with pytest.raises(NotAPhoto, match=r"bacon\.png is not a photo we can open"):
        read_photo("bacon.png", content)


def test_a_picture_that_would_fill_the_memory_is_refused():
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    bomb += struct.pack(">I", zlib.crc32(chunk)) + picture().read()[33:]
    with pytest.raises(NotAPhoto):
        read_photo("bomb.png", bomb)


def test_one_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(photos, "LARGEST", 10)
    with pytest.raises(NotAPhoto, match="larger"):
        read_photo("big.png", picture().read())


@pytest.mark.django_db
def test_a_bad_file_is_named_and_the_good_ones_are_kept():
    refused = form(picture("one.png"), script("two.png"))
    assert not refused.is_valid()
    assert "two.png is not a photo" in refused.errors["photos"][0]
    (kept,) = refused.kept()
    assert kept["name"] == "one.png"
    again = form(kept=[kept["value"]])
    assert again.is_valid()
    assert [photo.name for photo in again.cleaned_data["photos"]] == ["one.png"]


@pytest.mark.django_db
def test_nobody_can_ask_for_a_file_that_was_not_theirs():
    sent = form(picture("one.png"))
    assert sent.is_valid()
    (kept,) = sent.kept()
    forged = "0" * 16 + kept["value"][16:]
    for value in (forged, "nonsense", "a/b/c", "//"):
        again = form(kept=[value])
        assert again.is_valid()
        assert again.cleaned_data["photos"] == []


@pytest.mark.django_db
def test_too_many_are_asked_to_wait():
    refused = form(*[picture(f"{n}.png") for n in range(MOST + 1)])
    assert not refused.is_valid()
    assert len(list(refused.kept())) == MOST
