"""Incidents on the desk: noted, the list looked at, begun, and seen to the end."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.mailroom.letter import Letter
from amends.recovery.heeding import Heeded
from amends.recovery.recovery import Recovery
from amends.signals import reaching
from amends.signals.models import Incident
from tests import cast
from tests.desk.pressing import stranger
from tests.desk.test_quiet import screen
from tests.signals import shop
from tests.signals.test_reaching import SAW, SORRY, guests, incident, listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
INCIDENTS = "/desk/incidents/"


def noted(**more):
    return {
        "name": "The oven failed on Saturday",
        "we_saw": SAW,
        "words": SORRY,
        "signs": cast.ana().ref,
        **more,
    }


def test_s3_21_from_the_list_to_a_letter_for_each():
    cast.ana()
    people = guests(3)
    page = screen(cast.mona(), INCIDENTS).follow("Note an incident")
    page.press("Keep it, and look at the list", **noted(listed=f"{listed(people)}\nno one"))
    page.shows("0 of 3 seen to", "Nobody has been written to.", "Line 4: no one")
    assert reaching.go_on() == 0
    page.press("Write to 3 customers").shows("A few at a time")
    while reaching.go_on():
        pass
    page.open(page.url).shows("All 3 are seen to", "3 have a thread of their own")
    assert Letter.objects.filter(kind="we_saw").count() == Recovery.objects.count() == 3


def test_who_signs_works_where_it_happened_from_the_start():
    cast.place("a-larder", name="A Larder without people")
    cast.ana()
    page = screen(cast.olive(), f"{INCIDENTS}new/").shows("Ana Reyes (The Larder, Bath)")
    told = {name: noted()[name] for name in ("name", "we_saw", "words")}
    page.press("Keep it, and look at the list", **told)
    made = Incident.objects.get()
    assert (made.place, made.signs) == (cast.place(), cast.ana())


def test_a_file_as_programmes_save_it(client):
    people = guests(2)
    client.force_login(cast.mona())
    told = noted(place=cast.place().pk, kind="core")
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        lines = f"name;e-mail\nJosé;{people[0].email}\nX;{people[1].email}\n"
        file = SimpleUploadedFile("list.csv", lines.encode(encoding), "text/csv")
        answer = client.post(f"{INCIDENTS}new/", {**told, "file": file})
        assert answer.status_code == 303
        made = Incident.objects.latest("pk")
        assert made.touched.count() == 2
        assert made.unknown.get().words == "name, e-mail"


def test_a_file_too_large_is_refused_and_the_words_stay(client, monkeypatch):
    from amends.desk import incidents

    monkeypatch.setattr(incidents, "LARGEST", 10)
    client.force_login(cast.mona())
    file = SimpleUploadedFile("list.csv", b"x" * 11, "text/csv")
    told = {**noted(place=cast.place().pk, kind="core"), "file": file}
    answer = client.post(f"{INCIDENTS}new/", told)
    assert answer.status_code == 422
    assert "larger than 5 MB" in answer.content.decode()
    assert SORRY in answer.content.decode()


def test_s3_21_the_coach_reads_the_words_for_everybody_and_keeps_nothing():
    cast.ana()
    page = screen(cast.mona(), f"{INCIDENTS}new/")
    written = noted(words="I am sorry, but it was not our fault.", listed="x@y.example")
    page.press("See what the coach says", **written, status=200)
    page.shows("What follows takes the apology back", "Say it so", "x@y.example")
    page.hides("name is not in it")
    assert Heeded.objects.filter(person=cast.mona()).exists()
    assert not Incident.objects.exists()
    page.press("Keep it, and look at the list", words=SORRY).shows("What they read", SORRY)
    assert Incident.objects.get().signs == cast.ana()


def test_the_coach_answers_a_page_that_reads_along_with_its_notes_alone(client):
    client.force_login(cast.mona())
    asked = {"words": "I am sorry, but it was not our fault.", "coach": "writing"}
    said = client.post(f"{INCIDENTS}new/coach/", asked, headers={"HX-Request": "true"})
    assert "takes the apology back" in said.content.decode()
    assert "<html" not in said.content.decode()


def test_more_can_be_added_and_a_list_sent_twice_adds_nobody():
    people = guests(2)
    made = incident(people[0].email)
    page = screen(cast.mona(), f"{INCIDENTS}{made.ref}/")
    page.press("Add them", listed=listed(people)).shows("1 more on the list.")
    page.press("Add them", listed=listed(people)).shows("Nobody new on it.")


def test_it_is_stopped_and_gone_on_with():
    made = incident(listed(guests(25)))
    page = screen(cast.mona(), f"{INCIDENTS}{made.ref}/").press("Write to 25 customers")
    reaching.go_on()
    page.open(page.url).shows("20 of 25 seen to").press("Stop").shows("Stopped")
    assert reaching.go_on() == 0
    page.press("Write to 5 customers")
    reaching.go_on()
    reaching.go_on()
    page.open(page.url).shows("All 25 are seen to")


def test_how_far_it_is_keeps_itself_fresh(client):
    made = incident(listed(guests(2)))
    client.force_login(cast.ana())
    fresh = client.get(f"{INCIDENTS}{made.ref}/", headers={"HX-Request": "true"})
    assert "0 of 2 seen to" in " ".join(fresh.content.decode().split())
    assert "<html" not in fresh.content.decode()


def test_whoever_was_left_out_is_shown_with_the_reason():
    busy, peace = guests(2)
    cast.heard(customer=busy)
    made = incident(listed([busy, peace]))
    reaching.begin(made, by=cast.mona())
    while reaching.go_on():
        pass
    page = screen(cast.mona(), f"{INCIDENTS}{made.ref}/")
    page.shows("Left out", "Guest 0 is being looked after already.")


def test_front_line_sees_it_and_starts_nothing(client):
    made = incident(listed(guests(1)))
    page = screen(cast.ana(), f"{INCIDENTS}{made.ref}/")
    assert not {"Write to 1 customer", "Add them"} & set(page.buttons)
    client.force_login(cast.ana())
    assert client.post(f"{INCIDENTS}new/", noted()).status_code == 403
    assert client.post(f"{INCIDENTS}new/coach/", {"words": "Sorry."}).status_code == 403
    assert "A manager notes it." in client.get(f"{INCIDENTS}new/").content.decode()
    for what in ("list/", "begun/", "stopped/"):
        assert client.post(f"{INCIDENTS}{made.ref}/{what}", {"listed": "x"}).status_code == 422
    assert made.touched.filter(state="waiting").count() == 1


def test_another_places_incident_is_not_there(client):
    made = incident(listed(guests(1)))
    client.force_login(stranger())
    assert client.get(f"{INCIDENTS}{made.ref}/").status_code == 404
    assert made.name not in client.get(INCIDENTS).content.decode()


def test_a_manager_cannot_note_one_for_a_place_of_others():
    york = cast.place("larder-york", name="The Larder, York")
    page = screen(cast.mona(), f"{INCIDENTS}new/")
    assert "The Larder, York" not in page.text
    page.client.post(f"{INCIDENTS}new/", noted(place=york.pk, kind="core"))
    assert not Incident.objects.exists()


def test_orders_of_the_list_are_named():
    late = shop.order(of=shop.customer("By Order"))
    made = incident(late.outside_id)
    screen(cast.mona(), f"{INCIDENTS}{made.ref}/").shows(f"Order {late.outside_id}")
