import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.customers.customer import Customer
from amends.customers.searching import INDEX
from amends.kit import word_index
from amends.kit.word_index import Begin

pytestmark = pytest.mark.django_db


def customers(*texts):
    return [Customer.objects.create(findable=text).pk for text in texts]


def found(*asked, most=10, before=0):
    return word_index.found(Customer, INDEX, list(asked), most=most, before=before)


def test_words_are_found_by_how_they_begin_or_whole_and_the_newest_come_first():
    ann, anna, bob = customers("ann moss", "anna moss", "bob moss")
    assert found([Begin("ann")]) == [anna, ann]
    assert found([Begin("ann", is_whole=True)]) == [ann]
    assert found([Begin("moss")], [Begin("bo"), Begin("anna")]) == [bob, anna]
    assert found([Begin("oss")]) == []


def test_as_many_as_wanted_and_on_from_there():
    one, two, three = customers("moss", "moss", "moss")
    assert found([Begin("moss")], most=2) == [three, two]
    assert found([Begin("moss")], most=2, before=two) == [one]


def test_what_changes_or_goes_is_no_longer_found():
    one, two = customers("ann", "ann")
    Customer.objects.filter(pk=one).update(findable="bea")
    Customer.objects.filter(pk=two).update(findable="")
    assert found([Begin("ann")]) == []
    assert found([Begin("bea")]) == [one]
    Customer.objects.filter(pk=one).delete()
    assert found([Begin("bea")]) == []


@pytest.mark.parametrize("typed", ["o'neil", 'say "moss', "back\\slash", "a & b | c", "*", "日本"])
def test_no_sign_has_a_meaning_of_its_own(typed):
    assert found([Begin(typed)]) == []


def test_asked_for_nothing_nothing_is_found():
    customers("ann")
    assert found() == []
    assert found([]) == []


def test_the_beginning_of_a_column_is_looked_up_whatever_the_letters():
    customers("zoë", "zoé", "z%")
    begins = word_index.starting_with("findable", "zo")
    assert Customer.objects.filter(begins).count() == 2
    assert Customer.objects.filter(word_index.starting_with("findable", "z%")).count() == 1


def test_which_of_many_beginnings_there_are():
    customers("robert", "zoë", "z")
    beginnings = ["rob", "robb", "zo", "z", "zo%", ""]
    assert word_index.begun(Customer, "findable", beginnings) == {"rob", "zo", "z", ""}
    assert word_index.begun(Customer, "findable", []) == set()


@pytest.mark.engines
@given(data=st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_found_is_exactly_what_reading_every_row_finds(data):
    """However few of the newest rows are walked before the index is asked."""
    word = st.text("abz1é", min_size=1, max_size=3)
    Customer.objects.all().delete()
    texts = data.draw(st.lists(st.lists(word, max_size=3).map(" ".join), max_size=12))
    keys = customers(*texts)
    begin = st.builds(Begin, word, st.booleans())
    asked = data.draw(st.lists(st.lists(begin, min_size=1, max_size=3), min_size=1, max_size=2))
    most, walked = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    before = data.draw(st.sampled_from([0, *keys]))
    with pytest.MonkeyPatch.context() as less:
        less.setattr(word_index, "WALKED", walked)
        less.setattr(word_index, "FOR_EACH", 0)
        assert found(*asked, most=most, before=before) == by_reading(
            zip(keys, texts, strict=True), asked, most=most, before=before
        )


def by_reading(rows, asked, *, most, before):
    def has(words, begin):
        return any(w == begin.word if begin.is_whole else w.startswith(begin.word) for w in words)

    return [
        key for key, text in reversed(list(rows))
        if (not before or key < before)
        and all(any(has(text.split(), begin) for begin in one) for one in asked)
    ][:most]  # fmt: skip
