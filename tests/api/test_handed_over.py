"""Mail that providers hand over, in their own shapes, through HTTP."""

import base64
import hashlib
import hmac
import json
import subprocess
import sys

import pytest

from amends.api.handed_over import handed_over
from amends.kit.files import read_kept
from amends.mailroom import heard
from amends.mailroom.post import Post
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom.mails import mail

pytestmark = pytest.mark.django_db
SECRET = "amends:a password of some length"
KEY = "key-0123456789abcdef"
RAW = mail(
    "The vase came in three pieces – caf\xe9.\r\n",
    sender="Ida Moss <ida@moss.example>",
    subject="My vase",
    message_id="<vase@moss.example>",
)
BOUNDARY = "xYzZY"


@pytest.fixture(autouse=True)
def _providers(settings):
    settings.AMENDS_WEBHOOK_SECRET, settings.AMENDS_MAILGUN_KEY = SECRET, KEY
    cast.ana()
    heard._seen.clear()


def hand_over(client, provider, body, content="application/json", *, secret=SECRET, **headers):
    if secret:
        proof = base64.b64encode(secret.encode()).decode()
        headers["Authorization"] = f"Basic {proof}"
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(f"/hooks/mail/{provider}/", sent, content_type=content, headers=headers)


def asked() -> dict[str, str]:
    return {way: one.asks for way, one in heard.faring(heard.PROVIDERS).items() if one.asks}


def form(fields: dict, files: dict | None = None) -> tuple[bytes, str]:
    pieces = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + (content if isinstance(content, bytes) else content.encode())
        + b"\r\n"
        for name, content in fields.items()
    ]
    pieces += [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        f"Content-Type: image/png\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, (file, content) in (files or {}).items()
    ]
    body = b"".join(pieces) + f"--{BOUNDARY}--\r\n".encode()
    return body, f"multipart/form-data; boundary={BOUNDARY}"


def postmark(**more) -> dict:
    return {
        "FromName": "Ida Moss",
        "FromFull": {"Email": "ida@moss.example", "Name": "Ida Moss", "MailboxHash": ""},
        "ToFull": [{"Email": "desk@amends.test", "Name": "", "MailboxHash": ""}],
        "CcFull": [],
        "BccFull": [],
        "OriginalRecipient": "desk@amends.test",
        "Subject": "My vase",
        "MessageID": "22c74902-a0c1-4511-804f2-341342852c90",
        "Date": "Mon, 1 Jun 2026 08:00:00 +0000",
        "TextBody": "The vase came in three pieces.\n",
        "HtmlBody": "<p>The vase came in three pieces.</p>",
        "Tag": "",
        "Headers": [
            {"Name": "Return-Path", "Value": "<ida@moss.example>"},
            {"Name": "Message-ID", "Value": "<vase@moss.example>"},
        ],
        "Attachments": [
            {
                "Name": "vase.png",
                "Content": base64.b64encode(b"a picture").decode(),
                "ContentType": "image/png",
                "ContentLength": 9,
                "ContentID": "",
            }
        ],
        **more,
    }


def mailgun(fields: dict, *, key: str = KEY, timestamp: str = "1780300800") -> dict:
    token = hashlib.sha256(timestamp.encode()).hexdigest()[:50]
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {**fields, "timestamp": timestamp, "token": token, "signature": signature}


def ses(content: str, *, encoding: str = "BASE64") -> tuple[dict, dict]:
    told = {
        "notificationType": "Received",
        "receipt": {
            "recipients": ["desk@amends.test", "bath@amends.test"],
            "action": {"type": "SNS", "topicArn": "arn:aws:sns:x", "encoding": encoding},
            "spamVerdict": {"status": "PASS"},
        },
        "mail": {
            "source": "ida@moss.example",
            "messageId": "abc",
            "timestamp": "2026-06-01T08:00Z",
        },
        "content": content,
    }
    return sns("Notification", Message=json.dumps(told))


def sns(kind: str, **more) -> tuple[dict, dict]:
    headers = {"x-amz-sns-message-type": kind, "x-amz-sns-message-id": "id-1"}
    return {"Type": kind, "MessageId": "id-1", "TopicArn": "arn:aws:sns:x", **more}, headers


