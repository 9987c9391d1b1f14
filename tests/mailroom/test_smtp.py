import json
import os
import random
import smtplib
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection

from amends.mailroom import smtp as reception
from amends.mailroom.letter import Letter
from amends.mailroom.post import Post
from amends.mailroom.smtp import serve
from tests.mailroom import listening
from tests.mailroom.mails import mail, multipart

ROOT = Path(__file__).parents[2]


SEND = """
import smtplib, sys
with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), timeout=100) as server:
    server.sendmail("ana@customers.test", ["desk@amends.test"], sys.stdin.buffer.read())
"""


class Box:
    """What was delivered; `trouble` is raised instead."""

    def __init__(self) -> None:
        self.taken: list[dict] = []
        self.trouble: Exception | None = None
        self.port = 0

    def deliver(self, raw: bytes, **envelope) -> None:
        if self.trouble:
            raise self.trouble
        self.taken.append({"raw": raw, **envelope})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def listening_with(deliver, **given) -> Iterator[int]:
    port, stop, ready = free_port(), threading.Event(), threading.Event()
    given = {"accepts": lambda address: address.endswith("@amends.test"), **given}
    thread = threading.Thread(
        target=serve,
        args=(deliver,),
        kwargs={"host": "127.0.0.1", "port": port, "stop": stop, "ready": ready.set, **given},
    )
    thread.start()
    assert ready.wait(10)
    try:
        yield port
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def box() -> Iterator[Box]:
    made = Box()
    with listening_with(made.deliver) as made.port:
        yield made


def send(port: int, raw: bytes, *recipients: str, sender: str = "ana@customers.test", **given):
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        return client.sendmail(sender, recipients or ["desk@amends.test"], raw, **given)


def test_a_mail_is_passed_on_byte_for_byte_with_its_envelope(box):
    raw = mail(b".dots\r\n..and\r\n.\r\ncaf\xe9 \0 \xff\r\n")
    send(box.port, raw, "Desk+abc.def@amends.test", "bath@amends.test")
    assert box.taken == [
        {
            "raw": raw,
            "way": "smtp",
            "sender": "ana@customers.test",
            "recipients": ["Desk+abc.def@amends.test", "bath@amends.test"],
            "peer": "127.0.0.1",
        }
    ]


def test_a_bounce_with_its_empty_sender_is_taken(box):
    send(box.port, mail(), sender="")
    assert box.taken[0]["sender"] == "<>"


def test_strangers_addresses_are_refused_and_the_others_taken(box):
    refused = send(box.port, mail(), "desk@amends.test", "president@elsewhere.test")
    assert list(refused) == ["president@elsewhere.test"]
    assert refused["president@elsewhere.test"][0] == 550
    assert box.taken[0]["recipients"] == ["desk@amends.test"]


def test_what_could_not_be_stored_is_to_be_sent_again(box):
    box.trouble = OSError(28, "No space left on device")
    with pytest.raises(smtplib.SMTPDataError) as no:
        send(box.port, mail())
    assert no.value.smtp_code == 451
    box.trouble = None
    send(box.port, mail())
    assert len(box.taken) == 1


def test_a_failing_check_of_addresses_is_no_refusal():
    def broken(address: str) -> bool:
        raise ConnectionError("database away")

    with (
        listening_with(Box().deliver, accepts=broken) as port,
        pytest.raises(smtplib.SMTPRecipientsRefused) as no,
    ):
        send(port, mail())
    assert [code for code, _ in no.value.recipients.values()] == [451]


def test_freescout_3298_a_mail_too_large_is_refused_with_a_word_and_the_next_is_taken():
    box = Box()
    with (
        listening_with(box.deliver, size_limit=100_000) as port,
        smtplib.SMTP("127.0.0.1", port) as client,
    ):
        with pytest.raises(smtplib.SMTPSenderRefused) as no:  # said before it is sent
            client.sendmail("a@x.test", ["desk@amends.test"], b"x" * 200_000)
        assert no.value.smtp_code == 552
        client.rset()
        client.mail("a@x.test")
        client.rcpt("desk@amends.test")
        code, _ = client.data(b"y\r\n" * 60_000)  # said after all of it came
        assert code == 552
        client.sendmail("a@x.test", ["desk@amends.test"], mail())
    assert len(box.taken) == 1


