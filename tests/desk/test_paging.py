import pytest

from amends.customers.models import Customer
from amends.desk.paging import stretch

pytestmark = pytest.mark.django_db


def people(*names):
    for name in names:
        Customer.objects.create(name=name)


def walked(key, size):
    after, seen = "", []
    while True:
        page = stretch(Customer.objects.all(), key=key, after=after, size=size)
        seen += [customer.name for customer in page.rows]
        if not page.after:
            return seen
        after = page.after


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_row_comes_once_however_long_the_stretch(size):
    people("Dee", "Ann", "Bea", "Ann", "Cal", "Bea", "Ann")
    assert walked("name", size) == ["Ann", "Ann", "Ann", "Bea", "Bea", "Cal", "Dee"]
    assert walked("-name", size) == ["Dee", "Cal", "Bea", "Bea", "Ann", "Ann", "Ann"]


def test_a_row_that_comes_in_meanwhile_shifts_nothing():
    people("Bea", "Cal", "Dee")
    page = stretch(Customer.objects.all(), key="name", size=2)
    people("Ann")
    rest = stretch(Customer.objects.all(), key="name", after=page.after, size=2)
    assert [customer.name for customer in rest.rows] == ["Dee"]


@pytest.mark.parametrize("spoilt", ["nothing", "W10", "bnVsbA", "=", "WzEsIjIiLDNd", "é"])
def test_a_spoilt_address_begins_at_the_beginning(spoilt):
    people("Ann", "Bea")
    rows = stretch(Customer.objects.all(), key="known_since", after=spoilt).rows
    assert [customer.name for customer in rows] == ["Ann", "Bea"]