def test_postmark_with_the_raw_message_is_kept_byte_for_byte(client):
    raw = RAW.decode("utf-8")
    assert hand_over(client, "postmark", postmark(RawEmail=raw)).status_code == 200
    post = Post.objects.get()
    assert post.raw() == RAW
    assert (post.way, post.recipients) == ("postmark", ["desk@amends.test"])
    assert Recovery.objects.get().about == "My vase"


def test_postmark_without_it_is_rebuilt_and_the_same_again_is_the_same(client):
    """Guarantee 2: whatever a provider sends twice has one effect."""
    for _ in range(2):
        assert hand_over(client, "postmark", postmark()).status_code == 200
    letter = Post.objects.get().letter
    assert letter.text.strip() == "The vase came in three pieces."
    assert letter.message_id == "<vase@moss.example>"
    assert [each.name for each in letter.attachments.all()] == ["vase.png"]
    assert read_kept(letter.attachments.get().digest) == b"a picture"
    assert Recovery.objects.count() == 1


def test_mailgun_raw_and_signed_afresh_for_each_try(client):
    """Guarantee 2: the signature changes with every try, the message does not."""
    for timestamp in ("1780300800", "1780301400"):
        sent = mailgun(
            {"sender": "ida@moss.example", "recipient": "desk@amends.test", "body-mime": RAW},
            timestamp=timestamp,
        )
        assert hand_over(client, "mailgun", *form(sent), secret="").status_code == 200
    assert Post.objects.get().raw() == RAW
    assert Post.objects.get().sender == "ida@moss.example"


def test_mailgun_in_its_own_fields_with_files(client):
    headers = [["From", "Ida Moss <ida@moss.example>"], ["To", "desk@amends.test"]]
    headers += [["Subject", "My vase"], ["Message-Id", "<vase@moss.example>"]]
    sent = mailgun(
        {
            "sender": "ida@moss.example",
            "recipient": "desk@amends.test",
            "body-plain": "Three pieces – café.",
            "message-headers": json.dumps(headers),
            "attachment-count": "1",
        }
    )
    body = form(sent, {"attachment-1": ("vase.png", b"a picture")})
    for _ in range(2):
        assert hand_over(client, "mailgun", *body, secret="").status_code == 200
    letter = Post.objects.get().letter
    assert letter.text.strip() == "Three pieces – café."
    assert read_kept(letter.attachments.get().digest) == b"a picture"


@pytest.mark.parametrize(("encoding", "raw"), [("BASE64", RAW), ("UTF-8", RAW)])
def test_amazon_ses_hands_over_the_raw_message_and_all_recipients(client, encoding, raw):
    content = base64.b64encode(raw).decode() if encoding == "BASE64" else raw.decode()
    body, headers = ses(content, encoding=encoding)
    answer = hand_over(client, "amazon-ses", body, "text/plain; charset=UTF-8", **headers)
    assert answer.status_code == 200
    post = Post.objects.get()
    assert post.raw() == raw
    assert post.recipients == ["bath@amends.test", "desk@amends.test"]
    assert post.sender == "ida@moss.example"


