import pytest

from amends.recovery.reading import Meaning, meaning_of


@pytest.mark.parametrize(
    "words",
    [
        "Thank you!",
        "Thanks so much Ana, that was kind.",
        "Much appreciated.",
        "Merci beaucoup",
        "Cheers, see you on Friday",
    ],
)
def test_thanks_alone_are_thanks(words):
    assert meaning_of(words) is Meaning.THANKS


@pytest.mark.parametrize(
    "words",
    [
        "It is not fixed.",
        "It isn't fixed",
        "it still doesn't work",
        "The lamp is still broken, thank you very much.",
        "Thanks, but the refund has not arrived",
        "It broke again on Tuesday",
        "My parcel never arrived.",
        "This has not been put right",
        "I still haven't received it",
        "the plate wasn’t repaired",
    ],
)
def test_not_fixed_is_heard_even_with_thanks_around_it(words):
    assert meaning_of(words) is Meaning.NOT_FIXED


@pytest.mark.parametrize(
    "words",
    [
        "When do you open on Sunday?",
        "Thank you, but could you send it to my office?",
        "No thanks.",
        "I would rather have the juice.",
        "Thanks. " + "There is one more thing I have to tell you about that morning. " * 3,
        "",
    ],
)
def test_anything_else_is_for_a_person_to_answer(words):
    assert meaning_of(words) is Meaning.SOMETHING
