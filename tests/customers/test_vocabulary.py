import pytest

from amends.customers.vocabulary import Word
from amends.kit.word_index import Begin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known():
    Word.learn(
        ["robert", "finch", "lüdenscheidt", "roberta", "example", "2079460000", "c100234", "ida"]
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("robret", ["robert"]),
        ("fnich", ["finch"]),
        ("finhc", ["finch"]),
        ("exmaple", ["example"]),
        ("2079460001", ["2079460000"]),
        ("c100324", ["c100234"]),
        ("lüdenschiedt", ["lüdenscheidt"]),
        ("ludenscheit", []),
        ("lüdensheit", ["lüdenscheidt"]),  # two slips in a long word
        ("zebra", []),
        ("iad", []),  # in so short a word every slip leads to another
    ],
)
def test_a_slip_leads_to_the_word_that_was_meant(typed, meant):
    assert [begin.word for begin in Word.meant_by(typed)] == meant


def test_the_word_that_is_still_typed_counts_by_its_beginning():
    assert Word.meant_by("exmap") == []
    assert Word.meant_by("exmap", is_last=True) == [Begin("examp")]


def test_a_word_is_learnt_once():
    Word.learn(["finch", "finch", "robert"])
    assert Word.objects.filter(word="finch").count() == 1
    assert Word.knows("fin")
    assert not Word.knows("zeb")


def test_many_are_learnt_at_once(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        Word.learn(f"word{number}" for number in range(1_600))
    assert Word.knows("word799")
