"""Mail keeps coming while everything is killed and started again: none is lost, none is doubled."""

import os
import random
import re
import smtplib
import threading
import time
from collections import Counter
from email.message import EmailMessage

import pytest

from tests.engines.installation import Installation, installed

MAILS = int(os.environ.get("AMENDS_TEST_MAILS", "40"))  # bin/ci sends 500
SENDERS = 4
PATIENCE = 90  # seconds until everything that was stored is read
TOKEN = re.compile(r"MSGTOK-\d{5}")


def mail(number: int) -> bytes:
    message = EmailMessage()
    message["From"] = f"Guest {number} <guest{number}@customers.example>"
    message["To"] = "desk@larder.example"
    message["Subject"] = f"Breakfast {number}"
    message["Message-ID"] = f"<{number}@customers.example>"
    message.set_content(f"The bacon was greasy.\n\nMSGTOK-{number:05}\n")
    return message.as_bytes()


class MailServer:
    """Sends each mail again until it is taken, as every mail server does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.left = [mail(number) for number in range(MAILS)]
        self.taken = 0
        self.tries = 0
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._send, daemon=True) for _ in range(SENDERS)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def wait_until(self, taken: int) -> None:
        until = time.monotonic() + PATIENCE
        while self.taken < taken:
            assert time.monotonic() < until, f"{self.taken} of {taken} taken"
            time.sleep(0.02)

    def _send(self) -> None:
        while raw := self._next():
            while not self._is_taken(raw):
                time.sleep(0.2)
            with self.lock:
                self.taken += 1

    def _next(self) -> bytes | None:
        with self.lock:
            return self.left.pop() if self.left else None

    def _is_taken(self, raw: bytes) -> bool:
        self.tries += 1
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=20) as smtp:
                smtp.sendmail("bounce@customers.example", ["desk@larder.example"], raw)
        except (OSError, smtplib.SMTPException):
            return False
        return True


def kill_now_and_then(here: Installation, server: MailServer) -> None:
    """In turn the part that takes post, which is started again by itself, and the whole tree."""
    times = max(2, MAILS // 80)
    for number in range(times):
        server.wait_until(MAILS * (number + 1) // (times + 2))
        time.sleep(random.uniform(0, 0.3))
        if number % 2:
            here.kill()
            here.start()
        else:
            here.kill_a_part("worker mail")


def unread(here: Installation) -> int:
    return here.rows("SELECT count(*) FROM mailroom_post WHERE read_at IS NULL")[0][0]


@pytest.mark.engines
def test_mail_is_neither_lost_nor_doubled_when_everything_is_killed(tmp_path, sink):
    with installed(tmp_path, mail=sink.url) as here:
        here.start()
        server = MailServer(here.smtp)
        server.start()
        kill_now_and_then(here, server)
        server.wait_until(MAILS)
        until = time.monotonic() + PATIENCE
        while unread(here):
            assert time.monotonic() < until, here.told.read_text()
            time.sleep(0.2)
        told = here.rows("SELECT words FROM recovery_complaint")
    heard = Counter(token for (words,) in told for token in TOKEN.findall(words))
    assert heard == {f"MSGTOK-{number:05}": 1 for number in range(MAILS)}
    assert server.tries > MAILS  # something was killed in the middle of being told
    answered = Counter(address for envelope in sink.box.envelopes for address in envelope.rcpt_tos)
    assert set(answered.values()) <= {1}
