from datetime import date

import pytest

from amends.customers.appraising.elsewhere import summed_up
from amends.customers.customer import AddressKind, Customer
from amends.worth.summarise import Columns, local

pytestmark = pytest.mark.django_db
ROWS = """customer,day,amount
A1,2026-01-05,10
A1,2026-01-05,5
A1,2026-02-04,20
A1,2026-03-06,40
B2,2026-01-09,10
C3,2026-01-09,10
C3,2026-04-09,12
"""


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "orders.csv"
    made.write_text(ROWS)
    return made


def book_of(file):
    with local(memory="200MB") as engine:
        return summed_up(file, engine=engine, columns=Columns())


def test_those_we_know_by_their_number_stand_in_the_book(file):
    known = Customer.met(name="Robert Finch", outside_id="A1")
    summary, book = book_of(file)
    assert summary.histories.customers == 3
    assert list(book.keys) == [known.pk]
    assert (book.x[0], book.t_x[0], book.T[0], book.mean[0]) == (2, 60, 94, 30)
    assert book.as_of == date(2026, 4, 9)


def test_one_customer_with_two_numbers_stands_there_once(file):
    known = Customer.met(name="Robert Finch", outside_id="A1")
    known.reachable_at(AddressKind.ID, "C3")
    assert list(book_of(file)[1].keys) == [known.pk]


def test_where_we_know_nobody_there_is_no_book(file):
    assert book_of(file)[1] is None
