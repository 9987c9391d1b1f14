"""The conversation with an IMAP server: its refusals in plain words, its silences bounded."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from amends.mailroom import imap
from amends.mailroom.imap import conversation
from amends.mailroom.refusal import NotLetIn, NoWay
from tests.mailroom.boxes import mailbox
from tests.mailroom.dovecot import PASSWORD
from tests.mailroom.mails import mail

pytestmark = pytest.mark.django_db
CAPABLE, LET_IN = b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n", b"TAG OK in\r\n"


def why(box, *, secret=PASSWORD) -> str:
    with pytest.raises(NoWay) as no, conversation(box, secret=secret) as talk:
        talk.open(box.folder)
    return str(no.value)


@contextmanager
def saying(*lines: bytes, drips: bool = False) -> Iterator[int]:
    """A server that greets, and then says these lines whatever it is asked; then it is silent, or
    sends a byte now and then."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        ended = threading.Event()

        def talk() -> None:
            with closing(server.accept()[0]) as connection, suppress(OSError):
                connection.sendall(b"* OK [CAPABILITY IMAP4rev1] here\r\n")
                for line in lines:
                    asked = connection.recv(1000)
                    connection.sendall(line.replace(b"TAG", asked.split(b" ")[0]))
                while not ended.wait(0.1):
                    if drips:
                        connection.sendall(b"x")

        thread = threading.Thread(target=talk)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            ended.set()
            thread.join()


def test_tls_with_a_certificate_that_is_trusted(dovecot, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.authority))
    for security, port in (("tls", dovecot.tls_port), ("starttls", dovecot.port)):
        user = dovecot.user()
        box = mailbox(dovecot, user, security=security, port=port)
        with conversation(box, secret=PASSWORD) as talk:
            assert talk.open("INBOX").uid_validity


def test_a_certificate_that_is_not_trusted_is_refused(dovecot):
    for security, port in (("tls", dovecot.tls_port), ("starttls", dovecot.port)):
        box = mailbox(dovecot, dovecot.user(), security=security, port=port)
        assert "certificate of 127.0.0.1 cannot be trusted: self-signed" in why(box)


def test_tls_where_none_is_spoken_says_so(dovecot):
    box = mailbox(dovecot, dovecot.user(), security="tls")
    assert "does not speak TLS" in why(box)


def test_a_wrong_password_is_told_without_repeating_it(dovecot):
    box = mailbox(dovecot, dovecot.user())
    words = why(box, secret="wrong-guess")
    assert "does not let" in words
    assert "wrong-guess" not in words


def test_a_password_beyond_ascii_is_sent_all_the_same(dovecot):
    box = mailbox(dovecot, dovecot.user())
    with pytest.raises(NotLetIn), conversation(box, secret="Schlüssel"):
        pass


def test_a_folder_that_is_not_there_is_told(dovecot):
    box = mailbox(dovecot, dovecot.user(), folder="Nowhere")
    assert "There is no folder “Nowhere”" in why(box)


def test_nobody_there_and_no_such_server(dovecot):
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        box = mailbox(dovecot, "a", port=probe.getsockname()[1])
        assert "does not answer at port" in why(box)


def test_zammad_2321_a_server_that_falls_silent_is_left(dovecot, monkeypatch):
    """Guarantee 14: no fetch hangs for ever; silence has its time and its words."""
    monkeypatch.setattr(imap, "READING", 0.3)
    monkeypatch.setattr(imap, "CONNECTING", 0.3)
    box = mailbox(dovecot, "a")
    with saying() as box.port:
        assert "did not answer in time" in why(box)


def test_zammad_2321_a_server_that_drips_is_as_silent(dovecot, monkeypatch):
    """Guarantee 14: single bytes now and then do not hold a reader for days."""
    monkeypatch.setattr(imap, "READING", 0.4)
    began = time.monotonic()
    box = mailbox(dovecot, "a")
    with saying(CAPABLE, LET_IN, drips=True) as box.port:
        assert "did not answer in time" in why(box)
    assert time.monotonic() - began < 10


def test_a_server_that_breaks_off_or_babbles_is_told(dovecot):
    box = mailbox(dovecot, "a")
    with saying(CAPABLE, LET_IN, b"* BYE enough\r\n") as box.port:
        assert "broke off" in why(box)
    with saying(CAPABLE, LET_IN, b"WHAT is this\r\n") as box.port:
        assert "broke off" in why(box)


def test_idle_tells_of_new_mail_at_once(dovecot):
    user = dovecot.user()
    box = mailbox(dovecot, user)
    with conversation(box, secret=PASSWORD) as talk:
        talk.open("INBOX")
        threading.Timer(0.2, dovecot.put, [user, mail()]).start()
        began = time.monotonic()
        talk.wait(30, going=lambda: True)
        assert time.monotonic() - began < 10
        assert talk.after(0) == [1]


def test_mail_that_is_told_of_in_the_middle_of_another_answer_is_not_overheard(dovecot):
    """Guarantee 2: the server says it once; whoever then waits would wait for minutes."""
    user = dovecot.user()
    dovecot.put(user, mail())
    with conversation(mailbox(dovecot, user), secret=PASSWORD) as talk:
        talk.open("INBOX")
        assert talk.after(0) == [1]
        dovecot.put(user, mail("Another.\r\n"))
        talk.known([1])  # its answer tells of the second
        began = time.monotonic()
        talk.wait(60, going=lambda: True)
        assert time.monotonic() - began < 20
        talk.open("INBOX")
        assert talk.after(1) == [2]


@pytest.mark.parametrize("early", [b"* 1 EXISTS\r\n+ idling\r\n", b"+ idling\r\n* 1 EXISTS\r\n"])
def test_mail_that_is_told_of_just_when_the_server_begins_to_wait_is_not_overheard(dovecot, early):
    """Guarantee 2: before it says that it waits, or in one piece with that."""
    box = mailbox(dovecot, "a")
    can_idle = b"* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK done\r\n"
    opened = b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] \r\n* OK [UIDNEXT 1] \r\nTAG OK opened\r\n"
    began = time.monotonic()
    with (
        saying(can_idle, LET_IN, opened, can_idle, early, b"X OK\r\n") as box.port,
        suppress(NoWay),  # the last line is no answer: a server of five lines knows no tags
        conversation(box, secret=PASSWORD) as talk,
    ):
        talk.open("INBOX")
        talk.wait(60, going=lambda: True)
    assert time.monotonic() - began < 20


def test_without_idle_it_waits_for_its_time_or_until_it_is_to_stop(bare_dovecot, monkeypatch):
    monkeypatch.setattr(imap, "SLICE", 0.05)
    box = mailbox(bare_dovecot, bare_dovecot.user())
    with conversation(box, secret=PASSWORD) as talk:
        talk.open("INBOX")
        began = time.monotonic()
        talk.wait(0.2, going=lambda: True)
        talk.wait(30, going=lambda: False)
        assert 0.15 < time.monotonic() - began < 5


def test_the_last_message_is_not_new_for_ever(dovecot):
    """A server asked for all after the last names the last."""
    user = dovecot.user()
    dovecot.put(user, mail(), mail("Another.\r\n"))
    with conversation(mailbox(dovecot, user), secret=PASSWORD) as talk:
        talk.open("INBOX")
        assert talk.after(2) == []
        assert talk.after(1) == [2]


def test_no_password_is_in_any_log(dovecot, caplog):
    """Guarantee 14: not even when everything is logged."""
    caplog.set_level("DEBUG")
    user = dovecot.user()
    with conversation(mailbox(dovecot, user), secret=PASSWORD):
        pass
    assert PASSWORD not in caplog.text
