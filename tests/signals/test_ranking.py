"""Each order held against its customer's own history."""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from amends.customers.models import Order, Worth
from amends.kit.clock import now
from amends.signals.ranking import ranked, suffered
from tests.signals import shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LONDON = ZoneInfo("Europe/London")


def rank(rows):
    return [row for row, _ in ranked(rows, at=now(), zone=LONDON)]


def test_what_they_lived_is_read_from_their_orders():
    judith = shop.customer()
    usual = shop.order(of=judith, ordered_at=now() - timedelta(days=90), amount=Decimal(20))
    treat = shop.order(of=judith, promised=-6, came=None, amount=Decimal(80))
    lived = suffered(treat, [usual], at=now(), zone=LONDON)
    assert (lived.days_late, lived.never_came, lived.cancelled) == (6, True, False)
    assert (lived.price, lived.usual_price) == (80, 20)
    assert (lived.orders_before, lived.troubles_before) == (1, 1)


def test_a_past_day_knows_nothing_of_what_came_later():
    late = shop.order(promised=-6, came=-1, cancelled_at=None)
    then = now() - timedelta(days=3)
    assert suffered(late, [], at=then, zone=LONDON).never_came
    assert not suffered(late, [], at=now(), zone=LONDON).never_came


def test_other_money_is_not_compared():
    judith = shop.customer()
    pounds = shop.order(of=judith, amount=Decimal(20))
    yen = shop.order(of=judith, amount=Decimal(4_000), currency="JPY")
    assert suffered(yen, [pounds], at=now(), zone=LONDON).usual_price == 0


def test_whoever_was_let_down_before_comes_before_whoever_was_not():
    once, again = shop.customer("Once Only"), shop.customer("Again Now")
    for who in (once, again):
        days = 3 if who is again else -3
        came = now() - timedelta(days=100 - days)
        promised = (now() - timedelta(days=100)).date()
        shop.order(
            of=who,
            ordered_at=now() - timedelta(days=110),
            promised_on=promised,
            delivered_at=came,
        )
    mild = shop.order(of=once, promised=-4)
    worse = shop.order(of=again, promised=-4)
    assert rank(Order.objects.filter(pk__in=[mild.pk, worse.pk])) == [worse, mild]


def test_fewer_stars_first_and_the_likeliest_gone_first():
    one, two = shop.customer("One Star"), shop.customer("Two Stars")
    stars = [shop.rating(of=two, score=2), shop.rating(of=one, score=1)]
    assert rank(stars) == stars[::-1]
    shop.worth(of=one, p_alive=0.25, amount=10, amount_before=900)
    shop.worth(of=two, p_alive=0.05, amount=10, amount_before=20)
    assert [worth.customer for worth in rank(Worth.objects.all())] == [two, one]
