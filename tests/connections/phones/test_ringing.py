"""Each notice once on each phone and each messenger of its person, whoever is killed on the way."""

import json
from datetime import timedelta

import pytest

from amends.connections.phones import ringing
from amends.connections.phones.messenger import Messenger
from amends.connections.phones.phone import Phone
from amends.connections.phones.telling import LEASE, Telling
from amends.kit.clock import now
from amends.people.roster import Away
from amends.recovery import journey
from amends.recovery.notice import Notice
from tests import cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock"),
    pytest.mark.filterwarnings("ignore:.imghdr:DeprecationWarning"),  # of Apprise's own imports
]


class Killed(BaseException):
    """What no `except Exception` catches, like the end of the process."""


@pytest.fixture
def here(clock):
    """Robert asked for Ana, and is here; Ben let him in."""

    def arrived():
        recovery, _ = cast.asked_for_ana()
        Notice.objects.update(told_at=now())
        clock.shift(timedelta(days=2))
        return journey.is_here(recovery.customer, place=recovery.place, by=cast.ben(), table="7")

    return arrived


def program(site, person, **more):
    return Messenger.keep(f"json://127.0.0.1:{site.port}/hook", person=person, **more)


def heard_by_program(site):
    return [json.loads(asked.body) for asked in site.asked if asked.path.startswith("/hook")]


def test_the_card_reaches_the_phone_within_one_round(phone, here):
    _, browser = phone(cast.ana())
    here()
    assert ringing.ring() == 1
    (shown,) = browser.shown
    assert shown["title"] == "Robert Finch is here"
    assert shown["body"].startswith("Ask for me next time")
    assert ringing.ring() == 0
    assert len(browser.shown) == 1


def test_both_who_are_on_duty_have_it(phone, here):
    _, of_ana = phone(cast.ana())
    _, of_dora = phone(cast.person("Dora Ash"))
    here()
    ringing.ring()
    assert of_ana.titles == ["Robert Finch is here"]
    assert of_dora.titles == ["Robert Finch is here, table 7"]


def test_names_are_left_out_where_somebody_likes_it_so(phone, here):
    kept, browser = phone(cast.ana())
    kept.show_names(False)
    here()
    ringing.ring()
    (shown,) = browser.shown
    assert "Finch" not in json.dumps(shown)


def test_a_messenger_is_told_too_and_given_the_way_to_the_desk(site, here):
    kept = program(site, cast.ana())
    here()
    ringing.ring()
    (told,) = heard_by_program(site)
    assert told["title"] == "Robert Finch is here"
    assert "Ask for me next time" in told["message"]
    assert "/desk/arrivals/" in told["message"]
    kept.refresh_from_db()
    assert kept.reached_at == now()


def test_killed_before_it_was_sent_it_is_sent_later(phone, here, monkeypatch, clock):
    _, browser = phone(cast.ana())
    here()
    monkeypatch.setattr(ringing, "_told", lambda *_: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        ringing.ring()
    monkeypatch.undo()
    assert ringing.ring() == 0
    clock.shift(LEASE)
    assert ringing.ring() == 1
    assert len(browser.shown) == 1


def test_killed_after_it_was_sent_the_phone_shows_it_once(phone, here, monkeypatch, clock):
    """It cannot be known whether it arrived: told again, it has the same tag and topic, by which the
    push service and the phone put it in the place of the first."""
    _, browser = phone(cast.ana())
    here()

    def dies(*_, **__):
        raise Killed

    monkeypatch.setattr(ringing, "_settle", dies)
    with pytest.raises(Killed):
        ringing.ring()
    monkeypatch.undo()
    clock.shift(LEASE)
    ringing.ring()
    assert len({message["tag"] for message in browser.shown}) == 1
    assert len({asked.headers["topic"] for asked in browser.site.asked}) == 1
    assert ringing.ring() == 0


def test_a_messenger_told_perhaps_a_second_time_says_so(site, here, monkeypatch, clock):
    program(site, cast.ana())
    here()

    def dies(*_, **__):
        raise Killed

    monkeypatch.setattr(ringing, "_settle", dies)
    with pytest.raises(Killed):
        ringing.ring()
    monkeypatch.undo()
    clock.shift(LEASE)
    ringing.ring()
    first, second = heard_by_program(site)
    assert not first["message"].startswith(ringing.PERHAPS)
    assert second["message"].startswith(ringing.PERHAPS)


def test_a_browser_that_took_back_its_yes_is_forgotten(phone, here, site):
    phone(cast.ana())
    site.says = (410, {}, b"")
    here()
    ringing.ring()
    assert not Phone.objects.exists()
    assert not Telling.objects.exists()


def test_busy_is_tried_again_and_the_page_says_why(phone, here, site, clock):
    kept, browser = phone(cast.ana())
    site.says = (503, {}, b"")
    here()
    ringing.ring()
    kept.refresh_from_db()
    assert kept.trouble == "The push service said 503."
    site.says = (201, {}, b"")
    clock.shift(timedelta(seconds=5))
    ringing.ring()
    kept.refresh_from_db()
    assert (kept.trouble, kept.reached_at) == ("", now())
    assert len(browser.shown) == 2


def test_what_was_seen_on_the_desk_is_not_told_after(phone, here):
    phone(cast.ana())
    here()
    Notice.objects.filter(person=cast.ana()).update(seen_at=now())
    assert ringing.ring() == 0


def test_a_guest_who_came_long_ago_is_no_news(phone, here, clock):
    _, browser = phone(cast.ana())
    here()
    clock.shift(timedelta(hours=1))
    ringing.ring()
    assert browser.shown == []


def test_whoever_is_away_is_left_alone(phone, here):
    _, browser = phone(cast.ana())
    Away.objects.create(
        person=cast.ana(), from_at=now(), until_at=now() + timedelta(days=9), cover=cast.ben()
    )
    here()
    ringing.ring()
    assert browser.shown == []


def test_a_messenger_that_moved_inside_our_network_is_not_asked(site, here, settings):
    kept = program(site, cast.ana())
    settings.AMENDS_PRIVATE_ADDRESSES = False
    here()
    ringing.ring()
    assert site.asked == []
    kept.refresh_from_db()
    assert "private network" in kept.trouble


def test_a_messenger_sends_us_nowhere_else(site, here):
    kept = program(site, cast.ana())
    site.says = (307, {"Location": f"{site.url}/elsewhere"}, b"")
    here()
    ringing.ring()
    assert {asked.path for asked in site.asked} == {"/hook"}
    kept.refresh_from_db()
    assert kept.trouble


def test_the_test_button_says_how_it_went(phone, site):
    kept, browser = phone(cast.ana())
    assert ringing.try_out(kept).is_taken
    assert browser.shown[0]["tag"] == "test"
    site.says = (410, {}, b"")
    assert ringing.try_out(kept).is_gone
    assert not Phone.objects.exists()


def test_rows_of_long_ago_are_swept_up(phone, here, clock):
    phone(cast.ana())
    here()
    ringing.ring()
    clock.shift(timedelta(days=2))
    ringing.forget_old()
    assert not Telling.objects.exists()
