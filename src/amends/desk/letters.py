"""Letters on a recovery: written, noted, and shown safely: as they were sent, and what came along."""

import re

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from amends.desk.recovery_page import open_page, show
from amends.desk.steps.heard import DoNotSend, ItArrived, Note, SendAgain, TakeBack, Write
from amends.desk.steps.sorry import Apologise
from amends.kit.pages import find, lead, refusals_on
from amends.mailroom.attachment import Attachment
from amends.mailroom.cleaning import clean_html, with_hosts
from amends.mailroom.letter import Letter
from amends.mailroom.pictures import in_place
from amends.recovery import journey
from amends.recovery.outgoing import strays_visible_to
from amends.recovery.recovery import Recovery

# What came from outside runs nothing, loads nothing, and belongs to no origin.
SHUT_IN = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
WITH_PICTURES = f"{SHUT_IN} https: http:"
HEADING = 256 * 1024


@require_POST
def write(request, ref):
    page = open_page(request, ref)
    form = Write(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.write(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def note(request, ref):
    page = open_page(request, ref)
    form = Note(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.note(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def take_back(request, ref):
    """An undo: the words are in the composer again."""
    return _kept_back(request, ref, TakeBack, journey.take_back)


@require_POST
def do_not_send(request, ref):
    return _kept_back(request, ref, DoNotSend, journey.do_not_send)


@require_POST
def send_again(request, ref):
    return decide(request, ref, SendAgain, journey.send_again)


@require_POST
def it_arrived(request, ref):
    return decide(request, ref, ItArrived, journey.it_arrived)


@require_GET
def as_sent(request, ref):
    """The HTML of a letter, cleaned, for the sandboxed frame on the recovery's page. Pictures from
    afar are loaded by the reader's browser, and only when asked for: it tells the sender that the
    letter was read. We fetch nothing ourselves."""
    letter = seen_letter(request, Letter.objects.exclude(html=""), ref=ref)
    pictures = "pictures" in request.GET
    html = with_hosts(clean_html(letter.html, pictures=pictures))
    html = in_place(html, letter.attachments.all())
    response = HttpResponse(html)
    response["Content-Security-Policy"] = WITH_PICTURES if pictures else SHUT_IN
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
def heading(request, ref):
    """What stands above the letter, as it came: every server it passed, and what they said."""
    letter = seen_letter(request, Letter.objects.exclude(post=None), ref=ref)
    page = open_page(request, letter.thread)
    head = re.split(rb"\r?\n\r?\n", letter.post.raw()[:HEADING], maxsplit=1)[0]
    lines = head.decode("utf-8", "replace")
    return render(
        request, "desk/recovery/heading.html", {"letter": letter, "page": page, "lines": lines}
    )


@require_GET
def original(request, ref):
    """The bytes as they came, to keep and to examine, never to open here."""
    letter = seen_letter(request, Letter.objects.exclude(post=None), ref=ref)
    response = HttpResponse(letter.post.raw(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{letter.ref}.eml"'
    response["Content-Security-Policy"] = SHUT_IN
    return response


@require_GET
def attachment(request, ref):
    enclosed = find(Attachment.objects.select_related("letter"), ref=ref)
    seen_letter(request, Letter.objects.all(), pk=enclosed.letter_id)
    response = FileResponse(
        enclosed.open(),
        as_attachment=True,
        filename=enclosed.name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = SHUT_IN
    return response


def _kept_back(request, ref, step, verb):
    def composer(letter, page, _):
        home = Apologise if letter.kind == "apology" else Write
        return f"{page.url}?again={letter.ref}#step-{home.name}" if letter.words else ""

    return decide(request, ref, step, verb, to=composer)


def decide(request, ref, step, verb, *, to=None):
    """One press about a letter. `to` names the page it leads to, if it leads away; it is given the
    letter, its page, and what the press brought about."""
    letter = seen_letter(request, Letter.objects.all(), ref=ref)
    page = open_page(request, letter.thread)
    form = step(page, request.POST, about=letter)
    with refusals_on(form):
        made = verb(letter, by=request.user)
    url = to(letter, page, made) if to and not form.errors else ""
    if not url:
        return show(request, page, form)
    messages.success(request, form.flash)
    return lead(request, url)


def seen_letter(request, letters, **lookup):
    """A letter of a recovery this person may see; any other letter does not exist for them. What
    belongs to no recovery is for whoever sees every place."""
    letter = find(letters, **lookup)
    if not letter.thread and strays_visible_to(request.user).filter(pk=letter.pk).exists():
        return letter
    find(Recovery.objects.visible_to(request.user), ref=letter.thread)
    return letter
