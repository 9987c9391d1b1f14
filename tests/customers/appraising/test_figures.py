import pytest

from amends.customers.appraising import refresh
from amends.customers.models import Worth
from tests.customers.town_of_buyers import buyers

pytestmark = pytest.mark.django_db


def test_money_in_two_currencies_is_never_added_up(terms):
    buyers(300)
    abroad = buyers(300, currency="EUR", seed=2)
    refresh()
    assert Worth.objects.get(customer=abroad[0]).currency == "EUR"
    assert Worth.objects.filter(currency="EUR").exclude(amount=None).count() == 300


def test_a_wider_margin_makes_every_sum_larger_and_no_chance_other(terms):
    buyers(300)
    refresh()
    narrow = Worth.objects.order_by("-amount").first()
    terms.margin_percent = 80
    terms.save()
    refresh()
    wide = Worth.objects.get(pk=narrow.pk)
    assert float(wide.amount) == pytest.approx(2 * float(narrow.amount), rel=1e-3)
    assert wide.p_alive == narrow.p_alive


def test_a_typical_new_customer_is_kept_with_its_range(terms):
    buyers(300)
    figures = refresh().figures
    (typical,) = figures["newcomer"].values()
    assert 0 <= typical["low"] < typical["amount"] < typical["high"]
    assert all(0 < share < 1 for share in figures["again"])
