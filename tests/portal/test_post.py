"""The demo's post office: every letter, and an answer by real mail; nowhere but in the demo."""

import email
from email.policy import default

import pytest

from amends.config.environment import Address
from amends.mailroom.letter import Letter
from amends.recovery import intake, journey
from amends.recovery.recovery import Recovery
from tests import cast

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def demo(settings):
    settings.AMENDS_DEMO = True
    return settings


@pytest.fixture
def letter(db):
    recovery = cast.sorry()
    return Letter.objects.get(kind="restatement", thread=recovery.ref)


PAGES = ["", "{ref}/", "{ref}/as-sent/"]


@pytest.mark.parametrize("path", PAGES)
def test_it_is_here_in_the_demo(client, demo, letter, path):
    assert client.get("/demo/post/" + path.format(ref=letter.ref)).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_it_is_nowhere_else(client, letter, path):
    assert client.get("/demo/post/" + path.format(ref=letter.ref)).status_code == 404
    assert client.post(f"/demo/post/{letter.ref}/answer/", {"words": "x"}).status_code == 404


def test_an_empty_post_office_says_what_to_do(client, demo):
    assert "No letters yet" in client.get("/demo/post/").content.decode()


def test_a_letter_is_shown_as_its_recipient_sees_it(client, demo, letter):
    shown = client.get(f"/demo/post/{letter.ref}/").content.decode()
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in shown
    assert "/r/" in shown
    sent = client.get(f"/demo/post/{letter.ref}/as-sent/")
    assert "default-src 'none'" in sent["Content-Security-Policy"]
    assert "sandbox" in sent["Content-Security-Policy"]
    assert '<base target="_blank">' in sent.content.decode()


def test_what_came_in_is_not_shown(client, demo, letter):
    journey.customer_wrote(cast.heard(), words="Mine alone.", channel="page")
    mine = Letter.objects.latest("pk")
    assert client.get(f"/demo/post/{mine.ref}/").status_code == 404


def test_an_answer_goes_by_real_mail_and_finds_its_recovery(client, demo, letter, sink):
    demo.AMENDS_SMTP_LISTEN = Address(sink.host, sink.port)
    response = client.post(f"/demo/post/{letter.ref}/answer/", {"words": "Two hours it was."})
    assert response["Location"] == f"/demo/post/{letter.ref}/?posted=1"
    (raw,) = sink.box.letters
    mail = email.message_from_bytes(raw, policy=default)
    assert mail["In-Reply-To"] == letter.message_id
    assert letter.reply_to in mail["To"]
    intake.take_in(raw, way="smtp", sender=letter.recipient, recipients=[letter.reply_to])
    reply = Letter.objects.conversation(letter.thread).last()
    assert reply.fresh.strip() == "Two hours it was."
    assert not reply.needs_check
    assert Recovery.objects.get(ref=letter.thread).waiting_since


def test_an_answer_without_words_is_asked_for_again(client, demo, letter):
    response = client.post(f"/demo/post/{letter.ref}/answer/", {"words": ""})
    assert response.status_code == 422


@pytest.mark.parametrize("listens", [None, Address("127.0.0.1", 1)])
def test_when_no_mail_is_taken_in_the_words_are_kept(client, demo, letter, listens):
    demo.AMENDS_SMTP_LISTEN = listens
    response = client.post(f"/demo/post/{letter.ref}/answer/", {"words": "Two hours it was."})
    assert response.status_code == 422
    assert "Two hours it was." in response.content.decode()
    assert "post office is closed" in response.content.decode()
