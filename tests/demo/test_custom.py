import pytest

from amends import demo
from amends.customers.models import Customer, Order, Rhythm, Terms
from amends.demo import custom
from amends.kit.clock import now

pytestmark = pytest.mark.django_db


def test_a_town_has_a_past_the_same_each_time_and_none_of_it_in_the_future():
    custom.buy(demo.settle())
    assert Rhythm.objects.count() == 4 * custom.EACH
    regulars = Rhythm.objects.filter(purchases__gte=8).count()
    once = Rhythm.objects.filter(purchases=1).count()
    assert regulars > 20 < once
    assert not Order.objects.filter(ordered_at__gt=now()).exists()
    assert Terms.ours().are_set


def test_whoever_lives_in_the_town_is_found_by_name_also_with_a_slip():
    custom.buy(demo.settle())
    one = Customer.objects.filter(name__endswith=" Abbott").first()
    assert one in Customer.objects.matching(one.name)
    assert one in Customer.objects.matching("abott")


def test_some_orders_came_late_and_nobody_spoke_of_them():
    custom.buy(demo.settle())
    orders = Order.objects.exclude(delivered_at=None)
    late = [one for one in orders if one.delivered_at.date() > one.promised_on]
    assert 0.02 < len(late) / len(orders) < 0.15
