import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.charsets import clean, to_text

WORDS = {
    "utf-8": "Žluťoučký kůň — 日本語",
    "utf-16": "Straße",
    "utf-7": "café",
    "iso-8859-1": "Café réclamation",
    "iso-8859-2": "Příliš žluťoučký",
    "iso-8859-5": "Жалоба",
    "iso-8859-7": "παράπονο",
    "iso-8859-8": "תלונה",
    "iso-8859-9": "şikâyet",
    "iso-8859-15": "12 €",
    "windows-1250": "stížnost",
    "windows-1251": "жалоба",
    "windows-1252": "“quoted” – 5 €",
    "windows-1256": "شكوى",
    "koi8-r": "Холодный завтрак",
    "koi8-u": "скарга",
    "gb18030": "投诉",
    "big5": "客訴",
    "shift_jis": "苦情です",
    "euc-jp": "苦情です",
    "iso-2022-jp": "苦情です",
    "euc-kr": "불만",
    "tis-620": "ร้องเรียน",
    "macintosh": "réclamation",
}


@pytest.mark.parametrize("label", WORDS)
def test_dj_9_text_in_every_common_charset_is_read(label):
    """Guarantee 1."""
    codec = "mac_roman" if label == "macintosh" else label
    assert to_text(WORDS[label].encode(codec), label) == WORDS[label]
    assert to_text(WORDS[label].encode(codec), f' "{label.upper()}" ') == WORDS[label]


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("gb2312", "gb18030", "朱镕基"),  # 镕 is not in GB 2312
        ("ks_c_5601-1987", "cp949", "똠방각하"),
        ("shift_jis", "cp932", "①②"),
        ("iso-8859-1", "cp1252", "“Windows”"),
        ("iso-2022-jp", "utf-8", "※ 配送部"),
        ("iso-2022-jp", "cp932", "苦情です"),
        ("x-windows-949", "cp949", "똠방각하"),
        ("win-1251", "cp1251", "жалоба"),
        ("windows1252", "cp1252", "“so”"),
        ("dos-866", "cp866", "жалоба"),
        ("cp-850", "cp850", "grüße"),
        ("x-mac-cyrillic", "mac_cyrillic", "жалоба"),
        ("utf-8;format=flowed", "utf-8", "grüße"),
        ("korean", "cp949", "똠방각하"),
        ("big5", "cp950", "客訴裏"),
        ("us-ascii", "utf-8", "grüße"),
        ("unknown-8bit", "latin-1", "grüße"),
        ("x-nobody-knows", "utf-8", "grüße"),
        ("", "iso2022_jp", "苦情"),
    ],
)
def test_zammad_3115_freescout_4282_labels_mean_what_programmes_meant(label, codec, words):
    """Guarantee 1."""
    assert to_text(words.encode(codec), label) == words


def test_zammad_2176_stray_bytes_in_utf_8_are_rescued_and_the_rest_kept():
    """Guarantee 1."""
    assert to_text("grüße, ".encode() + b"caf\xe9 \x93so\x94", "utf-8") == "grüße, café “so”"


@pytest.mark.parametrize("label", ["unicode_escape", "idna", "punycode", "zip", "rot13", "hex"])
def test_codecs_that_are_no_charsets_change_nothing(label):
    assert to_text(rb"C:\new\table\x41 and \u0041", label) == r"C:\new\table\x41 and \u0041"


@given(st.binary(), st.one_of(st.sampled_from(sorted(WORDS)), st.text(max_size=20)))
def test_any_bytes_under_any_label_become_text(content, label):
    clean(to_text(content, label)).encode()


@given(st.text())
def test_zammad_1200_clean_text_fits_every_database(text):
    """Guarantee 1."""
    cleaned = clean(text + "\0\ud800\udfff\r\n")
    assert "\0" not in cleaned
    assert "\r" not in cleaned
    cleaned.encode()
    assert clean(cleaned) == cleaned


def test_zammad_5575_a_broken_emoji_does_not_take_the_rest_along():
    """Guarantee 1."""
    assert clean("so \ud83d sad") == "so \ufffd sad"
    assert clean("😡") == "😡"
