import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.kit.refs import ALPHABET
from amends.mailroom import addresses
from amends.mailroom.addresses import (
    address_for,
    desk_address,
    is_ours,
    letter_in,
    mark_of,
    message_id_for,
    thread_in,
    thread_in_mark,
)
from amends.mailroom.letter import Letter

REFS = st.text(ALPHABET, min_size=1, max_size=20)


@given(REFS)
def test_an_address_leads_to_its_thread_whatever_becomes_of_its_case(thread):
    address = address_for(thread)
    assert address.endswith("@amends.test")
    assert thread_in(address) == thread
    assert thread_in(address.upper()) == thread
    assert thread_in(f"  {address} ") == thread


@given(REFS, st.text(ALPHABET, min_size=16, max_size=16))
def test_cve_2026_47123_a_made_up_signature_is_refused(thread, guess):
    assert thread_in(f"desk+{thread}.{guess}@amends.test") is None
    assert letter_in(f"<{thread}.{guess}@amends.test>") is None
    assert thread_in_mark(f"<{thread}.{guess}@amends.test>") is None


@pytest.mark.parametrize("unsigned", ["desk+abc@amends.test", "desk+abc.@amends.test", "abc@x", ""])
def test_ghsa_8vm3_wwq4_ggfx_there_is_no_unsigned_fallback(unsigned):
    assert thread_in(unsigned) is None


def test_a_token_of_one_thread_is_not_good_for_another():
    token = address_for("abcde").split(".", 1)[1]
    assert thread_in(f"desk+abcdf.{token}") is None


def test_what_is_good_in_an_address_is_not_good_in_an_id():
    signed = address_for("abcde").removeprefix("desk+")
    assert letter_in(f"<{signed}>") is None
    assert thread_in_mark(f"<{signed}>") is None
    assert letter_in(mark_of("abcde")) is None


def test_an_address_holds_when_the_domain_was_changed_since(settings):
    before = address_for("abcde")
    settings.AMENDS_MAIL_DOMAIN = "elsewhere.test"
    assert thread_in(before) == "abcde"


def test_dj_90621f57_our_own_addresses_are_known():
    assert is_ours("Desk@AMENDS.test")
    assert is_ours(address_for("abcde"))
    assert not is_ours("desk+abcde.0000000000000000@amends.test")
    assert not is_ours("ana@amends.test")
    assert desk_address() == "desk@amends.test"


def test_freescout_2375_message_ids_are_random_and_signed():
    letter = Letter()
    assert letter_in(message_id_for(letter)) == letter.ref
    assert letter_in(message_id_for(letter).upper()) == letter.ref
    assert message_id_for(Letter()) != message_id_for(letter)


def test_addresses_fit_the_limits_of_mail_servers():
    longest = address_for("x" * 40).split("@")[0]
    assert len(longest) <= 64
    assert addresses.TOKEN.match(address_for("x" * 40))
