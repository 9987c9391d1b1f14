import pytest

from amends.kit.sealing import Broken, seal, unseal


def test_a_sealed_secret_is_read_again_and_shows_nothing():
    sealed = seal("correct horse", purpose="mailbox")
    assert "horse" not in sealed
    assert unseal(sealed, purpose="mailbox") == "correct horse"
    assert seal("correct horse", purpose="mailbox") != sealed


def test_nothing_stays_nothing():
    assert seal("", purpose="mailbox") == ""
    assert unseal("", purpose="mailbox") == ""


def test_it_is_read_for_its_own_purpose_only():
    with pytest.raises(Broken):
        unseal(seal("correct horse", purpose="mailbox"), purpose="letters")


def test_another_key_reads_nothing_and_says_so_without_the_secret(settings):
    sealed = seal("correct horse", purpose="mailbox")
    settings.SECRET_KEY = "another key, such as after a restore without it"
    with pytest.raises(Broken) as no:
        unseal(sealed, purpose="mailbox")
    assert "horse" not in str(no.value)
    assert sealed not in str(no.value)


@pytest.mark.parametrize("touched", ["x", "é", "gAAAAA==", "\0"])
def test_what_was_touched_is_refused(touched):
    with pytest.raises(Broken):
        unseal(touched, purpose="mailbox")
