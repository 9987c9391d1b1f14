from datetime import date
from decimal import Decimal

import pytest

from amends.customers.customer import Customer
from amends.customers.terms import Terms
from amends.customers.worth import Worth, quarrel_over
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def robert() -> Customer:
    customer = cast.finch()
    Worth.objects.create(
        customer=customer,
        as_of=date(2026, 3, 1),
        rung="compared",
        amount=Decimal(4000),
        currency="GBP",
    )
    return customer


def over(amount, customer, currency="GBP"):
    return quarrel_over(amount, customer=customer, currency=currency)


def test_s0_18_thirty_beside_four_thousand_are_told_together_with_their_ratio(robert):
    quarrel = over(Decimal(30), robert)
    assert (quarrel.amount, quarrel.worth, quarrel.times) == (Decimal(30), Decimal(4000), 133)


def test_a_sum_that_matters_is_no_quarrel(robert):
    assert over(Decimal(300), robert) is None
    assert over(None, robert) is None


def test_the_owner_says_what_is_small(robert):
    Terms.objects.create(quarrel_percent=Decimal(10))
    assert over(Decimal(300), robert)


def test_sums_in_two_currencies_are_not_compared(robert):
    assert over(Decimal(30), robert, currency="EUR") is None


def test_t11_nobody_is_worth_a_number_from_nowhere():
    assert over(Decimal(30), cast.finch()) is None
