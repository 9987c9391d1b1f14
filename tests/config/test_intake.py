"""Where mail is taken, and for whom."""

import os
import smtplib
import socket
import ssl
import threading
from contextlib import closing

import pytest

from amends.config import heartbeat, intake
from amends.config.environment import Address, read
from amends.kit.clock import now
from amends.mailroom.addresses import address_for
from amends.mailroom.post import Post
from amends.people.setting_up import found_business, open_place
from tests.mailroom import certificates

OUTSIDE = Address("192.0.2.7", 25)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_from_this_machine_anything_is_taken(host):
    assert intake.accepts_at(Address(host, 2525))("anybody@anywhere.example")


@pytest.mark.django_db
def test_from_outside_only_what_is_for_us():
    business = found_business(by=None, name="Breakfast", mail_address="hello@breakfast.example")
    open_place(
        business, name="Mill Lane", timezone="UTC", by=None, mail_address="mill@lane.example"
    )
    accepts = intake.accepts_at(OUTSIDE)
    assert accepts("desk@amends.test")
    assert accepts(address_for("abc123"))
    assert accepts("Hello@Breakfast.example")
    assert accepts("mill@lane.example")
    assert accepts("mill+spring@lane.example")
    assert accepts("postmaster@amends.test")
    assert not accepts("stranger@breakfast.example")
    assert not accepts("desk+abc123.0000000000000000@elsewhere.example")


@pytest.mark.django_db
def test_an_address_of_ours_that_nobody_has_is_refused():
    """Guarantee 2: and a token that we did not sign; the sender hears it from their own server."""
    accepts = intake.accepts_at(OUTSIDE)
    assert not accepts("info@amends.test")
    assert not accepts("desk+abc123.0000000000000000@amends.test")
    assert not accepts("")


@pytest.mark.django_db(transaction=True)
def test_post_is_taken_by_smtp_and_by_lmtp_with_signs_of_life(settings):
    ports = [free_port(), free_port()]
    settings.ENVIRONMENT = read(
        {
            "AMENDS_SMTP_LISTEN": f"127.0.0.1:{ports[0]}",
            "AMENDS_LMTP_LISTEN": f"127.0.0.1:{ports[1]}",
        }
    )
    stop = threading.Event()
    part = threading.Thread(target=intake.run, args=(stop,))
    part.start()
    try:
        for port, kind in zip(ports, (smtplib.SMTP, smtplib.LMTP), strict=True):
            with once_there(kind, port) as talk:
                talk.sendmail(
                    "a@x.example", ["desk@amends.test"], f"Subject: {kind.__name__}\n\nHi"
                )
        wait_for(lambda: len(heartbeat.last_of(["smtp", "lmtp", "mailboxes", "mail"])) == 4)
    finally:
        stop.set()
        part.join()
    assert sorted(Post.objects.values_list("way", flat=True)) == ["lmtp", "smtp"]


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_ends_ends_the_part(settings):
    with closing(socket.create_server(("127.0.0.1", 0))) as occupied:
        port = occupied.getsockname()[1]
        settings.ENVIRONMENT = read({"AMENDS_SMTP_LISTEN": f"127.0.0.1:{port}"})
        with pytest.raises(intake.Deaf):
            intake.run(threading.Event())
    assert not heartbeat.alive("mail", at=now())


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def once_there(kind, port):
    for _ in range(50):
        try:
            return kind("127.0.0.1", port)
        except OSError:
            threading.Event().wait(0.1)
    raise AssertionError("the intake never answered")


@pytest.mark.django_db(transaction=True)
def test_starttls_is_offered_with_a_certificate_and_a_renewed_one_taken_up(settings, tmp_path):
    port, files = free_port(), (tmp_path / "cert.pem", tmp_path / "key.pem")
    certificates.make(*files)
    settings.ENVIRONMENT = read(
        {
            "AMENDS_SMTP_LISTEN": f"127.0.0.1:{port}",
            "AMENDS_SMTP_CERTIFICATE": str(files[0]),
            "AMENDS_SMTP_KEY": str(files[1]),
        }
    )
    stop = threading.Event()
    part = threading.Thread(target=intake.run, args=(stop,))
    part.start()
    try:
        assert sent_by_starttls(port, files[0])
        certificates.make(*files)
        os.utime(files[0], (1, 1))
        wait_for(lambda: sent_by_starttls(port, files[0]))
    finally:
        stop.set()
        part.join()
    assert Post.objects.count() == 1


def sent_by_starttls(port, authority):
    trusted = ssl.create_default_context(cafile=str(authority))
    with once_there(smtplib.SMTP, port) as talk:
        assert talk.ehlo()[0] == 250
        assert "size" in talk.esmtp_features
        try:
            talk.starttls(context=trusted)
        except ssl.SSLError:
            return False
        return talk.sendmail("a@x.example", ["desk@amends.test"], "Subject: Safe\n\nHi") == {}


def wait_for(condition):
    for _ in range(100):
        if condition():
            return
        threading.Event().wait(0.1)
    raise AssertionError("it never came")
