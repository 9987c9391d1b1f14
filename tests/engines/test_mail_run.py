"""Mail keeps coming by every way while everything is killed and started again, and letters go out:
none is lost, none is doubled, none is sent twice."""

import os
import random
import re
import smtplib
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from contextlib import ExitStack
from email.message import EmailMessage

import pytest

from amends.mailroom.post import LONGEST_WAIT
from tests.engines.installation import Installation, installed
from tests.mailroom import dovecot
from tests.mailroom.dovecot import PASSWORD

MAILS = int(os.environ.get("AMENDS_TEST_MAILS", "40"))  # bin/ci sends 500
KILLS = int(os.environ.get("AMENDS_TEST_KILLS", str(max(2, MAILS // 80))))
BY_PIPE = MAILS // 20  # a process for each is slow
BY_IMAP = MAILS * 2 // 5 if dovecot.found() else 0  # without a server all the more by SMTP
SENDERS, PIPES = 4, 2
# Seconds until everything that was stored is read. What several kills in a row met while it was being
# opened rests a while each time: with many kills that happens to some.
PATIENCE = 420 if KILLS < 20 else LONGEST_WAIT.total_seconds() + 120
TOKEN = re.compile(r"MSGTOK-\d{5}")
A_MAILBOX = """
import sys
from amends.config.start import start
start()
from amends.mailroom.mailbox import Mailbox
from amends.people.place import Place
Mailbox().set_up(
    takes_old=True, place=Place.objects.get().ref, address="desk@larder.example", host="127.0.0.1",
    port=int(sys.argv[1]), security="none", login=sys.argv[2], afterwards="mark", password=sys.argv[3],
)
"""


def mail(number: int) -> bytes:
    message = EmailMessage()
    message["From"] = f"Guest {number} <guest{number}@customers.example>"
    message["To"] = "desk@larder.example"
    message["Subject"] = f"Breakfast {number}"
    message["Message-ID"] = f"<{number}@customers.example>"
    message.set_content(f"The bacon was greasy.\n\nMSGTOK-{number:05}\n")
    return message.as_bytes()


class Senders(ABC):
    """Send each mail again until it is taken, as every mail server does."""

    def __init__(self, here: Installation, numbers: range, *, threads: int) -> None:
        self.here = here
        self.left = [mail(number) for number in numbers]
        self.many = len(self.left)
        self.taken = 0
        self.tries = 0
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._send, daemon=True) for _ in range(threads)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

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
        with self.lock:
            self.tries += 1
        return self.hand_over(raw)

    @abstractmethod
    def hand_over(self, raw: bytes) -> bool:
        """Once; whether it was taken."""


class BySmtp(Senders):
    def hand_over(self, raw: bytes) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", self.here.smtp, timeout=20) as smtp:
                smtp.sendmail("bounce@customers.example", ["desk@larder.example"], raw)
        except (OSError, smtplib.SMTPException):
            return False
        return True


class ByPipe(Senders):
    """One process a message, which may be killed like any other."""

    def __init__(self, *given, **more) -> None:
        super().__init__(*given, **more)
        self.running: set[subprocess.Popen[bytes]] = set()

    def hand_over(self, raw: bytes) -> bool:
        command = [sys.executable, "-m", "amends.config.command", "deliver"]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            command, env=self.here.surroundings, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet
        )
        self.running.add(process)
        process.communicate(raw)
        self.running.discard(process)
        return process.returncode == 0

    def kill_one(self) -> None:
        for process in list(self.running)[:1]:
            process.kill()


def kill_now_and_then(here: Installation, pipe: ByPipe) -> None:
    """While mail comes in: in turn the part that takes post, which is started again by itself,
    with a pipe; and the whole tree."""
    for killed in range(KILLS):
        stored = MAILS * (killed + 1) // (KILLS + 2)
        wait_until(lambda: count(here, "SELECT count(*) FROM mailroom_post") >= stored, here)  # noqa: B023
        time.sleep(random.uniform(0, 0.3))
        if killed % 2:
            here.kill()
            here.start()
        else:
            here.kill_a_part("worker mail")
            pipe.kill_one()


def count(here: Installation, question: str) -> int:
    return int(here.rows(question)[0][0])


def heard(here: Installation) -> Counter[str]:
    told = here.rows("SELECT words FROM recovery_complaint")
    return Counter(token for (words,) in told for token in TOKEN.findall(words))


def is_quiet(here: Installation) -> bool:
    unread = "SELECT count(*) FROM mailroom_post WHERE read_at IS NULL"
    waiting = "SELECT count(*) FROM mailroom_letter WHERE state = 'queued'"  # not what was cut off
    return count(here, unread) == count(here, waiting) == 0


def wait_until(condition, here: Installation) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, here.told.read_text()[-4_000:]
        time.sleep(0.2)


@pytest.mark.engines
def test_mail_is_neither_lost_nor_doubled_when_everything_is_killed(tmp_path, sink):
    """Guarantees 1, 2, 11: whatever is killed at whatever moment."""
    with ExitStack() as running:
        here = running.enter_context(installed(tmp_path, mail=sink.url))
        if BY_IMAP:
            server = running.enter_context(dovecot.running())
            user = server.user()
            server.put(user, *map(mail, range(BY_IMAP)))
            here.run("-c", A_MAILBOX, str(server.port), user, PASSWORD)
        here.start()
        pipe = ByPipe(here, range(BY_IMAP, BY_IMAP + BY_PIPE), threads=PIPES)
        smtp = BySmtp(here, range(BY_IMAP + BY_PIPE, MAILS), threads=SENDERS)
        for way in (pipe, smtp):
            way.start()
        kill_now_and_then(here, pipe)
        wait_until(lambda: (pipe.taken, smtp.taken) == (pipe.many, smtp.many), here)
        wait_until(lambda: len(heard(here)) == MAILS, here)
        wait_until(lambda: is_quiet(here), here)
        told = heard(here)
        sure = count(here, "SELECT count(*) FROM mailroom_letter WHERE state = 'handed_over'")
    assert told == {f"MSGTOK-{number:05}": 1 for number in range(MAILS)}
    answered = Counter(address for envelope in sink.box.envelopes for address in envelope.rcpt_tos)
    assert set(answered.values()) <= {1}
    assert len(answered) >= sure > 0
