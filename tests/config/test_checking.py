"""What is wrong with an installation is said in plain words."""

import pytest

from amends.config import checking, heartbeat
from amends.kit.clock import now
from amends.mailroom import outbox
from amends.people.setting_up import hire

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
