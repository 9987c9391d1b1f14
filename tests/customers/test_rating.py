"""So many stars of so many."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from amends.customers.rating import Rating
from amends.kit.clock import now
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def rated(number="R-1", **told):
    known = {"customer": cast.finch(), "score": Decimal(2), "at": now(), **told}
    return Rating.told(outside_id=number, **known)


def test_a_rating_is_known_by_its_number_and_told_again_it_is_corrected():
    first, is_new = rated(words="It came late.")
    assert (str(first), first.best, is_new) == ("2 of 5", 5, True)
    again, is_new = rated(score=Decimal("3.5"))
    assert (str(again), again.words, is_new) == ("3.5 of 5", "It came late.", False)


def test_a_score_lies_between_nothing_and_the_best():
    with pytest.raises(IntegrityError):
        rated(score=Decimal(6))


def test_a_rating_is_seen_where_it_was_given():
    wells = cast.place("larder-wells")
    cleo = cast.person("Cleo Dunn", at=wells)
    rated("R-1", place=cast.place())
    rated("R-2", place=wells)
    order = journey.order(customer=cast.finch(), outside_id="A-1")
    rated("R-3", order=order)
    seen = Rating.objects.visible_to
    assert {one.outside_id for one in seen(cast.ana())} == {"R-1", "R-3"}
    assert {one.outside_id for one in seen(cleo)} == {"R-2"}
    assert seen(cast.olive()).count() == 3
