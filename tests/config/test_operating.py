"""The commands that people type."""

import pytest
from typer.testing import CliRunner

from amends.config import operating
from amends.people.person import Person
from amends.people.setting_up import hire

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.STATIC_ROOT = settings.DATA / "static"


def run(*arguments):
    return CliRunner().invoke(operating.app, arguments)


def test_without_a_command_the_commands_are_listed():
    told = run()
    for command in ("serve", "web", "worker", "mail", "deliver", "people", "check", "backup"):
        assert command in told.output


def test_prepare_prints_the_link_for_the_first_owner_until_there_is_one():
    assert "/join/first/" in run("prepare").output
    hire("ana@x.example", name="Ana", role="owner", by=None)
    assert run("prepare").output == ""


def test_check_ends_with_1_when_something_stops_the_work():
    told = run("check")
    assert told.exit_code == 1
    assert "✗ No sign of life from “clock”" in told.output
    assert "· There is no owner yet" in told.output


def test_people_add_prints_the_token_alone_on_the_last_line():
    told = run("people", "add", "--email", "mo@x.example", "--role", "manager", "--token")
    assert told.exit_code == 0
    assert told.output.splitlines()[-1].startswith("amends_")
    assert Person.objects.get().name == "Mo"


def test_a_refusal_is_one_line():
    told = run("people", "add", "--email", "mo@x.example", "--role", "king")
    assert told.exit_code == 1
    assert told.stderr.startswith("amends: The role must be one of")


@pytest.mark.django_db(transaction=True)
def test_backup_and_restore_say_what_they_did(tmp_path):
    hire("ana@x.example", name="Ana", role="owner", by=None)
    file = str(tmp_path / "kept")
    assert "rows and all files are in" in run("backup", file).output
    assert "--yes" in run("restore", file).stderr
    assert "rows are back" in run("restore", file, "--yes").output


def test_restoring_what_is_not_there_is_one_line(tmp_path):
    told = run("restore", str(tmp_path / "nothing"))
    assert told.exit_code == 1
    assert told.stderr.startswith("amends: ")


def test_an_alarm_without_an_address_says_so(settings):
    settings.AMENDS_ALARM_URLS = ()
    told = run("alarm")
    assert told.exit_code == 1
    assert "AMENDS_ALARM_URLS is not set" in told.output
