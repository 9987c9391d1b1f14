from datetime import timedelta

import pytest
import time_machine

from amends.kit.clock import now
from amends.people import setting_up
from amends.people.invitation import first_owner_link
from amends.people.models import Business, Person, Place
from amends.people.person import Role
from tests.people.conftest import PASSWORD

OWNER = {"name": "Olive Smith", "email": "olive@new.test", "password": PASSWORD}
BUSINESS = {
    "business": "Harbour",
    "place": "Quay",
    "timezone": "Europe/Dublin",
    "currency": "EUR",
}


def path_of(link):
    return link.removeprefix("http://amends.test")


@pytest.fixture
def way_in(harbour):
    invitation = setting_up.invite(
        "nell@harbour.test", role=Role.FRONT_LINE, places=[harbour.quay], by=harbour.mo
    )
    return path_of(invitation.link)


def test_an_invitation_says_who_invites_and_lets_in(client, way_in, harbour):
    page = client.get(way_in)
    assert b"Mo Smith invites you" in page.content
    assert page["Cache-Control"].startswith("max-age=0")
    answer = client.post(way_in, {"name": "Nell", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/today/")
    nell = Person.objects.get(email="nell@harbour.test")
    assert client.session["_auth_user_id"] == str(nell.pk)
    assert nell.works_at(harbour.quay)


@pytest.mark.parametrize("password", ["short", "password1234", "nell@harbour.test", "12345"])
def test_a_weak_password_is_named_and_the_name_kept(client, way_in, password):
    answer = client.post(way_in, {"name": "Nell the Second", "password": password})
    assert answer.status_code == 422
    assert b"Nell the Second" in answer.content
    assert not Person.objects.filter(email="nell@harbour.test").exists()


def test_a_used_invitation_is_a_page_that_says_to_sign_in(client, way_in):
    client.post(way_in, {"name": "Nell", "password": PASSWORD})
    answer = client.get(way_in)
    assert answer.status_code == 410
    assert b"has been used" in answer.content
    assert b"nell@harbour.test" not in answer.content


def test_an_old_invitation_names_whom_to_ask(client, way_in):
    with time_machine.travel(now() + timedelta(days=8)):
        answer = client.post(way_in, {"name": "Nell", "password": PASSWORD})
    assert answer.status_code == 410
    assert b"ask Mo Smith for a new one" in answer.content


def test_a_guessed_invitation_opens_nothing(client, harbour):
    answer = client.get("/join/0123456789abcdef0123456789abcdef/")
    assert answer.status_code == 410
    assert b"not one of ours" in answer.content


def test_an_invitation_page_asks_few_queries(client, way_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get(way_in)


@pytest.mark.django_db
def test_the_first_owner_opens_the_desk_with_a_business_and_a_place(client):
    way_in = path_of(first_owner_link())
    assert b"This desk is yours" in client.get(way_in).content
    answer = client.post(way_in, OWNER | BUSINESS)
    assert (answer.status_code, answer["Location"]) == (303, "/desk/today/")
    assert Person.objects.get().role == Role.OWNER
    place = Place.objects.get()
    assert (place.name, place.timezone, place.business.currency) == ("Quay", "Europe/Dublin", "EUR")
    assert client.get(way_in).status_code == 410


@pytest.mark.django_db
def test_the_first_owner_is_not_asked_for_a_business_that_is_there(client):
    setting_up.found_business(name="Harbour", by=None)
    way_in = path_of(first_owner_link())
    assert b"business called" not in client.get(way_in).content
    assert client.post(way_in, OWNER).status_code == 303
    assert Business.objects.count() == 1


@pytest.mark.django_db
def test_a_first_owner_form_that_is_wrong_names_its_fields(client):
    answer = client.post(path_of(first_owner_link()), OWNER | {"email": "nonsense"})
    assert answer.status_code == 422
    assert b"Olive Smith" in answer.content
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_guessed_first_owner_link_opens_nothing(client):
    answer = client.post("/join/first/0123456789abcdef/", OWNER | BUSINESS)
    assert answer.status_code == 410
    assert not Person.objects.exists()
