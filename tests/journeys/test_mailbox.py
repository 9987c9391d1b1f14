"""A mailbox from the day it is added: tested, written to by a customer, answered, answered again.

Real mail all the way: Dovecot holds the mailbox, and a mail server puts into it what we send there.
"""

import threading
import time

import pytest

from amends.config.environment import read
from amends.desk.life_signs import LifeSigns
from amends.kit.clock import now
from amends.mailroom import outbox, tending
from amends.mailroom.letter import Letter
from amends.mailroom.mailbox import Mailbox
from amends.recovery import mailboxes
from amends.recovery.intake import take_in
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom.conftest import dovecot
from tests.mailroom.dovecot import PASSWORD
from tests.mailroom.mails import mail

__all__ = ["dovecot"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(tending, "LOOK", 0.05)
    monkeypatch.setattr(tending, "FIRST_PAUSE", 0.05)


@pytest.fixture
def box(dovecot, sink, settings):
    """Added by its owner; whatever we send anywhere lands in it, as with a catch-all."""
    user = dovecot.user()
    cast.ana()
    settings.AMENDS_MAIL_URL = read({"AMENDS_MAIL_URL": sink.url}).mail_url
    made = mailboxes.add(
        place=cast.place(),
        by=cast.olive(),
        address=f"{user}@larder.example",
        host="127.0.0.1",
        port=dovecot.port,
        security="none",
        auth="password",
        login=user,
        password=PASSWORD,
        folder="INBOX",
        afterwards="move",
        move_to="Taken by Amends",
    )
    stop = threading.Event()
    reader = threading.Thread(target=tending.tend, args=(take_in,), kwargs={"stop": stop})
    reader.start()
    yield made
    stop.set()
    reader.join(20)


def test_a_mailbox_from_its_test_to_an_answered_customer(box, dovecot, sink):
    """Guarantees 2 and 3, with chatwoot#3868 as the reason for the first half."""
    mailboxes.test(box, by=cast.olive())
    assert outbox.send_due() == 2
    dovecot.put(box.login, *sink.box.letters)
    until(lambda: Mailbox.objects.get().test_answer_at)
    until(lambda: Mailbox.objects.get().test_home_at)
    tested = LifeSigns(Mailbox.objects.get(), at=now())
    until(lambda: LifeSigns(Mailbox.objects.get(), at=now()).state == "good")
    assert [step["state"] for step in tested.test[1:]] == ["good"] * 4
    assert not Recovery.objects.exists()

    dovecot.put(box.login, mail(cast.STORY, sender="Robert Finch <robert@finch.example>"))
    until(Recovery.objects.exists)
    recovery = Recovery.objects.get()
    assert recovery.place == cast.place()
    to = Letter.objects.filter(thread=recovery.ref, direction="out").first().reply_to
    reply = mail(
        "And the juice?\r\n", sender="robert@finch.example", to=to, message_id="<2@f.example>"
    )
    dovecot.put(box.login, reply)
    until(lambda: Letter.objects.filter(thread=recovery.ref, direction="in").count() == 2)
    assert Recovery.objects.count() == 1
    until(lambda: len(dovecot.lies_in(box.login, "Taken by Amends")) == 4)


def until(condition, *, seconds=40.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, list(Mailbox.objects.values("trouble", "last_uid"))
        time.sleep(0.05)
