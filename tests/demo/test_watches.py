import pytest

from amends import demo
from amends.demo import watches
from amends.signals.models import Signal, Watch

pytestmark = pytest.mark.django_db


def test_the_sample_has_quiet_customers_to_look_at():
    town = demo.settle()
    demo.buy(town)
    assert 0 < watches.watch(town) <= 6
    assert set(Watch.objects.filter(is_on=True).values_list("sees", flat=True)) == {
        "late",
        "missing",
    }
    assert "has not said a word" in Signal.objects.first().why
