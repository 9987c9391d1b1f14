"""Pictures of a letter stand in their place, and come out of that letter alone."""

from contextlib import nullcontext
from io import BytesIO
from types import SimpleNamespace

from amends.mailroom.cleaning import clean_html
from amends.mailroom.pictures import MOST, in_place

PNG = b"\x89PNG\r\n\x1a\n" + b"dots"


def file(content: bytes = PNG, content_id: str = "logo@x.test"):
    return SimpleNamespace(
        content_id=content_id,
        size=len(content),
        open=lambda: nullcontext(BytesIO(content)),
    )


def shown(html: str, *files) -> str:
    return in_place(clean_html(html), files)


def test_a_picture_that_came_along_stands_in_its_place():
    """Guarantee 10."""
    html = shown('<p>See <img src="cid:Logo@x.test" alt="vase"></p>', file())
    assert 'src="data:image/png;base64,iVBORw0KGgpkb3Rz"' in html
    assert 'alt="vase"' in html
    assert "data:image/png" in shown('<img src="cid:a%20b&amp;c">', file(content_id="a b&c"))


def test_cve_2016_6127_only_pictures_by_their_own_bytes_stand_there():
    """Guarantee 10: an SVG or a page that calls itself a picture is a file to download."""
    for content in (b"<svg onload=alert(1)>", b"<script>", b"", b"%PDF-1.7"):
        assert "data:" not in shown('<img src="cid:logo@x.test">', file(content))


def test_what_did_not_come_with_the_letter_is_not_shown():
    """Guarantee 10."""
    assert "src=" not in shown('<img src="cid:other@x.test">', file())
    assert "src=" not in shown('<img src="data:image/png;base64,AAAA">', file())
    assert 'data-away="https://spy.test/x.png"' in shown('<img src="https://spy.test/x.png">')


def test_znuny_764_many_copies_of_one_picture_make_no_page_without_end():
    """Guarantee 10."""
    large = file(PNG + b"x" * (MOST // 3))
    assert shown('<img src="cid:logo@x.test">' * 43, large).count("data:image/png") == 2
