import pytest

from amends.customers.customer import Customer
from amends.kit.blanking import blank, columns_of_words
from amends.recovery.timeline import Entry

pytestmark = pytest.mark.django_db


def test_words_go_and_what_a_row_is_known_by_stays():
    made = Customer.objects.create(name="Ida", values="Tea", wants="heard")
    other = Customer.objects.create(name="Jo")
    assert blank(Customer.objects.filter(pk=made.pk), keep={"values"}) == 1
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.name, made.values, made.wants) == ("", "Tea", "heard")
    assert made.ref
    assert other.name == "Jo"


def test_columns_of_words_are_those_that_anything_may_be_written_into():
    assert "name" in columns_of_words(Customer)
    assert not {"ref", "wants"} & set(columns_of_words(Customer))
    assert columns_of_words(Entry, keep={"hash", "actor"}) == ["words"]
