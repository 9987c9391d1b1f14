"""Mail that a provider hands over by HTTP: proven to come from it, stored as it was sent, once.

django-anymail knows each provider's shape and signature. Its own signal is not used: what it finds
goes straight to the intake, and the provider hears "taken" only when that is done.
"""

import json
import re
from base64 import b64decode
from contextlib import nullcontext
from email.message import EmailMessage
from functools import cache
from hashlib import sha256
from threading import Lock

import structlog
from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from amends.api import posted_form
from amends.mailroom import heard
from amends.recovery.intake import take_in

log = structlog.get_logger(__name__)
ROOM_FOR_BASE64 = 3  # two bytes become three, and the envelope needs some besides
FORBIDDEN = 403
MESSAGES = ("body-mime", "email")  # fields that are a whole message
LARGE, ONE_LARGE_AT_A_TIME = 5_000_000, Lock()  # bytes; several at once would fill the memory
AT_AMAZON = re.compile(r"https://sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/")
UNREADABLE = "{provider} handed over a message that could not be read. What it sent is attached."


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def handed_over(request, provider):
    """One message. Anything but 200 is sent again by the provider; what was stored stays single."""
    if not _is_expected(provider):
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    answer = _answer(request, _views()[provider](), provider=provider)
    if answer.status_code == FORBIDDEN:
        heard.turned_away(provider)
    return answer


def _answer(request, view, *, provider):
    stranger = _stranger(request, view)
    if stranger is not None:  # before anything is read: a body may be large
        return stranger
    with ONE_LARGE_AT_A_TIME if _may_wait(request, view) else nullcontext():
        return _read_and_taken(request, view, provider=provider)


def _may_wait(request, view):
    """What is large, of those who gave a password: a stranger could make the others wait for ever."""
    length = request.headers.get("Content-Length", "")
    return view.basic_auth and (not length.isdecimal() or int(length) > LARGE)


def _read_and_taken(request, view, *, provider):
    most = settings.AMENDS_SMTP_SIZE * ROOM_FOR_BASE64 // 2
    try:
        fields = posted_form.read(request, most=most, messages=MESSAGES)
    except posted_form.Oversized:
        return HttpResponse(status=413)
    except posted_form.Malformed:
        return HttpResponse(status=400)
    refusal = _refusal(request, view)
    return refusal or _taken(request, view, fields, provider=provider)


def _is_expected(provider):
    if provider == "mailgun":
        return bool(settings.AMENDS_MAILGUN_KEY)
    return provider in heard.PROVIDERS and bool(settings.AMENDS_WEBHOOK_SECRET)


def _stranger(request, view):
    """Who cannot prove where it comes from is told no more than that."""
    from anymail.exceptions import AnymailWebhookValidationFailure
    from anymail.webhooks.base import AnymailBasicAuthMixin

    if view.basic_auth and not request.headers.get("Authorization"):
        # Amazon sends its proof only after it was asked for it.
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="Amends"'})
    try:
        AnymailBasicAuthMixin.validate_request(view, request)
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=FORBIDDEN)
    return None


def _refusal(request, view):
    """What proof there is besides: Mailgun signs, Amazon's heading must fit its body."""
    from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure

    try:
        view.run_validators(request)
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=FORBIDDEN)
    except (AnymailError, ValueError, TypeError, AttributeError):
        return HttpResponse(status=400)
    return None


def _taken(request, view, fields, *, provider):
    from anymail.exceptions import AnymailConfigurationError, AnymailImproperlyInstalled

    raw, recipients = _taken_out(request, fields), _recipients(request, fields)
    try:
        events = view.parse_events(request)
    except (AnymailConfigurationError, AnymailImproperlyInstalled) as wrong:
        log.error("a provider is set up wrongly", provider=provider, why=str(wrong)[:500])
        return HttpResponse(status=400)
    except Exception:  # a message may hold anything; what it is we say to people, not to a machine
        log.exception("what a provider handed over could not be read", provider=provider)
        take_in(raw or _as_it_came(request, provider), way=provider, recipients=recipients)
        return HttpResponse()
    if not events:
        _asks_to_be_confirmed(request, provider)
    for event in events:
        message = event.message
        known = recipients or [message.envelope_recipient or ""]
        sender = "<>" if message.envelope_sender == "" else message.envelope_sender or ""
        take_in(
            raw or _rebuilt(message),
            way=provider,
            sender=sender,
            recipients=[each for each in known if each],
        )
        heard.note(provider)
    return HttpResponse()


