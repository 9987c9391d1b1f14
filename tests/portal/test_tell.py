"""S3-23: a direct, short address for complaints that reaches a person."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from amends.customers.customer import Customer
from amends.mailroom.attachment import Attachment
from amends.mailroom.letter import Letter
from amends.portal import tell
from amends.portal.limits import Limit
from amends.recovery.recovery import Recovery
from tests import cast
from tests.portal.pictures import picture, script

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


class Teller:
    """Somebody at the form."""

    def __init__(self, client, clock, slug="larder-bath"):
        self.client, self.clock, self.address = client, clock, f"/tell/{slug}/"

    def opens(self):
        shown = self.client.get(self.address).content.decode()
        self.key = re.search(r'name="key" value="([^"]+)"', shown)[1]
        self.clock.shift(timedelta(seconds=30))
        return shown

    def sends(self, **given):
        return self.client.post(self.address, {"words": cast.STORY, "key": self.key, **given})


@pytest.fixture
def teller(client, clock):
    cast.place()
    cast.ana()
    teller = Teller(client, clock)
    teller.opens()
    return teller


def test_s3_23_words_alone_become_a_recovery_with_an_owner(teller):
    response = teller.sends()
    assert response.status_code == 303
    recovery = Recovery.objects.get()
    assert recovery.owner == cast.ana()
    assert recovery.complaints.get().words == cast.STORY
    shown = teller.client.get(response["Location"]).content.decode()
    assert "We have it" in shown
    assert "Ana reads your story and answers you" in shown
    assert "no e-mail address to write to" in shown


def test_photos_name_and_moment_go_with_it(teller):
    response = teller.sends(
        name="Robert Finch",
        email="Robert@Finch.example",
        phone="01225 555 012",
        number="7",
        happened_at="2026-05-31T08:30",
        photos=[picture("one.png"), picture("two.jpg", kind="JPEG")],
    )
    recovery = Recovery.objects.get()
    assert recovery.customer.name == "Robert Finch"
    assert recovery.customer.phone == "01225 555 012"
    happened_at = recovery.failures.get().happened_at.astimezone(recovery.place.zone)
    assert (happened_at.hour, happened_at.minute) == (8, 30)
    assert [a.name for a in Attachment.objects.all()] == ["one.png", "two.jpg"]
    assert "Table or order number: 7" in recovery.complaints.get().words
    assert "Robert, this is what happens next" in teller.client.get(
        response["Location"]
    ).content.decode().replace("\n", " ")


def test_pressed_twice_it_counts_once(teller):
    first, second = teller.sends(email="r@finch.example"), teller.sends(email="r@finch.example")
    assert first["Location"] == second["Location"]
    assert Recovery.objects.count() == Customer.objects.count() == 1
    assert Letter.objects.filter(kind="acknowledgement").count() == 1


def test_no_sign_in_no_cookie_and_no_token_are_needed(clock):
    cast.place()
    strict = Teller(Client(enforce_csrf_checks=True), clock)
    strict.opens()
    strict.client.cookies.clear()
    assert strict.sends().status_code == 303


def test_at_most_one_letter_an_hour_to_an_address_somebody_typed(teller):
    for _ in range(3):
        teller.opens()
        assert teller.sends(email="victim@finch.example").status_code == 303
    assert Recovery.objects.count() == 3
    assert Letter.objects.filter(kind="acknowledgement").exclude(state="held").count() == 1


def test_a_wrong_form_keeps_the_words_and_the_good_photos(teller):
    response = teller.sends(email="not-an-address", photos=[picture("one.png"), script("two.png")])
    shown = response.content.decode()
    assert response.status_code == 422
    assert cast.STORY in shown
    assert "two.png is not a photo" in shown
    assert "one.png is kept" in shown
    kept = re.search(r'name="kept" value="([^"]+)"', shown)[1]
    teller.sends(kept=kept)
    assert [a.name for a in Attachment.objects.all()] == ["one.png"]


def test_too_quick_loses_nothing(client, clock):
    cast.place()
    teller = Teller(client, clock)
    teller.opens()
    clock.shift(timedelta(seconds=-29))
    response = teller.sends()
    assert response.status_code == 422
    assert cast.STORY in response.content.decode()
    clock.shift(timedelta(seconds=29))
    assert teller.sends().status_code == 303


def test_too_often_is_told_kindly_with_the_words_kept(teller, monkeypatch):
    monkeypatch.setattr(tell, "BY_ADDRESS", Limit("test-as", most=1, seconds=3600))
    teller.sends(email="r@finch.example")
    teller.opens()
    response = teller.sends(email="R@finch.example", words="And once more.")
    assert response.status_code == 429
    assert "And once more." in response.content.decode()
    assert Recovery.objects.count() == 1


def test_one_connection_has_a_limit_of_its_own(teller, monkeypatch):
    monkeypatch.setattr(tell, "BY_PLACE", Limit("test-from", most=1, seconds=3600))
    assert teller.sends().status_code == 303
    teller.opens()
    assert teller.sends().status_code == 429


def test_nobody_fills_the_disk_with_photos_of_refused_forms(teller, monkeypatch):
    monkeypatch.setattr(tell, "KEEPING", Limit("test-keep", most=1, seconds=3600))
    given = {"email": "not-an-address"}
    assert "is kept" in teller.sends(**given, photos=[picture()]).content.decode()
    assert "is kept" not in teller.sends(**given, photos=[picture()]).content.decode()


def test_the_form_may_be_found_and_names_its_place(teller):
    shown = teller.opens()
    assert "noindex" not in shown
    assert "A person at The Larder, Bath" in shown


def test_a_place_that_is_not_there(client, db):
    assert client.get("/tell/nowhere/").status_code == 404
    assert client.post("/tell/nowhere/").status_code == 404


def test_one_place_needs_no_choosing(client):
    cast.place()
    response = client.get("/tell/")
    assert response["Location"] == "/tell/larder-bath/"


def test_several_places_are_offered_by_name(client):
    cast.place()
    cast.place("larder-wells", name="The Larder, Wells")
    shown = client.get("/tell/").content.decode()
    assert "/tell/larder-bath/" in shown
    assert "The Larder, Wells" in shown


def test_before_anything_is_set_up_the_page_says_so(client, db):
    assert "Nobody is here to listen yet" in client.get("/tell/").content.decode()


@pytest.mark.parametrize(("kind", "starts"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_s3_23_a_code_to_print_for_each_place(client, kind, starts):
    cast.place()
    response = client.get(f"/tell/larder-bath/qr.{kind}")
    assert response.content.startswith(starts)
    assert "public" in response["Cache-Control"]


def test_no_code_of_another_kind_or_place(client):
    cast.place()
    assert client.get("/tell/larder-bath/qr.exe").status_code == 404
    assert client.get("/tell/nowhere/qr.svg").status_code == 404


def test_showing_the_form_asks_the_database_little(client, django_assert_max_num_queries):
    cast.place()
    with django_assert_max_num_queries(2):
        client.get("/tell/larder-bath/")
