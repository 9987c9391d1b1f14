"""What is wrong with an installation is said in plain words."""

from datetime import timedelta

import pytest

from amends.config import checking, heartbeat
from amends.config.environment import read
from amends.kit.clock import now
from amends.mailroom import heard, writing
from amends.mailroom.road import Road
from amends.mailroom.route import ServerAway, WrongLogin
from amends.people.setting_up import hire
from tests.mailroom import certificates
from tests.mailroom.names import names
from tests.recovery.test_mailboxes import added

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
    writing.write(
        thread="", kind="account", recipient="a@x.example", subject="s", text="t", sender_name="n"
    )
    assert "1 are waiting" in about("letters")


def test_a_letter_that_did_not_go_is_told():
    writing.write(
        thread="", kind="account", recipient="nowhere", subject="s", text="t", sender_name="n"
    )
    assert "1 letters failed" in about("letters")


def test_a_letter_that_did_not_go_is_told_with_the_way_to_it():
    writing.write(
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


def test_freescout_3026_each_silent_part_is_named(settings):
    """Guarantee 14: the worker's rows, each listener, and whoever reads mailboxes."""
    settings.ENVIRONMENT = read({"AMENDS_LMTP_LISTEN": "127.0.0.1:2424"})
    added()
    silent = {found.about for found in checking.troubles() if found.stops}
    assert {"smtp", "lmtp", "mailboxes", "alarms", "letters"} <= silent


def test_sasl_xoauth2_30_what_will_stop_soon_is_told_before(settings, clock):
    """Guarantee 14."""
    settings.AMENDS_SIGN_IN_APPS = {"google": ("id", "secret"), "microsoft": None}
    box = added(auth="google", password="")
    told = lambda: " ".join(found.words for found in checking.mailboxes())  # noqa: E731
    assert "Somebody must sign in to the mailbox" in told()
    box.keep_tokens(access="a", until=now(), refresh="r", refresh_until=now() + timedelta(days=3))
    assert "ends on 04 June" in told()
    box.warn("Google does not accept our sign-in. Mail stops coming in soon.")
    assert "Mail stops coming in soon" in told()
    box.stumble("Signed out.")
    assert "is not read since 01 June" in told()
    box.warn("")
    box.keep_tokens(access="a", until=now())
    assert list(checking.mailboxes(lasting=timedelta(minutes=15))) == []
    box.stop()
    assert told() == ""


def test_a_provider_that_brought_mail_and_is_turned_away_now_is_told(clock):
    """Guarantee 14; a stranger who only tries the door wakes nobody."""
    heard._seen.clear()
    heard.turned_away("sendgrid")
    heard.note("postmark")
    clock.shift(timedelta(minutes=1))
    assert about("mailbox at SendGrid") == about("mailbox at Postmark") == ""
    heard.turned_away("postmark")
    assert "Postmark is turned away" in about("mailbox at Postmark")
    assert "mailbox at Postmark" in {trouble.about for trouble in checking.alarming()}
    clock.shift(timedelta(minutes=20))
    assert about("mailbox at Postmark") == ""


def test_a_certificate_that_ends_soon_is_told(settings, tmp_path):
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = {"AMENDS_SMTP_CERTIFICATE": str(files[0]), "AMENDS_SMTP_KEY": str(files[1])}
    certificates.make(*files)
    settings.ENVIRONMENT = read(made)
    assert about("certificate") == ""
    certificates.make(*files, days=30)
    assert "ends on 31 January 2020" in about("certificate")
    files[0].write_text("no certificate")
    assert "cannot be read" in about("certificate")


@pytest.mark.filterwarnings("ignore:.imghdr:DeprecationWarning")
def test_an_alarm_address_that_nobody_understands_is_told_without_its_secret(settings, caplog):
    settings.AMENDS_ALARM_URLS = ("json://127.0.0.1:1/", "sparrow://secret@somewhere")
    assert (
        about("alarm addresses") == "AMENDS_ALARM_URLS: sparrow://… is not understood by Apprise."
    )
    assert "secret" not in caplog.text
