"""Stars, told once or many times."""

from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_rating_is_corrected_and_its_giver_is_known_at_the_place():
    finch = cast.finch(place=None)
    told = {"customer": finch, "outside_id": "R-1", "at": now(), "place": cast.place()}
    journey.rate(**told, score=Decimal(2), words="Late")
    rating = journey.rate(**told, score=Decimal(4), words=None)
    assert (str(rating), rating.words) == ("4 of 5", "Late")
    assert cast.place() in finch.places.all()
