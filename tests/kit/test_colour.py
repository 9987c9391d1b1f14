"""A business may choose any accent; its customers can always read the page."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from amends.kit.colour import WHITE, contrast, on_white, read, stylesheet

accents = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def tokens(sheet):
    light, dark = sheet.split("@media screen and (prefers-color-scheme: dark)")
    return [dict(re.findall(r"--([\w-]+): (#\w+);", part)) for part in (light, dark)]


def test_contrast_is_that_of_wcag():
    assert round(contrast(read("#000000"), read("#ffffff")), 2) == 21
    assert round(contrast(read("#767676"), read("#ffffff")), 2) == 4.54


@given(accents)
@example("#ffffff")
@example("#000000")
@example("#f2c230")
def test_words_in_any_accent_are_readable_light_and_dark(accent):
    for mode, surface in zip(tokens(stylesheet(accent)), ("#f8f4ec", "#2f2a25"), strict=True):
        assert contrast(read(mode["accent-text"]), read(surface)) >= 4.5
        assert contrast(read(mode["accent-text"]), read(mode["accent-soft"])) >= 4.5
        assert contrast(read(mode["accent"]), read(surface)) >= 4.5
        assert contrast(read(mode["accent-on"]), read(mode["accent-fill"])) >= 4.5
        assert contrast(read(mode["accent-on"]), read(mode["accent-press"])) >= 4.5
        assert contrast(read(mode["accent-edge"]), read(surface)) >= 3


def test_a_readable_accent_is_left_as_it_is():
    assert tokens(stylesheet("#2b5a4c"))[0]["accent"] == "#2b5a4c"


def test_a_bright_accent_still_fills_the_buttons():
    light, dark = tokens(stylesheet("#f2c230"))
    assert light["accent-fill"] == dark["accent-fill"] == "#f2c230"


@given(accents)
@example("#ffffff")
def test_letters_can_be_read_on_white_and_under_white(accent):
    assert contrast(read(on_white(accent)), WHITE) >= 4.5
