from amends.kit.refs import ALPHABET, new_ref


def test_a_reference_has_the_asked_length_and_only_letters_that_are_not_misread():
    assert all(len(new_ref(length)) == length for length in (1, 10, 26))
    assert set(new_ref(2_000)) == set(ALPHABET)
    assert not set("ilou") & set(ALPHABET)


def test_references_do_not_repeat():
    assert len({new_ref() for _ in range(10_000)}) == 10_000
