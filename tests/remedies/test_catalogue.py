import pytest

from amends.remedies import catalogue
from amends.remedies.catalogue import NotYours
from amends.remedies.remedy import Kind, Remedy, Side
from tests import cast

pytestmark = pytest.mark.django_db


def test_an_owner_edits_what_may_be_given_and_nobody_else():
    told = {"kind": Kind.GIFT, "side": Side.EXTRA, "name": "A jar of marmalade"}
    made = catalogue.keep_remedy(None, by=cast.olive(), **told)
    catalogue.keep_remedy(made, by=cast.olive(), is_active=False)
    assert made not in Remedy.objects.offered_at(cast.place())
    with pytest.raises(NotYours):
        catalogue.keep_remedy(None, by=cast.mona(), **told)
    with pytest.raises(NotYours):
        catalogue.keep_rule(None, by=cast.mona(), name="Returns within 90 days")


def test_a_business_offers_its_own_and_what_is_for_everyone():
    catalogue.stock()
    other = cast.business("The Gift Shop")
    Remedy.objects.filter(name="Refund").update(business=other)
    names = Remedy.objects.offered_at(cast.place()).values_list("name", flat=True)
    assert "Refund" not in names
    assert "Exchange" in names
