"""How many of those we let down say so."""

import pytest

from amends.kit.clock import now
from amends.signals import opening
from amends.signals.voice import silent
from amends.signals.watching import start_with
from tests import cast
from tests.signals import shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s3_21_of_those_we_let_down_most_say_nothing():
    start_with()
    people = [shop.customer(f"Customer {n}") for n in range(5)]
    for who in people:
        shop.order(of=who)
    shop.order(of=people[0], short=True)
    shop.order(of=shop.customer("All Well"), promised=0, came=-1)
    cast.heard(customer=people[1])
    share = silent(at=now())
    assert (share.hits, share.n) == (4, 5)
    assert share.per_cent == ""


def test_what_we_saw_ourselves_is_not_their_word():
    opening.see_to_it(shop.signal(), by=cast.ana())
    assert (silent(at=now()).hits, silent(at=now()).n) == (1, 1)