def test_many_large_mails_at_once_are_put_off_and_taken_when_there_is_room():
    box = Box()

    def half_sent(port: int) -> smtplib.SMTP:
        client = smtplib.SMTP("127.0.0.1", port, timeout=10)
        client.ehlo()
        client.mail("a@x.test")
        client.rcpt("desk@amends.test")
        assert client.docmd("DATA")[0] == 354
        client.send(b"x" * 89_998 + b"\r\n")
        return client

    with listening_with(box.deliver, size_limit=100_000) as port:
        early = [half_sent(port) for _ in range(reception.ROOM_FOR)]
        time.sleep(0.2)
        late = half_sent(port)
        assert late.docmd(".") == (452, b"4.3.1 Too much at once, please try again")
        assert [client.docmd(".")[0] for client in early] == [250] * reception.ROOM_FOR
        late.sendmail("a@x.test", ["desk@amends.test"], b"x" * 90_000)
        for client in [*early, late]:
            client.close()
    assert len(box.taken) == reception.ROOM_FOR + 1


def test_whoever_hangs_up_leaves_their_room_to_others():
    box = Box()
    with listening_with(box.deliver, size_limit=100_000) as port:
        for _ in range(3 * reception.ROOM_FOR):
            client = smtplib.SMTP("127.0.0.1", port, timeout=10)
            client.ehlo()
            client.mail("a@x.test")
            client.rcpt("desk@amends.test")
            client.docmd("DATA")
            client.send(b"x" * 89_998 + b"\r\n")
            client.close()
        time.sleep(0.5)
        send(port, b"x" * 90_000)
    assert len(box.taken) == 1


def test_lines_longer_than_allowed_are_taken_all_the_same(box):
    raw = mail("x" * 6_000_000 + "\r\n")
    send(box.port, raw)
    assert box.taken[0]["raw"] == raw


def test_freescout_3298_a_large_mail_takes_little_more_memory_than_itself():
    """Guarantee 1: in short lines, of which a list would need five times as much."""
    raw = mail("the vase came broken\r\n" * 90_000)
    taken: list[int] = []

    def deliver(raw: bytes, **_) -> None:
        taken.append(len(raw))

    tracemalloc.start()
    try:
        with listening_with(deliver, size_limit=60_000_000) as port:
            command = [sys.executable, "-c", SEND, str(port)]
            subprocess.run(command, input=raw, check=True, timeout=120)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken == [len(raw)]
    assert most < 4 * len(raw)


def test_addresses_beyond_ascii_are_taken(box):
    send(box.port, mail(), "jörg@amends.test", mail_options=["SMTPUTF8"])
    assert box.taken[0]["recipients"] == ["jörg@amends.test"]


def test_many_letters_over_one_connection(box):
    with smtplib.SMTP("127.0.0.1", box.port) as client:
        for number in range(20):
            client.sendmail("a@x.test", ["desk@amends.test"], mail(f"{number}\r\n"))
    assert len(box.taken) == 20


def test_more_recipients_than_anybody_needs_are_put_off(box):
    many = [f"a{number}@amends.test" for number in range(reception.MOST_RECIPIENTS + 5)]
    refused = send(box.port, mail(), *many)
    assert {code for code, _ in refused.values()} == {452}
    assert len(box.taken[0]["recipients"]) == reception.MOST_RECIPIENTS


def test_more_connections_than_we_have_room_for_are_put_off(box, monkeypatch):
    monkeypatch.setattr(reception, "MOST_CONNECTIONS", 2)
    callers = [socket.create_connection(("127.0.0.1", box.port)) for _ in range(3)]
    greetings = [caller.recv(100)[:3] for caller in callers]
    for caller in callers:
        caller.close()
    assert sorted(greetings) == [b"220", b"220", b"421"]
    time.sleep(0.2)
    send(box.port, mail())
    assert len(box.taken) == 1


def test_a_caller_who_hangs_up_in_the_middle_delivers_nothing(box):
    with socket.create_connection(("127.0.0.1", box.port)) as caller:
        caller.sendall(
            b"EHLO x\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<desk@amends.test>\r\nDATA\r\nSubject: half"
        )
        time.sleep(0.2)
    send(box.port, mail())
    assert len(box.taken) == 1


