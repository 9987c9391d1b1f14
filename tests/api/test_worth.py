import pytest

from tests import cast
from tests.desk.test_worth import a_regular

pytestmark = pytest.mark.django_db


def test_the_worth_of_a_customer_is_told_with_its_range(call):
    finch = cast.finch()
    a_regular(finch)
    told = call(cast.ana()).get(f"/customers/{finch.ref}/worth").json()
    assert (told["amount"], told["low"], told["high"]) == ("2200.00", "1874.00", "2612.00")
    assert (told["currency"], told["years"], told["purchases"]) == ("GBP", 10, 12)
    assert told["p_alive"] == 0.83
    assert told["said"].startswith("Learnt from your customers")


def test_of_somebody_unknown_nothing_is_invented(call):
    finch = cast.finch()
    told = call(cast.ana()).get(f"/customers/{finch.ref}/worth").json()
    assert (told["amount"], told["p_alive"], told["rung"]) == (None, None, "unknown")


def test_customers_of_other_places_are_not_there(call):
    finch = cast.finch()
    una = cast.person("Una York", at=cast.place("larder-york"))
    assert call(una).get(f"/customers/{finch.ref}/worth").status_code == 404