def _taken_out(request, fields):
    """The message byte for byte, where the provider gives it. What stays in the request is its heading,
    so that a large message is held once."""
    for name in MESSAGES:
        if fields.get(name):
            return fields.pop(name)
    told = _json(request)
    if isinstance(told.get("RawEmail"), str):
        request._body = b""
        raw = told.pop("RawEmail").encode("utf-8", "surrogateescape")
        told["RawEmail"] = posted_form.heading(raw).decode("utf-8", "replace")
        request._body = json.dumps(told).encode()
        return raw
    inner = _inner(told)
    content = inner.get("content")
    if not isinstance(content, str):
        return b""
    if (inner.get("receipt") or {}).get("action", {}).get("encoding") == "BASE64":
        try:
            return b64decode(content)
        except ValueError:
            return b""
    return content.encode("utf-8", "surrogateescape")


def _recipients(request, fields):
    """All to whom it was sent, where the provider says so."""
    try:
        if "envelope" in fields:
            return [str(each) for each in json.loads(fields["envelope"])["to"]]
        if "recipient" in fields:
            return [each.strip() for each in fields["recipient"].decode("utf-8").split(",")]
        return [str(each) for each in _inner(_json(request))["receipt"]["recipients"]]
    except (ValueError, KeyError, TypeError):
        return []


def _json(request):
    if not request.content_type.endswith(("json", "text/plain")):
        return {}
    try:
        told = json.loads(request.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _inner(told):
    """What Amazon puts as text into its JSON."""
    try:
        inner = json.loads(told["Message"])
    except (ValueError, KeyError, TypeError):
        return {}
    return inner if isinstance(inner, dict) else {}


def _rebuilt(message):
    """The same parts make the same bytes: handed over again it is known again."""
    made = _with_boundaries(message, "amends")
    return _with_boundaries(message, sha256(made).hexdigest()[:24])


def _with_boundaries(message, mark):
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"{mark}-{number}")
    return message.as_bytes()


def _as_it_came(request, provider):
    made = EmailMessage()
    made["Subject"] = f"A message from {provider} that could not be read"
    made.set_content(UNREADABLE.format(provider=provider))
    made.add_attachment(
        request.body, maintype="application", subtype="octet-stream", filename="as-it-came"
    )
    return _with_boundaries(made, sha256(request.body).hexdigest()[:24])


def _asks_to_be_confirmed(request, provider):
    """Amazon asks once whether we want its mail. An owner answers, on the page of mailboxes: we open
    nobody's links."""
    told = _json(request)
    address = str(told.get("SubscribeURL"))[:1_000]
    if told.get("Type") == "SubscriptionConfirmation" and AT_AMAZON.match(address):
        heard.asks(provider, address)
        log.warning("Amazon asks you to confirm", open=address)


@cache
def _views():
    """Imported when the first message comes, so that pages start without it."""
    from anymail.webhooks.amazon_ses import AmazonSESInboundWebhookView
    from anymail.webhooks.base import AnymailBaseWebhookView
    from anymail.webhooks.mailgun import MailgunInboundWebhookView
    from anymail.webhooks.postmark import PostmarkInboundWebhookView
    from anymail.webhooks.sendgrid import SendGridInboundWebhookView

    class Postmark(PostmarkInboundWebhookView):
        def __init__(self):
            super().__init__(webhook_secret=settings.AMENDS_WEBHOOK_SECRET)

    class Mailgun(MailgunInboundWebhookView):
        def __init__(self):
            super().__init__(
                webhook_signing_key=settings.AMENDS_MAILGUN_KEY, webhook_secret="", api_key=""
            )

    class SendGrid(SendGridInboundWebhookView):
        def __init__(self):  # without the warning that nobody tries it at SendGrid itself
            AnymailBaseWebhookView.__init__(self, webhook_secret=settings.AMENDS_WEBHOOK_SECRET)

    class AmazonSes(AmazonSESInboundWebhookView):
        def __init__(self):  # without Amazon's own library, which only its other store needs
            self.auto_confirm_enabled = False
            AnymailBaseWebhookView.__init__(self, webhook_secret=settings.AMENDS_WEBHOOK_SECRET)

    return dict(zip(heard.PROVIDERS, (Postmark, Mailgun, SendGrid, AmazonSes), strict=True))
