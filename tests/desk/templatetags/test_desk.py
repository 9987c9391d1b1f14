import pytest

from amends.recovery import journey
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_notices_ride_on_pages_of_every_kind(ana):
    recovery = cast.heard()
    journey.customer_wrote(recovery, words="Are you there?", channel="page")
    page = ana.get(f"/desk/recoveries/{recovery.ref}/").content.decode()
    assert "Robert Finch wrote to us." in page
    assert page.count('id="now"') == 1
