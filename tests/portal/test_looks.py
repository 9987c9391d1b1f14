import pytest

from amends.portal.looks import look_of
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_accent_is_a_sheet_that_may_be_kept_for_ever(client):
    business = cast.business()
    response = client.get(look_of(business)["accent_url"])
    assert response["Content-Type"] == "text/css"
    assert "immutable" in response["Cache-Control"]
    assert "--accent" in response.content.decode()


def test_another_colour_has_another_address(client):
    business = cast.business()
    before = look_of(business)["accent_url"]
    business.accent = "#112233"
    assert look_of(business)["accent_url"] != before


def test_no_business_no_sheet(client, db):
    assert client.get("/portal/accent/nobody.css").status_code == 404
