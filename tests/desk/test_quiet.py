"""Quiet customers on the desk: who it is and why, put right with one press, or left alone."""

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.recovery.heeding import Heeded
from amends.recovery.recovery import Recovery
from amends.signals import looking, opening, watching
from amends.signals.models import Signal
from tests import cast
from tests.desk.pressing import stranger
from tests.screen import Screen
from tests.signals import shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
QUIET = "/desk/quiet/"


def screen(person, url=QUIET):
    seen = Screen()
    seen.client.force_login(person)
    return seen.open(url)


def test_s3_21_who_said_nothing_is_found_looked_at_and_written_to():
    signal = shop.signal()
    page = screen(cast.ana()).shows("Judith Lane", "Judith has not said a word.")
    page.follow("Make it right").shows("We saw that your order", "I am sorry.")
    page.press(
        "Send it",
        we_saw="We saw that your order came late.",
        words="I am sorry that you waited for so long.",
        remedy=cast.remedy("A handwritten note").ref,
    )
    recovery = Recovery.objects.get()
    assert page.url == f"/desk/recoveries/{recovery.ref}/"
    letter = Letter.objects.get(thread=recovery.ref)
    assert "We saw that your order came late." in letter.text
    assert "A handwritten note" in letter.text
    page.open(QUIET).hides("Judith Lane")
    page.open(f"{QUIET}?show=opened").shows("Judith Lane", "How it goes")
    page.open(f"{QUIET}{signal.ref}/").shows("saw to it", "How it goes")


def test_the_owners_preset_stands_in_the_form():
    watch = shop.watch(
        "late", remedy=cast.remedy("Credit"), value=5, sorry="I am sorry that I am late."
    )
    cast.ana()
    shop.order()
    looking.look(watch, at=now())
    page = screen(cast.ana(), f"{QUIET}{Signal.objects.get().ref}/")
    page.shows("I am sorry that I am late.").press("Send it")
    assert Recovery.objects.get().offers.get().lines.get().value == 5


def test_what_is_wrong_is_said_and_the_words_stay():
    page = screen(cast.ana(), f"{QUIET}{shop.signal().ref}/")
    credit = cast.remedy("Credit").ref
    page.press("Send it", words="Kept as it is, twenty.", remedy=credit, status=422)
    page.shows("How much? Write the sum.", "Kept as it is, twenty.")
    page.press("Send it", words="Sorry.", remedy="", status=422)
    page.shows("in a sentence of your own")
    assert not Recovery.objects.exists()
    assert Signal.objects.get().state == "new"


def test_the_coach_reads_along_and_sends_nothing():
    signal = shop.signal()
    page = screen(cast.ana(), f"{QUIET}{signal.ref}/").shows("See what the coach says")
    written = {"we_saw": "It came late.", "words": "I am sorry, but it was not our fault."}
    page.press("See what the coach says", **written, status=200)
    page.shows("It came late.", "What follows takes the apology back", "Say it so")
    assert not Letter.objects.exists()
    assert Signal.objects.get().state == "new"
    assert Heeded.objects.filter(person=cast.ana()).exists()


def test_one_may_ring_first():
    page = screen(cast.ana(), f"{QUIET}{shop.signal().ref}/")
    page.press("I would rather ring first").shows("has not been written to")
    assert not Letter.objects.exists()
    assert Recovery.objects.get().owner == cast.ana()


def test_left_alone_with_a_reason():
    page = screen(cast.ana(), f"{QUIET}{shop.signal().ref}/")
    page.press("Leave it", status=422, why="").shows("required")
    page.press("Leave it", why="He is a test order of ours.")
    assert page.url == QUIET
    page.open(f"{QUIET}?show=left").shows("He is a test order of ours.")


def test_somebody_else_was_quicker():
    signal = shop.signal()
    page = screen(cast.ana(), f"{QUIET}{signal.ref}/")
    opening.leave(signal, why="Known.", by=cast.ben())
    page.press("Send it", status=422).shows("Ben Okafor")


def test_a_silence_is_asked_about_without_an_apology():
    cast.ana()
    shop.worth(of=shop.customer(), overdue=0.01, p_alive=0.1)
    looking.look(shop.watch("quiet"), at=now())
    page = screen(cast.ana(), f"{QUIET}{Signal.objects.get().ref}/")
    page.shows("Nobody knows why").hides("Your apology")
    page.press("Send it")
    assert Letter.objects.get().kind == "quiet"


def test_people_of_another_place_see_none_and_press_none(client):
    signal = shop.signal()
    client.force_login(stranger())
    assert "Judith" not in client.get(QUIET).content.decode()
    for what in ("", "letter/", "coach/", "taken/", "left/"):
        assert client.post(f"{QUIET}{signal.ref}/{what}").status_code in (404, 405)
        assert client.get(f"{QUIET}{signal.ref}/{what}").status_code in (404, 405)


def test_an_auditor_reads_and_presses_nothing():
    signal = shop.signal()
    page = screen(cast.audrey()).shows("Judith Lane").follow("Look")
    assert "Send it" not in page.buttons
    page.client.post(f"{QUIET}{signal.ref}/letter/")
    assert not Recovery.objects.exists()


def test_the_list_asks_little_and_goes_on(client, django_assert_max_num_queries):
    watch = shop.watch("late", per_day=45)
    watching.set_pace(per_day=100, by=cast.olive())
    for n in range(45):
        shop.order(of=shop.customer(f"Customer {n}"))
    looking.look(watch, at=now())
    client.force_login(cast.ana())
    with django_assert_max_num_queries(8):
        first = client.get(QUIET)
    after = first.context["page"].after
    assert len(first.context["page"].rows) == 40
    assert len(client.get(QUIET, {"after": after}).context["page"].rows) == 5


def test_today_says_that_somebody_is_quiet(client):
    signal = shop.signal()
    client.force_login(cast.ana())
    page = " ".join(client.get("/desk/today/").content.decode().split())
    assert "1 quiet customer</a> was let down or has gone, and not a word." in page
    opening.leave(signal, why="Known.", by=cast.ana())
    assert "quiet customer</a>" not in client.get("/desk/today/").content.decode()
