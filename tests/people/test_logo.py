from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from amends.people.logo import LARGEST, SIZE, NotALogo, redrawn


def picture(size=(900, 300), kind="JPEG"):
    drawn = BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind)
    return drawn.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_is_drawn_again_small_and_as_png(kind):
    with Image.open(BytesIO(redrawn(picture(kind=kind)))) as logo:
        assert logo.format == "PNG"
        assert logo.size == SIZE


def test_what_hides_behind_a_picture_is_left_behind():
    assert b"<script>" not in redrawn(picture() + b"<script>alert(1)</script>")


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"%PDF-1.7", picture()[:200], b"x" * (LARGEST + 1)]
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(NotALogo):
        redrawn(content)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_opened():
    with pytest.raises(NotALogo, match="too many pixels"):
        redrawn(picture(size=(5000, 5000)))


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff"]),
)
def test_any_bytes_are_drawn_or_refused(content, start):
    try:
        redrawn(start + content)
    except NotALogo as no:
        assert no.message
