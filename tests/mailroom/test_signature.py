import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.signature import DELIMITER, parted

WORDS = "The plate came chipped.\nPlease call me."


@pytest.mark.parametrize(
    ("below", "signature"),
    [
        ("-- \nAna Lima\nLong Lane 12", "Ana Lima\nLong Lane 12"),
        ("--\nAna", "Ana"),
        ("—\nAna", "Ana"),
        ("__\nAna", "Ana"),
        ("Sent from my iPhone", "Sent from my iPhone"),
        (
            "Get Outlook for iOS<https://aka.ms/o0ukef>",
            "Get Outlook for iOS<https://aka.ms/o0ukef>",
        ),
        ("Get Outlook for iOS\n<https://aka.ms/o>", "Get Outlook for iOS\n<https://aka.ms/o>"),
        ("Von meinem iPhone gesendet", "Von meinem iPhone gesendet"),
        ("Envoyé de mon iPhone", "Envoyé de mon iPhone"),
        ("Enviado desde mi iPhone", "Enviado desde mi iPhone"),
        ("Inviato da iPhone", "Inviato da iPhone"),
        ("Verzonden vanaf mijn iPhone", "Verzonden vanaf mijn iPhone"),
        ("Skickat från min iPhone", "Skickat från min iPhone"),
        ("Отправлено с iPhone", "Отправлено с iPhone"),
        ("iPhoneから送信", "iPhoneから送信"),
        ("发自我的iPhone", "发自我的iPhone"),
        ("나의 iPhone에서 보냄", "나의 iPhone에서 보냄"),
        ("Sent from my iPhone\n\n-- \nAna", "Sent from my iPhone\n\n-- \nAna"),
        ("-- \nAna\n\nSent from my iPhone", "Ana\n\nSent from my iPhone"),
        ("—————\nAna\n📧 ana@x.test", "Ana\n📧 ana@x.test"),
        ("Ana Lima\nvia mobile", "Ana Lima\nvia mobile"),
    ],
)
def test_a_signature_is_kept_apart(below, signature):
    """Guarantee 9."""
    assert parted(f"{WORDS}\n\n{below}\n", name="Ana  LIMA") == (WORDS, signature)


@pytest.mark.parametrize(
    "text",
    [
        "one\n-- \n" + "and a long list of further wishes\n" * 40,
        "-- \nAna Lima",
        "The vase is broken.\n--\nAlso the delivery came late, and nobody called.",
        "The vase is broken.\n\nAna Lima\nPS: my sister's birthday is on Friday!",
        "Sent from my iPhone",
        "I was sent from the desk to the bar",
        "Sent from the bar to the desk and back again.\nThen home.",
        "Here I am\n\nSent from my desk, is much easier than my telephone.",
        "Ana Lima",
        "I am\nAna Lima\nand I complain",
        "one\n- two\n-- three",
        "> quoted\n--\n> Ana",
    ],
)
def test_osticket_1_7_787_where_in_doubt_it_is_words(text):
    """Guarantee 9: a signature is parted only when words remain above it."""
    assert parted(text, name="Ana Lima") == (text.strip(), "")


def test_mailstrip_5_a_mark_without_newline_at_the_end():
    """Guarantee 9."""
    assert parted(f"{WORDS}\n--") == (WORDS, "")


def test_a_pgp_signature_is_no_word():
    seal = (
        "-----BEGIN PGP SIGNATURE-----\n"
        + "iQEzBAEBCAAdFiEE\n" * 20
        + "-----END PGP SIGNATURE-----"
    )
    assert parted(f"{WORDS}\n\n{seal}\n") == (WORDS, seal)


@given(st.text(), st.text(max_size=10))
def test_no_line_is_lost_but_the_mark_itself(text, name):
    words, signature = parted(text, name=name)
    shown = {line.strip() for line in f"{words}\n{signature}".split("\n")}
    for line in text.split("\n"):
        assert line.strip() in shown or DELIMITER.fullmatch(line)
    assert bool(words) == bool(text.strip())
