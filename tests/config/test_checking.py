"""What is wrong with an installation is said in plain words."""

from datetime import timedelta

import pytest

from amends.config import checking, heartbeat
from amends.kit.clock import now
from amends.mailroom import outbox
from amends.mailroom.road import Road
from amends.mailroom.route import ServerAway, WrongLogin
from amends.people.setting_up import hire
from tests.mailroom.names import names

pytestmark = pytest.mark.django_db


def about(name):
    return " ".join(found.words for found in checking.troubles() if found.about == name)


def test_a_new_installation_has_no_owner_no_place_and_no_way_out():
    assert "no owner" in about("people")
    assert "no place" in about("people")
    assert "AMENDS_MAIL_URL is not set" in about("letters")


def test_an_owner_is_enough_of_an_owner():
    hire("ana@x.example", name="Ana", role="owner", by=None)
    assert "no owner" not in about("people")


def test_letters_that_wait_are_counted():
    outbox.write(
        thread="", kind="account", recipient="a@x.example", subject="s", text="t", sender_name="n"
    )
    assert "1 are waiting" in about("letters")


def test_a_letter_that_did_not_go_is_told():
    outbox.write(
        thread="", kind="account", recipient="nowhere", subject="s", text="t", sender_name="n"
    )
    assert "1 letters failed" in about("letters")


def test_a_letter_that_did_not_go_is_told_with_the_way_to_it():
    outbox.write(
        thread="", kind="account", recipient="nowhere", subject="s", text="t", sender_name="n"
    )
    assert "look at them at http://amends.test/desk/letters/" in about("letters")


def test_osticket_6455_a_way_out_that_does_not_let_us_in_is_told_at_once():
    Road.rest("first", WrongLogin("535 5.7.8 wrong"), at=now())
    assert about("way out first") == "The first way out does not let us in: 535 5.7.8 wrong"


def test_a_way_out_that_is_away_is_told_when_it_lasts():
    Road.rest("first", ServerAway("nobody there"), at=now())
    assert about("way out first") == ""
    Road.objects.update(away_since=now() - timedelta(minutes=10))
    assert "is away, and letters wait: nobody there" in about("way out first")


def test_what_the_world_sees_of_our_domain_is_looked_up(settings):
    with names() as world:
        settings.AMENDS_DNS = ("127.0.0.1", world.port)
        settings.AMENDS_MAIL_DOMAIN, settings.DNS_PATIENCE = "larder-bath.com", 1.0
        world.text("larder-bath.com", "nothing")
        told = " ".join(found.words for found in checking.looked_up())
    assert "Add" not in told
    assert 'larder-bath.com. TXT "v=spf1' in told


def test_when_nobody_can_be_asked_that_is_told(settings):
    with names() as world:
        settings.AMENDS_DNS = ("127.0.0.1", world.port)
        settings.AMENDS_MAIL_DOMAIN, settings.DNS_PATIENCE = "larder-bath.com", 0.2
        world.silent.add("larder-bath.com")
        (only,) = checking.looked_up()
    assert "cannot be reached from here" in only.words


def test_a_silent_part_stops_the_work_until_it_beats():
    silent = {found.about for found in checking.troubles() if found.stops}
    assert {"letters", "clock", "post", "mail"} <= silent
    heartbeat.beat("clock", at=now())
    assert "clock" not in {found.about for found in checking.not_ready()}


def test_a_key_that_others_can_read_is_told(settings, tmp_path):
    settings.DATA = tmp_path
    key = tmp_path / "secret_key"
    key.touch()
    key.chmod(0o644)
    assert "chmod 600" in about("folder")


def test_a_folder_that_is_not_there_is_told(settings, tmp_path):
    settings.DATA = tmp_path / "gone"
    assert "cannot be written" in about("folder")


def test_plain_http_on_a_public_address_is_told(settings):
    settings.AMENDS_URL = "http://amends.example.org"
    assert "plain http" in about("address")
    settings.AMENDS_URL = "http://localhost:8000"
    assert about("address") == ""