def test_no_mail_is_smuggled_behind_another(box):
    bare = b"Subject: one\r\n\r\nhi\n.\nMAIL FROM:<x@y.test>\nRCPT TO:<desk@amends.test>\nDATA\n"
    with smtplib.SMTP("127.0.0.1", box.port) as client:
        client.ehlo()
        client.mail("a@x.test")
        client.rcpt("desk@amends.test")
        client.docmd("DATA")
        client.sock.sendall(bare + b"Subject: two\r\n.\r\n")
        assert client.getreply()[0] == 250
    assert len(box.taken) == 1


def test_lmtp_answers_for_each_recipient():
    box = Box()
    with (
        listening_with(box.deliver, lmtp=True) as port,
        smtplib.LMTP("127.0.0.1", port) as client,
    ):
        client.ehlo_or_helo_if_needed()
        client.mail("a@x.test")
        for name in ("desk", "bath"):
            client.rcpt(f"{name}@amends.test")
        assert client.data(mail())[0] == 250
        assert client.getreply()[0] == 250
        client.mail("a@x.test")
        client.rcpt("desk@amends.test")
        assert client.data(mail())[0] == 250
    assert [len(each["recipients"]) for each in box.taken] == [2, 1]
    assert box.taken[0]["way"] == "lmtp"


def test_lmtp_says_to_each_recipient_that_it_is_too_large():
    box = Box()
    with listening_with(box.deliver, lmtp=True, size_limit=1_000) as port:
        client = smtplib.LMTP("127.0.0.1", port)
        client.ehlo("x.test")
        client.mail("a@x.test")
        for name in ("desk", "other"):
            client.rcpt(f"{name}@amends.test")
        client.docmd("DATA")
        client.send(b"y\r\n" * 1_000 + b".\r\n")
        assert [client.getreply()[0] for _ in range(2)] == [552, 552]
        assert client.noop()[0] == 250
        client.close()


def test_what_is_being_delivered_is_finished_before_the_door_closes():
    started, done = threading.Event(), []

    def slow(raw: bytes, **envelope) -> None:
        started.set()
        time.sleep(0.5)
        done.append(raw)

    with ThreadPoolExecutor(1) as pool, listening_with(slow) as port:
        pool.submit(send, port, mail())
        assert started.wait(5)
    assert len(done) == 1


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_mails_from_many_at_once_are_each_a_letter():
    with listening_with(listening.take) as port, ThreadPoolExecutor(6) as pool:
        list(
            pool.map(lambda n: send(port, mail(f"mail {n}\r\n", message_id=f"<{n}@x>")), range(40))
        )
    assert sorted(letter.text for letter in Letter.objects.all()) == sorted(
        f"mail {n}" for n in range(40)
    )


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_the_same_mail_from_many_at_once_is_one_letter():
    with listening_with(listening.take) as port, ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: send(port, mail()), range(20)))
    assert Letter.objects.count() == 1


@contextmanager
def killable(port: int, folder: Path) -> Iterator[subprocess.Popen]:
    told = connection.settings_dict
    database = {name: told[name] for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")}
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.mailroom.listening"),
            *(json.dumps(database, default=str), str(folder), str(port)),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        yield child
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled():
    folder, port, chance = Path(storages["kept"].location), free_port(), random.Random(7)
    waiting = {
        f"mail {n}": multipart(
            f"\nmail {n}", f"Content-Type: image/png; name=a.png\n\nPNG {n}", message_id=f"<{n}@x>"
        )
        for n in range(120)
    }
    said_yes: set[str] = set()
    for _ in range(6):
        with killable(port, folder) as child:
            murderer = threading.Timer(chance.uniform(0.05, 0.6), child.kill)
            murderer.start()
            for words, raw in list(waiting.items()):
                try:
                    send(port, raw)
                except (OSError, smtplib.SMTPException):
                    break
                said_yes.add(words)
                if chance.random() < 0.8:  # now and then the sender does not hear the yes
                    del waiting[words]
            murderer.cancel()
    with killable(port, folder):
        for words, raw in waiting.items():
            send(port, raw)
            said_yes.add(words)
    for post in Post.objects.filter(read_at=None):
        listening.open_and_file(post)
    found = Counter(letter.text for letter in Letter.objects.all())
    assert len(said_yes) == 120
    assert set(found) == said_yes
    assert set(found.values()) == {1}
    assert all(letter.attachments.count() == 1 for letter in Letter.objects.all())
    assert all(post.raw() for post in Post.objects.all())
