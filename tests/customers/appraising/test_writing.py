from datetime import timedelta
from decimal import Decimal

import pytest

from amends.customers.appraising import refresh
from amends.customers.models import Rhythm, Worth
from tests.customers.town_of_buyers import AS_OF, buyers

pytestmark = pytest.mark.django_db


def test_a_second_night_writes_only_what_says_something_new(terms):
    buyers(400)
    first = refresh()
    assert Worth.objects.filter(as_of=first.as_of).count() == 400
    came = Rhythm.objects.filter(purchases__gte=3).first()
    came.last_on = last = first.as_of + timedelta(days=1)
    came.purchases += 1
    came.save()
    refresh()
    anew = Worth.objects.filter(as_of=last)
    assert came.customer.worth in anew
    assert anew.count() < 100


def test_at_a_new_quarter_what_they_were_worth_is_remembered(terms):
    buyers(300)
    refresh()
    first = Worth.objects.order_by("-amount").first()
    Rhythm.objects.filter(customer=first.customer).update(last_on=AS_OF + timedelta(days=32))
    refresh()
    again = Worth.objects.get(pk=first.pk)
    assert again.amount_before == first.amount
    assert isinstance(again.amount, Decimal)
