"""Settings of mailboxes: which are read, how it goes in plain words, and a test of the whole way."""

import secrets
from datetime import timedelta
from functools import wraps

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from amends.desk.fields import posted, words_kept
from amends.desk.life_signs import LifeSigns
from amends.kit.clock import now
from amends.kit.pages import answer, find
from amends.mailroom import heard
from amends.mailroom.mailbox import Afterwards, Auth, Mailbox, Security
from amends.people.models import Place
from amends.recovery import mailboxes as owned

LIST, PAGE = "desk/settings/mailboxes.html", "desk/settings/mailbox.html"
AWAY = "signing in to a mailbox"
ALWAYS_SHOWN = ("smtp", "lmtp")
TIME_AWAY = timedelta(minutes=15)


class MailboxForm(forms.Form):
    address = forms.EmailField(label="Address customers write to")
    place = forms.ModelChoiceField(Place.objects.none(), label="Its mail is for", empty_label=None)
    auth = forms.ChoiceField(label="We get in", choices=Auth.choices)
    host = forms.CharField(
        label="Server", max_length=253, help_text="outlook.office365.com, imap.gmail.com, …"
    )
    port = forms.IntegerField(label="Port", initial=993, min_value=1, max_value=65_535)
    security = forms.ChoiceField(label="Protection", choices=Security.choices)
    login = forms.CharField(
        label="User name", max_length=320, help_text="Often the address, and not always."
    )
    password = forms.CharField(
        label="Password",
        required=False,
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    folder = forms.CharField(label="Folder", max_length=250, initial="INBOX")
    afterwards = forms.ChoiceField(
        label="When a mail was taken", choices=Afterwards.choices, initial=Afterwards.MARK
    )
    move_to = forms.CharField(label="Move it to", max_length=250, required=False)
    use_required_attribute = False

    def __init__(self, given=None, *, mailbox=None):
        super().__init__(given, initial=vars(mailbox) if mailbox else {})
        places: forms.ModelChoiceField = self.fields["place"]
        places.queryset, places.to_field_name = Place.objects.all(), "ref"
        if mailbox is None:
            self.fields["takes_old"] = forms.BooleanField(
                label="Take what lies there already, too", required=False
            )
        elif mailbox.sealed_password:
            self.fields["password"].help_text = "Leave it empty to keep the one we have."


def by_owners(view):
    """Whoever sets up a mailbox reads what customers write to it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_owner:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@by_owners
def mailboxes(request):
    rows = [LifeSigns(mailbox, at=now()) for mailbox in Mailbox.objects.prefetch_related("stuck")]
    return answer(request, LIST, "mailboxes", rows=rows, places=_places(), ways=_other_ways())


@by_owners
def add_mailbox(request):
    form, to = MailboxForm(posted(request)), ""
    if form.is_valid():
        with words_kept(form):
            made = owned.add(by=request.user, **form.cleaned_data)
            to = reverse("desk:mailbox", args=[made.ref])
    return answer(request, PAGE, form=form, to=to)


@by_owners
def mailbox(request, ref):
    found = find(Mailbox.objects.all(), ref=ref)
    form = MailboxForm(posted(request), mailbox=found)
    if form.is_valid():
        with words_kept(form):
            owned.change(found, by=request.user, **form.cleaned_data)
            messages.success(request, "It is read like this from now on.")
    to = reverse("desk:mailbox", args=[ref])
    return answer(request, PAGE, form=form, to=to, **_seen(found))


@require_GET
@by_owners
def how_it_goes(request, ref):
    """Asked for now and then while somebody looks."""
    return answer(request, PAGE, "signs", **_seen(find(Mailbox.objects.all(), ref=ref)))


@require_POST
@by_owners
def test_mailbox(request, ref):
    found = find(Mailbox.objects.all(), ref=ref)
    owned.test(found, by=request.user)
    to = reverse("desk:mailbox", args=[ref])
    return answer(request, PAGE, "signs", to=to, **_seen(found))


@require_POST
@by_owners
def stop_mailbox(request, ref):
    owned.stop(find(Mailbox.objects.all(), ref=ref), by=request.user)
    messages.success(request, "It is read no more. What came in stays.")
    return answer(request, PAGE, to=reverse("desk:mailbox", args=[ref]))


@require_POST
@by_owners
def go_on_with_mailbox(request, ref):
    owned.go_on(find(Mailbox.objects.all(), ref=ref), by=request.user)
    return answer(request, PAGE, to=reverse("desk:mailbox", args=[ref]))


@require_GET
@by_owners
def sign_in_to_mailbox(request, ref):
    """To the provider's page. A link and not a form, for forms here lead to no other site."""
    found = find(Mailbox.objects.exclude(auth=Auth.PASSWORD), ref=ref)
    journey = owned.begin_sign_in(found, by=request.user, back_to=_back())
    until = (now() + TIME_AWAY).isoformat()
    kept = {"ref": ref, "state": journey.state, "verifier": journey.verifier, "until": until}
    request.session[AWAY] = kept
    return HttpResponseRedirect(journey.url)


@require_GET
@by_owners
def signed_in_to_mailbox(request):
    """Back from there. Only the browser that left may come back, once, and not hours later."""
    kept, given = request.session.pop(AWAY, None), request.GET
    same = kept is not None and secrets.compare_digest(
        kept["state"].encode(), given.get("state", "").encode()
    )
    if not same or kept["until"] < now().isoformat():
        messages.error(request, "That sign-in was not begun here just now. Please begin again.")
        return HttpResponseRedirect(reverse("desk:mailboxes"))
    to = reverse("desk:mailbox", args=[kept["ref"]])
    found = find(Mailbox.objects.all(), ref=kept["ref"])
    if not given.get("code"):
        why = given.get("error_description") or given.get("error") or "They gave no reason."
        messages.error(request, f"The sign-in was not granted: {why[:300]}")
        return HttpResponseRedirect(to)
    owned.finish_sign_in(
        found, code=given["code"], verifier=kept["verifier"], back_to=_back(), by=request.user
    )
    messages.success(request, "Signed in. The mailbox is read from now on.")
    return HttpResponseRedirect(to)


def _seen(found):
    signs = LifeSigns(found, at=now())
    return {"mailbox": found, "signs": signs, "sends": settings.AMENDS_MAIL_URL is not None}


def _other_ways():
    """What is set up where Amends runs, and when mail last came by it."""
    hooks, here = bool(settings.AMENDS_WEBHOOK_SECRET), settings.ENVIRONMENT
    on = {
        "smtp": ("SMTP", here.smtp_listen is not None),
        "lmtp": ("LMTP", here.lmtp_listen is not None),
        "pipe": ("Pipe", True),
        **{way: (name, hooks) for way, name in heard.PROVIDERS.items()},
        "mailgun": (heard.PROVIDERS["mailgun"], bool(settings.AMENDS_MAILGUN_KEY)),
    }
    by = heard.faring(on)
    shown = (way for way in on if way in ALWAYS_SHOWN or any(by[way]))
    return [(*on[way], by[way]) for way in shown]


def _places():
    return dict(Place.objects.values_list("ref", "name"))


def _back():
    return settings.AMENDS_URL + reverse("desk:signed_in_to_mailbox")
