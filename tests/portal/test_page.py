import pytest

from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_smoke(holder):
    for make in (cast.heard, cast.understood, cast.sorry, cast.wished, cast.agreed, cast.put_right):
        page = holder(make())
        response = page.see()
        assert response.status_code == 200
    offer = cast.offered()
    page = holder(offer.recovery)
    assert "Yes, please" in page.reads()
    assert page.reads("my-data/")
    assert page.see("my-data.json").json()
    assert page.see("leave-me-be/").status_code == 200
