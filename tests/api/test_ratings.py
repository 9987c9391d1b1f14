"""Stars from other programmes."""

import pytest

from amends.customers.rating import Rating
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FINCH = {"email": "robert@finch.example"}


def test_a_rating_is_known_by_its_number_and_brought_up_to_date(call):
    ana = call(cast.ana())
    told = {"id": "R-1", "customer": FINCH, "score": 2, "words": "It came late."}
    (first,) = ana.post("/ratings", told).json()["ratings"]
    (second,) = ana.post("/ratings", {"id": "R-1", "score": 7, "best": 10}).json()["ratings"]
    assert second["customer"] == first["customer"]
    assert (second["score"], second["best"], second["words"]) == ("7.00", 10, "It came late.")
    assert str(Rating.objects.get()) == "7 of 10"


def test_whose_order_it_was_is_known(call):
    order = journey.order(customer=cast.finch(), outside_id="A-1", place=cast.place())
    told = [{"id": "R-1", "order": "A-1", "score": 1}]
    (rating,) = call(cast.ana()).post("/ratings", told).json()["ratings"]
    assert (rating["order"], rating["customer"]) == ("A-1", order.customer.ref)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"score": 3}, "customer"),
        ({"score": 6, "customer": FINCH}, "score"),
        ({"score": -1, "customer": FINCH}, "score"),
        ({"score": 3, "order": "unknown"}, "order"),
        ({"customer": FINCH}, "score"),
    ],
)
def test_what_a_rating_lacks_is_named(call, told, field):
    answer = call(cast.ana()).post("/ratings", {"id": "R-1", **told})
    assert answer.status_code == 422
    assert field in answer.json()["errors"][0]["field"]
    assert not Rating.objects.exists()


def test_ratings_of_other_places_are_neither_seen_nor_overwritten(call):
    wells = cast.place("larder-wells")
    cleo = cast.person("Cleo Dunn", at=wells)
    journey.order(customer=cast.finch(), outside_id="A-1", place=cast.place())
    call(cast.ana()).post("/ratings", {"id": "R-1", "order": "A-1", "score": 1})
    stranger = call(cleo)
    assert stranger.post("/ratings", {"id": "R-1", "score": 5}).status_code == 403
    assert stranger.post("/ratings", {"id": "R-2", "order": "A-1", "score": 5}).status_code == 422
    assert call(cast.audrey()).post("/ratings", {"id": "R-3", "score": 5}).status_code == 403
    assert str(Rating.objects.get()) == "1 of 5"
