import pytest
from django.test import RequestFactory

from amends.desk.filters import chosen, kept, my_places, whose
from tests import cast

pytestmark = pytest.mark.django_db


def asked(person=None, **words):
    request = RequestFactory().get("/", words)
    request.user = person
    return request


def test_only_what_we_know_is_taken_from_the_address():
    assert chosen(asked(show="late"), "show", ["due", "late"], "due") == "late"
    assert chosen(asked(show="'; drop"), "show", ["due", "late"], "due") == "due"


def test_whose_begins_with_my_places_and_for_owners_with_everyone():
    assert whose(asked(cast.ana())) == "place"
    assert whose(asked(cast.olive())) == "all"
    assert whose(asked(cast.olive(), **{"for": "me"})) == "me"


def test_my_places_are_where_i_work_not_all_i_see():
    cast.place("larder-york")
    assert [place.slug for place in my_places(cast.ana())] == ["larder-bath"]
    assert not my_places(cast.olive()).exists()


def test_filters_are_kept_in_links():
    assert kept(show="late", q="") == "?show=late"
    assert kept(q="a b&c") == "?q=a+b%26c"
