import pytest

from amends.customers.visit import AlreadyGreeted, Visit
from amends.kit.clock import now
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_of_two_who_greet_one_is_told_that_it_was_done():
    visit = Visit.objects.create(customer=cast.finch(), place=cast.place(), arrived_at=now())
    visit.greet(by=cast.ana(), at=now())
    with pytest.raises(AlreadyGreeted, match="Ana"):
        visit.greet(by=cast.ben(), at=now())


def test_who_is_here_and_who_is_expected():
    here = Visit.objects.create(customer=cast.finch(), place=cast.place(), arrived_at=now())
    Visit.objects.create(customer=cast.finch(), place=cast.place(), expected_at=now())
    assert Visit.objects.here(at=now()).get() == here
    assert Visit.objects.between(now(), now()).count() == 2
    here.leave(at=now())
    assert not Visit.objects.here(at=now()).exists()
    assert Visit.objects.visible_to(cast.ana()).count() == 2


@pytest.mark.parametrize(("table", "where"), [("7", "table 7"), ("By the window", "By the window")])
def test_a_table_is_told_as_people_say_it(table, where):
    assert Visit(table=table).where == where
