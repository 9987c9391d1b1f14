"""Where one of us says yes to being told at once: on this phone, or by a messenger; and takes it back."""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from amends.connections.phones import ringing
from amends.connections.phones.keys import keys
from amends.connections.phones.messenger import Messenger
from amends.connections.phones.phone import Phone, Subscription
from amends.kit.pages import answer, find, refusals_on

PAGE = "connections/phones.html"
HERE = "connections:phones"
WORKER = Path(__file__).parent / "worker.js"


class ThisPhoneForm(forms.Form):
    """What the browser says of itself; nobody types it."""

    endpoint = forms.CharField(max_length=2000)
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)


class MessengerForm(forms.Form):
    url = forms.CharField(
        label="Its address, as Apprise writes it",
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="ntfy://my-topic, pover://user@token, tgram://token/chat, slack://… It is kept "
        "sealed and shown to nobody again.",
    )
    says_names = forms.BooleanField(
        label="Say the customer's name and what is owed", required=False, initial=True
    )
    use_required_attribute = False


def phones(request):
    form = MessengerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            kept = Messenger.keep(person=request.user, **form.cleaned_data)
            messages.success(request, f"{kept} is kept. Try it once.")
    return answer(request, PAGE, form=form, to=HERE, **_mine(request))


@require_POST
def this_phone(request):
    form = ThisPhoneForm(request.POST)
    if not form.is_valid():
        messages.error(request, "This browser did not say where to send anything.")
        return answer(request, PAGE, to=HERE)
    kept = Phone.keep(
        Subscription(**form.cleaned_data),
        person=request.user,
        session=request.session.session_key,
        browser=request.headers.get("User-Agent", ""),
    )
    messages.success(request, f"{kept} will tell you. Try it once.")
    return answer(request, PAGE, to=HERE)


@require_POST
def again(request):
    """Asked quietly by a browser on which somebody said yes before they signed in anew."""
    session = request.session.session_key
    Phone.again(request.POST.get("endpoint", ""), person=request.user, session=session)
    return HttpResponse(status=204)


@require_POST
def names(request, kind, ref):
    _way(request, kind, ref).show_names(request.POST.get("shown") == "yes")
    return answer(request, PAGE, to=HERE)


@require_POST
def forget(request, kind, ref):
    way = _way(request, kind, ref)
    way.forget()
    messages.success(request, f"{way} tells you nothing any more.")
    return answer(request, PAGE, to=HERE)


@require_POST
def try_out(request, kind, ref):
    way = _way(request, kind, ref)
    sent = ringing.try_out(way)
    if sent.is_taken:
        messages.success(request, f"It is on its way to {way}.")
    elif sent.is_gone:
        messages.error(request, f"{way} takes nothing from us any more, and is forgotten.")
    else:
        messages.error(request, f"{way} could not be told. {sent.why}")
    return answer(request, PAGE, to=HERE)


@require_safe
def worker(request):
    """The part of the app that wakes up when a message comes. It keeps no page."""
    return HttpResponse(
        WORKER.read_bytes(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@require_safe
def manifest(request):
    """What a phone asks before it puts Amends on its home screen. Nothing in it is anybody's."""
    icons = [
        {"src": static(f"connections/app-{size}.png"), "sizes": f"{size}x{size}", "purpose": why}
        for size in (192, 512)
        for why in ("any", "maskable")
    ]
    about = {
        "name": "Amends",
        "short_name": "Amends",
        "description": "The desk for making things right.",
        "id": "/desk/",
        "start_url": reverse("desk:arrivals"),
        "scope": "/desk/",
        "display": "standalone",
        "background_color": "#fbf8f3",
        "theme_color": "#2f5d50",
        "icons": [{**icon, "type": "image/png"} for icon in icons],
    }
    return JsonResponse(about, content_type="application/manifest+json")


def _mine(request):
    mine = {"person": request.user}
    return {
        "phones": Phone.objects.filter(**mine).select_related("session"),
        "messengers": Messenger.objects.filter(**mine),
        "key": keys().told_to_browsers,
        "may": request.user.may_write,
    }


def _way(request, kind, ref):
    rows = {"phone": Phone.objects, "messenger": Messenger.objects}.get(kind)
    if rows is None:
        raise Http404
    return find(rows.filter(person=request.user), ref=ref)
