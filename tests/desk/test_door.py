import pytest
from django.urls import reverse

from amends.desk import urls
from tests import cast

pytestmark = pytest.mark.django_db


def addresses():
    for pattern in urls.urlpatterns:
        names = pattern.pattern.converters
        words = {
            name: 1 if type(x).__name__ == "IntConverter" else "x" for name, x in names.items()
        }
        yield reverse(f"desk:{pattern.name}", kwargs=words or None)


def test_no_page_of_the_desk_opens_to_a_stranger(client):
    for address in addresses():
        for answer in [client.get(address), client.post(address)]:
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/accounts/login/"), address


def test_an_auditor_sends_nothing_anywhere(client):
    client.force_login(cast.audrey())
    practice = reverse("desk:practice")  # which sends nothing either
    others = [address for address in addresses() if address != practice]
    assert {client.post(address).status_code for address in others} == {403}


def test_every_page_is_kept_out_of_shared_stores(client):
    client.force_login(cast.ana())
    answer = client.get("/desk/promises/")
    assert "no-store" in answer["Cache-Control"]


def test_times_are_told_in_the_time_of_ones_place(client, clock):
    """Nine in the morning in London is four in the morning in New York."""
    york = cast.place("larder-ny", name="The Larder, New York", timezone="America/New_York")
    cast.heard(customer=cast.finch(place=york), place=york, by=cast.person("Sam Poole", at=york))
    client.force_login(cast.person("Sam Poole", at=york))
    page = client.get(f"/desk/customers/{cast.finch().ref}/").content.decode()
    assert "2026-06-01T05:00:00-04:00" in page


def test_no_two_pages_share_a_name():
    assert len({pattern.name for pattern in urls.urlpatterns}) == len(urls.urlpatterns)
