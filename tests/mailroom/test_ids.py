from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.headers import ids
from amends.mailroom.ids import id_key, made_up_id

LOCAL = st.text(
    st.characters(codec="ascii", categories=["L", "N"], include_characters=".+=$_-"),
    min_size=1,
    max_size=60,
)
DOMAIN = st.text(
    st.characters(codec="ascii", categories=["L", "N"], include_characters=".-"),
    min_size=1,
    max_size=60,
)
BLANKS = st.text(st.sampled_from(" \t\r\n"), max_size=3)


@given(LOCAL, DOMAIN, BLANKS, BLANKS, BLANKS)
def test_zammad_pr_2063_one_spelling_whatever_stands_around_and_inside(local, domain, a, b, c):
    """Guarantee 3: blanks, brackets, folding and the case of the domain change nothing."""
    plain = id_key(f"<{local}@{domain}>")
    for spelled in (
        f"{a}<{b}{local}@{c}{domain}{a}>{b}",
        f"{local}@{domain}",
        f"<{local}@{domain.upper()}>",
        f"<{local}\r\n @{domain.lower()}>",
    ):
        assert id_key(spelled) == plain


@given(st.text(max_size=400))
def test_dj_6a0b3671_any_text_has_one_key_and_the_key_is_its_own(text):
    key = id_key(text)
    assert len(key) <= 255
    assert id_key(key) == key


def test_libredesk_550a3fa8_what_the_headers_give_and_what_is_stored_are_compared_alike():
    [found] = ids("  < Abc.1@Shop.\r\n Example >  ")
    assert id_key(found) == id_key("<Abc.1@shop.example>")
    assert id_key("<ABC.1@shop.example>") != id_key("<abc.1@shop.example>")


def test_endless_ids_are_told_apart():
    assert id_key("a" * 999 + "@x") != id_key("b" * 999 + "@x")


def test_a_message_without_an_id_gets_one_from_its_bytes():
    assert made_up_id("ab" * 32) == made_up_id("ab" * 32) != made_up_id("cd" * 32)
    assert ids(made_up_id("ab" * 32)) == [made_up_id("ab" * 32)]
