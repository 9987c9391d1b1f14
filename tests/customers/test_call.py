from datetime import timedelta

import pytest

from amends.customers.call import FORGOTTEN_AFTER, Call
from amends.kit.clock import now
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_call_rings_until_it_ends_or_is_forgotten():
    call = Call.objects.create(customer=cast.finch(), place=cast.place(), at=now())
    assert list(Call.objects.ringing(at=now())) == [call]
    assert not Call.objects.ringing(at=now() + FORGOTTEN_AFTER + timedelta(minutes=1)).exists()
    assert call.end(at=now())
    assert not call.end(at=now())
    assert not Call.objects.ringing(at=now()).exists()


def test_a_call_is_seen_where_it_came_in():
    call = Call.objects.create(customer=cast.finch(), place=cast.place(), at=now())
    assert list(Call.objects.visible_to(cast.ana())) == [call]
    assert not Call.objects.visible_to(cast.person("Sam", at=cast.place("larder-york"))).exists()
    assert list(Call.objects.visible_to(cast.olive())) == [call]
