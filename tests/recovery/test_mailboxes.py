import pytest

from amends.kit.errors import Impossible
from amends.mailroom.addresses import thread_in
from amends.mailroom.letter import Letter, State
from amends.mailroom.mailbox import Mailbox
from amends.people.rights import NotYours
from amends.recovery import mailboxes
from tests import cast

pytestmark = pytest.mark.django_db
ENTERED = {
    "address": "hello@larder.example",
    "host": "imap.larder.example",
    "port": 993,
    "security": "tls",
    "auth": "password",
    "login": "larder",
    "password": "sesame",
    "folder": "INBOX",
    "afterwards": "mark",
    "move_to": "",
}


def added(**more) -> Mailbox:
    return mailboxes.add(place=cast.place(), by=cast.olive(), **{**ENTERED, **more})


def test_an_owner_adds_and_changes_one():
    box = added()
    assert (box.place, box.by_name, box.password) == (cast.place().ref, "Olive Grant", "sesame")
    kept = {**ENTERED, "password": "", "folder": "Complaints"}
    mailboxes.change(box, place=cast.place(), by=cast.olive(), **kept)
    assert (Mailbox.objects.get().folder, Mailbox.objects.get().password) == (
        "Complaints",
        "sesame",
    )


def test_nobody_else_does():
    box = added()
    for person in (cast.ana(), cast.mona(), cast.audrey()):
        for verb in (mailboxes.stop, mailboxes.go_on, mailboxes.test):
            with pytest.raises(NotYours):
                verb(box, by=person)
        with pytest.raises(NotYours):
            mailboxes.add(place=cast.place(), by=person, **ENTERED)
        with pytest.raises(NotYours):
            mailboxes.begin_sign_in(box, by=person, back_to="x")
        with pytest.raises(NotYours):
            mailboxes.finish_sign_in(box, by=person, back_to="x", code="c", verifier="v")


@pytest.mark.parametrize(
    ("entered", "why"),
    [
        ({"port": 70_000}, "port"),
        ({"security": "none"}, "cross the net"),
        ({"afterwards": "move"}, "which folder"),
        ({"afterwards": "move", "move_to": "INBOX"}, "where it lies"),
        ({"auth": "google", "password": ""}, "Google does not know this installation"),
        ({"password": ""}, "needs a password"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(entered, why):
    with pytest.raises(Impossible, match=why):
        added(**entered)
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "dovecot", "localhost"])
def test_without_tls_only_beside_us(host):
    assert added(host=host, security="none").security == "none"


def test_one_folder_is_read_by_one():
    first = added()
    with pytest.raises(Impossible, match="read already"):
        added()
    mailboxes.stop(first, by=cast.olive())
    added()
    with pytest.raises(Impossible, match="read already"):
        mailboxes.go_on(first, by=cast.olive())


def test_chatwoot_3868_a_test_sends_to_the_mailbox_and_to_where_customers_answer():
    """Guarantee 3: found out at the set-up, not by the first customer."""
    box = added()
    mailboxes.test(box, by=cast.olive())
    home, answer = Letter.objects.order_by("pk")
    assert home.recipient == "hello@larder.example"
    assert thread_in(answer.recipient) == home.thread
    assert {home.state, answer.state} == {State.QUEUED}
    mailboxes.stop(box, by=cast.olive())
    with pytest.raises(Impossible, match="stopped"):
        mailboxes.test(box, by=cast.olive())
