"""Readers of mailboxes: started, ended and begun afresh as the settings say."""

import os
import subprocess
import threading
import time
from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom import tending
from amends.mailroom.mailbox import Mailbox
from amends.mailroom.post import Post, store
from amends.mailroom.stuck import Stuck
from tests.mailroom import dovecot as imap_server
from tests.mailroom import provider as provider_page
from tests.mailroom.boxes import Taken, mailbox
from tests.mailroom.mails import mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(tending, "LOOK", 0.05)
    monkeypatch.setattr(tending, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(tending, "NOT_LET_IN_PAUSE", 0.1)
    monkeypatch.setattr(tending, "POLL", 0.3)


@pytest.fixture
def tended():
    """The mail part's thread, with what it delivered."""
    taken, stop = Taken(), threading.Event()
    thread = threading.Thread(target=tending.tend, args=(taken,), kwargs={"stop": stop})
    thread.start()
    yield taken
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


def until(condition, *, seconds=15.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_mailbox_added_in_the_settings_is_read_without_a_new_start(dovecot, tended):
    user = dovecot.user()
    box = mailbox(dovecot, user)
    dovecot.put(user, mail())
    until(lambda: len(tended.raws) == 1)
    dovecot.put(user, mail("And another.\r\n"))
    until(lambda: len(tended.raws) == 2)
    box.refresh_from_db()
    assert (box.failing_since, box.seen_at is not None) == (None, True)
    box.stop()
    until(lambda: Mailbox.objects.get().held_by == "")
    dovecot.put(user, mail("Too late.\r\n"))
    time.sleep(0.4)
    assert len(tended.raws) == 2


def test_osticket_6455_a_mailbox_that_fails_says_why_and_since_when_and_comes_back(dovecot, tended):
    """Guarantee 14: the others go on meanwhile, and a new password is tried at once."""
    good, bad = dovecot.user(), dovecot.user()
    mailbox(dovecot, good)
    box = mailbox(dovecot, bad, password="not-this-one")
    dovecot.put(good, mail())
    dovecot.put(bad, mail())
    until(lambda: Mailbox.objects.get(pk=box.pk).failing_since)
    until(lambda: len(tended.raws) == 1)
    failing = Mailbox.objects.get(pk=box.pk)
    assert "does not let" in failing.trouble
    failing.set_up(password="open-sesame")
    until(lambda: len(tended.raws) == 2)
    until(lambda: Mailbox.objects.get(pk=box.pk).failing_since is None)


def test_freescout_1425_two_processes_read_one_mailbox_in_turn(dovecot):
    """Guarantee 2: both are there, one reads, and the other takes over when it ends."""
    user, stops = dovecot.user(), [threading.Event(), threading.Event()]
    taken = [Taken(), Taken()]
    threads = [
        threading.Thread(target=tending.tend, args=(mine,), kwargs={"stop": stop})
        for mine, stop in zip(taken, stops, strict=True)
    ]
    box = mailbox(dovecot, user)
    for thread in threads:
        thread.start()
    dovecot.put(user, *(mail(f"{number}\r\n") for number in range(5)))
    until(lambda: sum(len(mine.raws) for mine in taken) == 5)
    first = 0 if taken[0].raws else 1
    assert len(taken[1 - first].raws) == 0
    stops[first].set()
    threads[first].join()
    dovecot.put(user, mail("for the other\r\n"))
    until(lambda: len(taken[1 - first].raws) == 1)
    stops[1 - first].set()
    threads[1 - first].join()
    assert Mailbox.objects.get(pk=box.pk).held_by == ""


def test_a_server_that_goes_away_is_asked_again(dovecot, tended, monkeypatch):
    box = mailbox(dovecot, dovecot.user(), port=1)
    until(lambda: Mailbox.objects.get().failing_since)
    box.refresh_from_db()
    assert "does not answer at port 1" in box.trouble
    Mailbox.objects.update(port=dovecot.port)
    until(lambda: Mailbox.objects.get().failing_since is None)


def test_what_came_is_stored_before_it_is_marked(dovecot):
    user = dovecot.user()
    box = mailbox(dovecot, user, afterwards="mark")
    dovecot.put(user, mail())
    stop = threading.Event()

    def keep(raw, *, place, **envelope):
        store(raw, mailbox=place, **envelope)

    thread = threading.Thread(target=tending.tend, args=(keep,), kwargs={"stop": stop})
    thread.start()
    until(lambda: Mailbox.objects.get().last_uid == 1)
    stop.set()
    thread.join()
    assert Post.objects.get().way == "imap"
    box.refresh_from_db()
    assert now() - box.last_message_at < timedelta(minutes=1)


def test_whoever_was_killed_on_this_machine_holds_nothing(dovecot):
    child = subprocess.Popen(["true"])
    me = tending._who()
    box = mailbox(dovecot, dovecot.user())
    assert box.hold(me.replace(f" {os.getpid()} ", f" {child.pid} "))
    child.wait()
    before = Mailbox.objects.get().held_by
    assert tending.has_died(before)
    assert not box.hold(me)
    assert box.hold(me, died=before)


@pytest.mark.parametrize("holder", ["", "elsewhere/abc/1 99999 ff", "mac 1 ff", "x"])
def test_of_other_machines_nobody_says_that_they_have_died(holder):
    assert not tending.has_died(holder)
    assert not tending.has_died(tending._who())


def test_osticket_6299_a_token_is_renewed_while_mail_comes_in_and_a_refusal_told_in_time(
    settings, monkeypatch
):
    """Guarantee 14: by a real reader, a real mailbox and a real address for tokens."""
    monkeypatch.setattr(tending, "SIGN_OF_LIFE", 0.1)
    monkeypatch.setattr(tending, "RENEWAL", 0.3)
    with (
        provider_page.running() as provider,
        imap_server.running(token_info=provider.token_info) as server,
    ):
        settings.AMENDS_SIGN_IN_APPS = {"microsoft": ("our-id", "our-secret"), "google": None}
        settings.AMENDS_SIGN_IN_AT = {"microsoft": provider.at, "google": provider.at}
        provider.owners = {"old": "shared", "access-1": "shared"}
        box = mailbox(server, "shared", auth="microsoft", password="")
        box.keep_tokens(access="old", until=now() + timedelta(minutes=50), refresh="r")
        taken, stop = Taken(), threading.Event()
        reader = threading.Thread(target=tending.tend, args=(taken,), kwargs={"stop": stop})
        reader.start()
        try:
            server.put("shared", mail())
            until(lambda: len(taken.raws) == 1)
            assert provider.asked == []
            half_gone()
            until(lambda: Mailbox.objects.get().refresh_token == "refresh-1")
            provider.refuse("invalid_grant", "The user has left.")
            half_gone()
            until(lambda: "The user has left. Mail stops coming in soon." in warned())
            server.put("shared", mail("And another.\r\n"))
            until(lambda: len(taken.raws) == 2)
        finally:
            stop.set()
            reader.join(20)


def half_gone() -> None:
    """As if more than half of the token's life were over; the reader looks at its row afresh."""
    Mailbox.objects.update(access_from=now() - timedelta(hours=2), changed_at=now())


def warned() -> str:
    return Mailbox.objects.get().warning


def test_a_message_that_waits_for_its_next_try_is_not_slept_through(dovecot, clock):
    """A server that tells of new mail was once waited for by minutes, with a letter of before due."""
    box = mailbox(dovecot, dovecot.user())
    box.go_by(7, from_uid=0, numbered_to=100)
    assert tending.until_stuck(box) > tending.AT_LEAST
    Stuck.note(box, 66, "We died.")
    Stuck.note(box, 67, "We died.")
    clock.shift(timedelta(seconds=20))
    assert tending.until_stuck(box) == pytest.approx(40, abs=2)
    clock.shift(timedelta(minutes=5))
    assert tending.until_stuck(box) == 1
