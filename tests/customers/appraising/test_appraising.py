from datetime import timedelta

import pytest

from amends.customers.appraisal import Appraisal
from amends.customers.appraising import refresh
from amends.customers.models import Rhythm, Worth
from amends.worth.rung import Rung
from tests import cast
from tests.customers.town_of_buyers import AS_OF, buyers

pytestmark = pytest.mark.django_db


def test_s0_17_who_buys_often_and_lately_is_likely_with_us_and_worth_more(terms):
    buyers(400)
    refresh()
    regular = Worth.objects.filter(customer__rhythm__purchases__gte=8).order_by("-p_alive").first()
    gone = (
        Worth.objects.filter(customer__rhythm__purchases__gte=5, overdue__lt=0.01)
        .order_by("p_alive")
        .first()
    )
    assert regular.p_alive > 0.8 > gone.p_alive
    assert 0 <= regular.low < regular.amount < regular.high
    assert gone.amount < regular.amount
    assert gone.low == 0


def test_without_the_owners_figures_there_are_chances_and_no_sums():
    buyers(400)
    appraisal = refresh()
    assert Rung(appraisal.rung).has_figures
    assert Worth.objects.exclude(p_alive=None).count() == 400
    assert not Worth.objects.exclude(amount=None).exists()


def test_too_short_a_history_gives_no_figure_and_says_so(terms):
    buyers(15)
    assert refresh().rung == Rung.COUNTED
    assert Worth.objects.filter(p_alive=None, amount=None, rung=Rung.COUNTED).count() == 15


def test_where_nobody_ever_bought_nothing_is_reckoned(terms):
    cast.finch()
    assert refresh() is None
    assert not Appraisal.objects.exists()


def test_who_has_only_just_come_is_as_any_newcomer(terms):
    customers = buyers(400)
    Rhythm.objects.filter(customer=customers[0]).update(
        purchases=1, first_on=AS_OF - timedelta(days=1), last_on=AS_OF - timedelta(days=1)
    )
    refresh()
    assert Worth.objects.get(customer=customers[0]).rung == Rung.NEWCOMER
