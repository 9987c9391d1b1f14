"""Joining: by an invitation, or as the first owner by the link that start-up prints."""

from allauth.decorators import rate_limit
from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache

from amends.desk.fields import CurrencyField, ZoneField, posted
from amends.desk.signing_in import CHOOSE_WELL
from amends.kit.clock import now
from amends.kit.pages import answer, refusals_on
from amends.people import setting_up
from amends.people.invitation import NoWayIn, check_first_owner_link, invitation_for
from amends.people.invitation import join as join_by
from amends.people.models import Business, Person

TODAY = "/desk/today/"


class JoinForm(forms.Form):
    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label="Choose a password",
        help_text=CHOOSE_WELL,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self):
        given = super().clean() or {}
        known = Person(name=given.get("name", ""), email=given.get("email", ""))
        if "password" in given:
            try:
                validate_password(given["password"], known)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return given


class FirstOwnerForm(JoinForm):
    email = forms.EmailField(
        label="Your e-mail address", widget=forms.EmailInput({"autocomplete": "username"})
    )
    field_order = ["name", "email", "password"]

    @property
    def owner(self):
        return {name: self.cleaned_data[name] for name in ("name", "email", "password")}


class StartUpForm(FirstOwnerForm):
    """A new installation also learns what the business is called and where it meets people."""

    business = forms.CharField(label="What is your business called?", max_length=120)
    place = forms.CharField(
        label="And its first place?",
        max_length=120,
        required=False,
        help_text="A shop, a restaurant, a branch. More can follow later.",
    )
    timezone = ZoneField(label="Time zone", initial="Europe/London")
    currency = CurrencyField(label="Currency", initial="GBP")


@never_cache
@rate_limit(action="signup")
def join(request, token):
    try:
        invitation = invitation_for(token, at=now())
    except NoWayIn as no:
        return no_way_in(request, no)
    form = JoinForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            login(request, join_by(token, **form.cleaned_data))
    return answer(request, "desk/joining/join.html", form=form, to=TODAY, invitation=invitation)


@never_cache
@rate_limit(action="signup")
def join_first(request, token):
    try:
        check_first_owner_link(token)
    except NoWayIn as no:
        return no_way_in(request, no)
    form = (FirstOwnerForm if Business.objects.exists() else StartUpForm)(posted(request))
    if form.is_valid():
        with refusals_on(form):
            login(request, start_up(token, form))
    return answer(request, "desk/joining/join_first.html", form=form, to=TODAY)


def start_up(token, form):
    given = form.cleaned_data
    business = {"name": given.get("business", ""), "currency": given.get("currency", "")}
    place, timezone = given.get("place", ""), given.get("timezone", "")
    return setting_up.start_up(
        token, owner=form.owner, business=business, place=place, timezone=timezone
    )


def no_way_in(request, no):
    return render(request, "desk/joining/no_way_in.html", {"refusal": no}, status=410)


urlpatterns = [
    path("first/<str:token>/", join_first, name="join_first"),
    path("<str:token>/", join, name="join"),
]
