from datetime import timedelta

import pytest

from amends.customers.appraisal import Appraisal
from amends.customers.appraising import refresh
from amends.customers.models import Rhythm
from tests.customers.town_of_buyers import buyers, shoppers

pytestmark = pytest.mark.django_db


def test_forecasts_as_if_it_were_earlier_are_set_against_what_happened():
    shoppers(700)
    looked = refresh().figures["looked_back"]
    assert {one["model"] for one in looked["trials"]} == {"mbg", "pareto"}
    assert len({one["cut"] for one in looked["trials"]}) >= 2
    for one in looked["trials"]:
        assert one["auc_expected"] > 0.6
        assert 0.7 < one["covered"] <= 1
    points = looked["picture"]["points"]
    assert [one["actual"] for one in points] == sorted(one["actual"] for one in points)
    assert all(one["low"] < one["forecast"] < one["high"] for one in points)


def test_four_weeks_are_given_before_looking_again():
    shoppers(700)
    first = refresh()
    latest = Rhythm.objects.order_by("-last_on").first()
    Rhythm.objects.filter(pk=latest.pk).update(last_on=latest.last_on + timedelta(days=9))
    second = refresh()
    assert second.as_of > first.as_of
    assert second.figures["looked_back"] == first.figures["looked_back"]


def test_rhythms_without_their_orders_are_no_reason_to_fail():
    """What was brought in as a summary alone can be reckoned with, and not looked back on."""
    buyers(700)
    assert refresh().figures["looked_back"] == {}
    assert Appraisal.last().model == "mbg"
