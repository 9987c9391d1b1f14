"""The demo's post office: every letter that went out, as whoever got it sees it, and a way to answer
it by real mail. It is here only in the demo."""

import smtplib
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from functools import wraps

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from amends.kit.clock import now
from amends.kit.pages import answer, find
from amends.mailroom.addresses import desk_address
from amends.mailroom.letter import NOT_GONE, Direction, Letter

AWAY = "The post office is closed: no mail can be taken in just now."
AS_SENT = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


class ReplyForm(forms.Form):
    words = forms.CharField(
        label="Answer this letter",
        max_length=20_000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write a few words first."},
    )


def in_the_demo(view):
    @wraps(view)
    @never_cache
    def shown(request, **more):
        if not settings.AMENDS_DEMO:
            raise Http404
        return view(request, **more)

    return shown


def sent():
    ours = Letter.objects.filter(direction=Direction.OUT, channel="email")
    return ours.exclude(state__in=NOT_GONE).order_by("-made_at", "-pk")


@require_safe
@in_the_demo
def letters(request):
    page = Paginator(sent(), 30).get_page(request.GET.get("page"))
    return answer(request, "portal/post/letters.html", page=page, desk=desk_address())


@require_safe
@in_the_demo
def letter(request, ref):
    found = find(sent(), ref=ref)
    posted = "posted" in request.GET
    return answer(request, "portal/post/letter.html", letter=found, form=ReplyForm(), posted=posted)


@require_safe
@in_the_demo
def as_sent(request, ref):
    """The letter's own page for the frame: no script, and its links open beside it."""
    found = find(sent(), ref=ref)
    base = format_html('<base target="{}">', "_blank")
    page = found.html.replace("<head>", f"<head>{base}", 1)
    response = HttpResponse(mark_safe(page))  # noqa: S308 - shown in a sandbox, without scripts
    response["Content-Security-Policy"] = AS_SENT
    return response


@require_POST
@in_the_demo
def reply(request, ref):
    found, form = find(sent(), ref=ref), ReplyForm(request.POST)
    if form.is_valid():
        try:
            post(answer_to(found, form.cleaned_data["words"]))
        except (OSError, smtplib.SMTPException):
            form.add_error(None, AWAY)
    to = reverse("portal:post_letter", args=[ref]) + "?posted=1"
    return answer(request, "portal/post/letter.html", letter=found, form=form, to=to)


def answer_to(letter, words):
    """What a mail program would make of it: threaded, and with the letter quoted below."""
    message = EmailMessage()
    message["From"] = Address(letter.recipient_name, addr_spec=letter.recipient)
    message["To"] = letter.reply_to
    message["Subject"] = f"Re: {letter.subject}"
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=letter.recipient.rpartition("@")[2])
    message["In-Reply-To"] = letter.message_id
    message["References"] = " ".join([*letter.references, letter.message_id])
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
    wrote = f"On {letter.made_at:%d %B %Y at %H:%M}, {letter.sender_name} wrote:"
    message.set_content(f"{words}\n\n{wrote}\n{quoted}\n")
    return message


def post(message):
    if settings.AMENDS_SMTP_LISTEN is None:
        raise ConnectionRefusedError
    host, port = settings.AMENDS_SMTP_LISTEN
    with smtplib.SMTP(host, port, timeout=10) as server:
        server.send_message(message)
