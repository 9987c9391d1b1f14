import pytest

from amends.connections.calendar.feed import Calendar
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/desk/settings/calendars/"


def words(answer):
    return " ".join(answer.content.decode().split())


def add(client, url="http://127.0.0.1:9/secret.ics"):
    return client.post(PAGE, {"name": "Bookings", "place": cast.place().pk, "url": url})


def test_an_owner_adds_reads_and_takes_away(client, site):
    client.force_login(cast.olive())
    assert add(client).status_code == 303
    page = words(client.get(PAGE))
    assert "Bookings, The Larder, Bath" in page
    assert "secret.ics" not in page
    ref = Calendar.objects.get().ref
    assert client.post(f"{PAGE}{ref}/read/").status_code == 303
    assert client.post(f"{PAGE}{ref}/drop/").status_code == 303
    assert not Calendar.objects.exists()


def test_an_address_inside_our_network_is_refused_beside_the_form(client):
    client.force_login(cast.olive())
    answer = add(client)
    assert answer.status_code == 422
    assert "private network" in words(answer)


def test_whoever_reads_a_calendar_reads_whom_we_meet(client, site):
    client.force_login(cast.mona())
    assert client.get(PAGE).status_code == 403
    assert add(client).status_code == 403