def test_amazon_is_asked_for_its_proof_and_its_question_is_left_to_a_person(client, caplog):
    confirm = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1"
    body, headers = sns("SubscriptionConfirmation", SubscribeURL=confirm)
    answer = hand_over(client, "amazon-ses", body, "text/plain", secret="", **headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic")
    answer = hand_over(client, "amazon-ses", body, "text/plain", **headers)
    assert answer.status_code == 200
    assert confirm in caplog.text
    assert asked() == {"amazon-ses": confirm}


@pytest.mark.parametrize("elsewhere", ["https://sns.example/confirm", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_than_to_amazon(client, elsewhere):
    body, headers = sns("SubscriptionConfirmation", SubscribeURL=elsewhere)
    assert hand_over(client, "amazon-ses", body, "text/plain", **headers).status_code == 200
    assert asked() == {}


def test_sendgrid_raw_with_its_envelope(client):
    envelope = json.dumps({"from": "ida@moss.example", "to": ["desk@amends.test", "b@amends.test"]})
    assert (
        hand_over(client, "sendgrid", *form({"email": RAW, "envelope": envelope})).status_code
        == 200
    )
    post = Post.objects.get()
    assert post.raw() == RAW
    assert post.recipients == ["b@amends.test", "desk@amends.test"]


def test_sendgrid_in_its_own_fields(client):
    fields = {
        "headers": "From: Ida Moss <ida@moss.example>\nTo: desk@amends.test\nSubject: My vase\n",
        "text": "Drei Stücke.".encode("iso-8859-1"),
        "charsets": json.dumps({"text": "iso-8859-1"}),
        "envelope": json.dumps({"from": "ida@moss.example", "to": ["desk@amends.test"]}),
        "attachment-info": json.dumps({"attachment1": {"filename": "vase.png"}}),
    }
    body = form(fields, {"attachment1": ("vase.png", b"a picture")})
    for _ in range(2):
        assert hand_over(client, "sendgrid", *body).status_code == 200
    assert Post.objects.get().letter.text.strip() == "Drei Stücke."


def test_who_cannot_prove_where_it_comes_from_is_refused(client):
    """Guarantee 6: and nothing is stored."""
    assert hand_over(client, "postmark", postmark(), secret="amends:wrong").status_code == 403
    assert hand_over(client, "postmark", postmark(), secret="").status_code == 401
    body = form({"email": RAW})
    assert hand_over(client, "sendgrid", *body, secret="a:b").status_code == 403
    forged = form(mailgun({"body-mime": RAW.decode()}, key="another-key-0123"))
    assert hand_over(client, "mailgun", *forged, secret=SECRET).status_code == 403
    assert not Post.objects.exists()
    turned_away = {way for way, one in heard.faring(heard.PROVIDERS).items() if one.away}
    assert turned_away == {"postmark", "sendgrid", "mailgun"}


def test_a_stranger_with_a_large_body_is_refused_before_it_is_read(rf):
    """Guarantee 6."""

    class Unread:
        def read(self, *_):
            raise AssertionError("it was read")

    request = rf.post("/hooks/mail/postmark/", b"x", content_type="application/json")
    request._stream = Unread()
    assert handed_over(request, "postmark").status_code == 401
    request.META["HTTP_AUTHORIZATION"] = "Basic " + base64.b64encode(b"amends:wrong").decode()
    del request.headers
    assert handed_over(request, "postmark").status_code == 403


def test_providers_that_nobody_set_up_are_not_there(client, settings):
    assert hand_over(client, "sparrow", postmark()).status_code == 404
    settings.AMENDS_WEBHOOK_SECRET = settings.AMENDS_MAILGUN_KEY = ""
    for provider in ("postmark", "mailgun", "amazon-ses", "sendgrid"):
        assert hand_over(client, provider, postmark()).status_code == 404
    assert client.get("/hooks/mail/postmark/").status_code == 405


def test_freescout_3298_a_body_larger_than_any_mail_is_refused(client, settings):
    """Guarantee 1: the provider says so to the sender; nothing is loaded."""
    settings.AMENDS_SMTP_SIZE = 1_000
    assert hand_over(client, "postmark", postmark(TextBody="x" * 5_000)).status_code == 413


def test_what_cannot_be_read_becomes_a_complaint_with_what_came(client):
    """Guarantee 1: a provider's odd message is stored and shown, and asked for once only."""
    odd = postmark(Attachments=[{"Name": "no content at all"}])
    for _ in range(2):
        assert hand_over(client, "postmark", odd).status_code == 200
    letter = Post.objects.get().letter
    assert "could not be read" in letter.text
    assert json.loads(read_kept(letter.attachments.get().digest)) == odd


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe"])
def test_what_is_no_message_from_whoever_may_is_never_a_fault(client, body):
    for provider in ("postmark", "amazon-ses", "sendgrid", "mailgun"):
        assert hand_over(client, provider, body).status_code < 500


def test_another_webhook_of_theirs_is_said_to_be_set_up_wrongly(client, caplog):
    assert hand_over(client, "postmark", {"RecordType": "Bounce"}).status_code == 400
    assert "set up wrongly" in caplog.text


def test_what_cannot_be_stored_is_sent_again(client, monkeypatch):
    """Guarantee 2: the provider hears 200 only when it is stored for good."""

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("amends.recovery.intake.store", full)
    client.raise_request_exception = False
    assert hand_over(client, "postmark", postmark()).status_code == 500


def test_the_pages_start_without_the_library(fresh_shell):
    asked = "import sys, amends.config.start as s; s.start(); import amends.config.urls; "
    asked += (
        "print(*[m for m in sys.modules if m in ('anymail', 'requests', 'apprise', 'imapclient')])"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=fresh_shell
    )
    assert told.stdout.strip() == ""
