import pytest

from amends.remedies import catalogue
from amends.remedies.remedy import MONEY, Kind, Remedy, Side
from tests import cast

pytestmark = pytest.mark.django_db


def test_s3_09_s4_13_the_catalogue_has_an_exchange_and_thanks_for_the_second_trip():
    catalogue.stock()
    assert Remedy.objects.filter(kind=Kind.EXCHANGE, side=Side.PUT_BACK).exists()
    assert Remedy.objects.filter(kind=Kind.SECOND_TRIP, side=Side.EXTRA).exists()


def test_s1_07_s2_15_most_of_what_heals_is_not_money():
    catalogue.stock()
    free = Remedy.objects.offered_at(cast.place()).exclude(kind__in=MONEY)
    assert not any(remedy.is_money for remedy in free)
    assert {Kind.REFUND, Kind.CREDIT} < MONEY
    assert free.count() > Remedy.objects.filter(kind__in=MONEY).count()
