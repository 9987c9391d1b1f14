from hypothesis import given
from hypothesis import strategies as st

from amends.kit.refs import ALPHABET
from amends.kit.signing import LENGTH, sign, verify


@given(st.text(), st.text(max_size=20))
def test_a_signature_is_short_and_verifies(value, purpose):
    signature = sign(value, purpose)
    assert len(signature) == LENGTH
    assert set(signature) <= set(ALPHABET)
    assert verify(value, signature, purpose)


def test_a_signature_survives_a_change_of_case():
    signature = sign("7k3mq2", "address")
    assert verify("7K3MQ2", signature.upper(), "address")


def test_a_signature_for_one_purpose_or_value_is_refused_for_another():
    signature = sign("7k3mq2", "address")
    assert not verify("7k3mq2", signature, "message-id")
    assert not verify("7k3mq3", signature, "address")


@given(st.text())
def test_nobody_guesses_a_signature(guess):
    assert not verify("7k3mq2", guess, "address")


def test_another_key_makes_other_signatures(settings):
    signature = sign("7k3mq2", "address")
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]
    assert not verify("7k3mq2", signature, "address")
