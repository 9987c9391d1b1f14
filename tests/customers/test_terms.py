from decimal import Decimal

from amends.customers.terms import Terms


def test_s0_18_what_is_too_small_to_quarrel_over():
    terms = Terms(quarrel_percent=Decimal(5))
    assert terms.is_small(Decimal(30), beside=Decimal(2200))
    assert not terms.is_small(Decimal(300), beside=Decimal(2200))
    assert not terms.is_small(Decimal(0), beside=Decimal(2200))


def test_t11_without_margin_and_rate_there_are_no_terms():
    assert not Terms(margin_percent=Decimal(30)).are_set
    assert Terms(margin_percent=Decimal(30), rate_percent=Decimal(0)).are_set
