"""`amends people add`."""

import pytest

from amends.config.enrolling import add
from amends.kit.errors import Impossible
from amends.people.person import Person
from amends.people.setting_up import found_business, open_place
from amends.people.token import person_for

pytestmark = pytest.mark.django_db


def added(email="mo@x.example", *, role="front-line", name="Mo Reed", places=(), token=False):
    return list(add(email, role=role, name=name, places=places, token=token))


def test_a_person_is_added_and_told_where_to_choose_a_password(client):
    told = added()
    assert Person.objects.get().role == "front_line"
    link = told[-1].rpartition("http://amends.test")[2]
    assert client.get(link, follow=True).status_code == 200


def test_they_work_at_the_places_named():
    business = found_business(by=None, name="Breakfast")
    place = open_place(business, name="Mill Lane", timezone="Europe/London", by=None)
    added(places=[place.slug])
    assert Person.objects.get().works_at(place)


def test_a_token_is_alone_on_the_last_line_and_speaks_for_them():
    secret = added(token=True)[-1]
    assert person_for(secret) == Person.objects.get()


def test_somebody_who_is_here_gets_a_further_token():
    added()
    assert [person_for(secret) for secret in added(role="", token=True)] == [Person.objects.get()]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"role": "king"}, "front-line, manager, owner, auditor"),
        ({"places": ["nowhere"]}, "no place nowhere"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(given, said):
    with pytest.raises(Impossible, match=said):
        added(**given)


def test_nobody_is_added_twice():
    added()
    with pytest.raises(Impossible, match="here already"):
        added()
