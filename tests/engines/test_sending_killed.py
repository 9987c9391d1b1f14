"""The sender is killed at random moments while letters go out: none is sent twice, none is lost."""

import email
import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.engines.installation import installed
from tests.mailroom.servers import server

pytestmark = pytest.mark.engines
KILLS = min(20, int(os.environ.get("AMENDS_TEST_KILLS", "2")))  # a process for each is slow
LETTERS, PATIENCE = 20 * KILLS, 60
WRITE = """
from amends.config.start import start
start()
from amends.mailroom.writing import write
for number in range(%d):
    write(thread="", kind="account", recipient=f"guest{number}@customers.example", subject="Hello",
          text="Hello.", sender_name="Amends")
"""
SEND = """
import time
from amends.config.start import start
start()
from amends.mailroom.outbox import send_due
while True:
    send_due()
    time.sleep(0.02)
"""
# What is left in the hands of a dead sender is let go at once, not after minutes.
FORGET = """
from datetime import timedelta
from amends.config.start import start
start()
from amends.kit.clock import now
from amends.mailroom.outbox import give_up_waiting
give_up_waiting(now() + timedelta(hours=1))
"""


def until(is_so) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.001 if end - time.monotonic() > PATIENCE - 5 else 0.2)
    assert is_so()


def test_freescout_5457_killed_at_any_moment_no_letter_is_sent_twice_and_none_is_lost(tmp_path):
    """Guarantee 11, with real processes, a real mail server and kill -9."""
    with server() as post, installed(tmp_path, mail=f"smtp://127.0.0.1:{post.port}") as here:
        here.run("-c", WRITE % LETTERS)
        for _ in range(KILLS):
            wanted = len(post.letters) + random.randrange(1, LETTERS // KILLS - 2)
            sender = subprocess.Popen([sys.executable, "-c", SEND], env=here.surroundings)
            until(lambda wanted=wanted: len(post.letters) >= wanted)
            time.sleep(random.random() / 100)
            sender.kill()
            sender.wait()
        here.run("-c", FORGET)
        sender = subprocess.Popen([sys.executable, "-c", SEND], env=here.surroundings)
        waiting = "SELECT 1 FROM mailroom_letter WHERE state IN ('queued', 'sending')"
        until(lambda: not here.rows(waiting))
        sender.kill()
        sender.wait()
        ended = here.rows("SELECT message_id, state FROM mailroom_letter")
        arrived = Counter(email.message_from_bytes(raw)["Message-ID"] for raw in post.letters)
    assert len(ended) == LETTERS
    assert {state for _, state in ended} <= {"handed_over", "uncertain"}
    assert max(arrived.values()) == 1
    assert {one for one, state in ended if state == "handed_over"} <= set(arrived)
    assert len([one for one, state in ended if state == "uncertain"]) <= KILLS
