import pytest

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
