"""Settings of sending: undo, quoting, the second way out; and whether our letters will be believed."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.urls import reverse

from amends.desk.door import changed_by_owners
from amends.desk.fields import posted
from amends.kit.pages import answer, refusals_on
from amends.mailroom.road import Road
from amends.mailroom.sending import Sending
from amends.mailroom.set_up import look_at_sending
from amends.mailroom.sighting import seen_lately
from amends.people.models import Person
from amends.recovery import policy

PAGE = "desk/settings/sending.html"


class SendingForm(forms.Form):
    undo_seconds = forms.IntegerField(
        label="How many seconds a letter can be called back",
        min_value=0,
        max_value=300,
        help_text="It is held a little longer than is shown. 0 sends at once.",
    )
    quotes = forms.BooleanField(
        label="Below our words stands the last letter they sent us",
        required=False,
        help_text="Nothing else is ever quoted: no notes, and nobody else's letters.",
    )
    dkim_selector = forms.RegexField(
        r"^[A-Za-z0-9._-]{0,63}$",
        label="DKIM selector",
        required=False,
        help_text="Your provider tells you. Without it the usual names are tried.",
    )
    second_allowed = forms.BooleanField(
        label="The second way out may be used when the first is away", required=False
    )
    second_after_minutes = forms.IntegerField(
        label="After how many minutes", min_value=1, max_value=10_080, required=False
    )

    def __init__(self, given=None, *, rules):
        super().__init__(given, initial=vars(rules))
        if settings.AMENDS_MAIL_URL_2 is None:
            del self.fields["second_allowed"], self.fields["second_after_minutes"]

    def clean(self):
        entered = super().clean()
        if entered.get("second_after_minutes", 1) is None:
            entered["second_after_minutes"] = Sending().second_after_minutes
        return entered


@changed_by_owners
def sending(request):
    form = SendingForm(posted(request), rules=Sending.rules())
    if form.is_valid():
        with refusals_on(form):
            policy.set_sending(by=request.user, **form.cleaned_data)
            messages.success(request, "From now on, for every letter.")
    seen = {
        "first": settings.AMENDS_MAIL_URL,
        "second": settings.AMENDS_MAIL_URL_2,
        "roads": {road.name: road for road in Road.objects.all()},
        "domain": settings.AMENDS_MAIL_DOMAIN,
        "rules": Sending.rules(),
        "findings": _findings(request),
        "seen": seen_lately(),
    }
    return answer(request, PAGE, form=form, to=reverse("desk:sending"), **seen)


def _findings(request):
    """Looked up when somebody asks: names are served by others, and may take a moment."""
    if "look" not in request.GET:
        return None
    at_home = f"@{settings.AMENDS_MAIL_DOMAIN}"
    ours = Person.objects.active().filter(email__iendswith=at_home).count()
    return look_at_sending(own_people=ours)
