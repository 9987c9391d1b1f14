"""Settings of people: who works here, in which role, who is away, and their tokens."""

from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.desk.fields import posted, words_kept
from amends.kit.clock import now
from amends.kit.pages import answer, find
from amends.people import setting_up
from amends.people.models import Invitation, Person, Place
from amends.people.person import ByMail, Role
from amends.people.rights import is_over
from amends.recovery.heeding import may_see_figures_of

MOMENT = {"type": "datetime-local"}
INVITED = [Role.FRONT_LINE]


class InviteForm(forms.Form):
    email = forms.EmailField(label="E-mail address")
    role = forms.ChoiceField(label="Role", choices=Role.choices)
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(),
        label="Where they will work",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, given=None, *, by):
        super().__init__(given)
        role: Any = self.fields["role"]
        places: Any = self.fields["places"]
        places.queryset = Place.objects.run_by(by)
        places.required = not by.is_owner
        if not by.is_owner:
            role.choices = [(role.value, role.label) for role in INVITED]


class PersonForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    notices_by_mail = forms.ChoiceField(
        label="What is not seen on the desk comes by e-mail",
        choices=ByMail.choices,
        required=False,
        help_text="A clock that ran out and a promise broken always come at once.",
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Role", choices=Role.choices)


class AddressForm(forms.Form):
    email = forms.EmailField(label="E-mail address")


class AwayForm(forms.Form):
    from_at = forms.DateTimeField(label="From", widget=forms.DateTimeInput(MOMENT))
    until_at = forms.DateTimeField(label="Until", widget=forms.DateTimeInput(MOMENT))
    cover = forms.ModelChoiceField(
        Person.objects.none(), label="Who covers", required=False, empty_label="Nobody by name"
    )
    why = forms.CharField(label="Why", max_length=120, required=False)

    def __init__(self, given=None, *, person, seer):
        super().__init__(given)
        others = Person.objects.active().visible_to(seer).exclude(pk=person.pk)
        cover: Any = self.fields["cover"]
        cover.queryset = others.exclude(role=Role.AUDITOR)


class TokenForm(forms.Form):
    name = forms.CharField(label="What it is for", max_length=80)

    def __init__(self, given=None):
        super().__init__(given, auto_id="token_%s")


def people(request):
    seen = Person.objects.visible_to(request.user).prefetch_related("work__place")
    waiting = Invitation.objects.waiting().visible_to(request.user).prefetch_related("places")
    return answer(
        request,
        "desk/settings/people.html",
        people=seen.order_by("-is_active", "name"),
        invitations=waiting.select_related("by"),
        may_invite=Place.objects.run_by(request.user).exists() or request.user.is_owner,
        at=now(),
    )


def invite(request):
    form = InviteForm(posted(request), by=request.user)
    if form.is_valid():
        with words_kept(form):
            invitation = setting_up.invite(by=request.user, **form.cleaned_data)
            messages.success(request, f"An invitation is on its way to {invitation.email}.")
    return answer(request, "desk/settings/invite.html", form=form, to="desk:people")


@require_POST
def revoke_invitation(request, pk):
    invitation = find(Invitation.objects.visible_to(request.user), pk=pk)
    setting_up.revoke_invitation(invitation, by=request.user)
    messages.success(request, f"The invitation of {invitation.email} is taken back.")
    return redirect("desk:people")


def person(request, ref):
    somebody = _person(request, ref)
    form = PersonForm(posted(request), initial=vars(somebody))
    if form.is_valid():
        with words_kept(form):
            setting_up.change_details(somebody, by=request.user, **form.cleaned_data)
            messages.success(request, f"{somebody} is kept.")
    return _person_page(request, somebody, details=form)


@require_POST
def change_role(request, ref):
    somebody = _person(request, ref)
    form = RoleForm(request.POST)
    if form.is_valid():
        with words_kept(form):
            setting_up.change_role(somebody, by=request.user, **form.cleaned_data)
            messages.success(request, f"{somebody} is {somebody.get_role_display().lower()} now.")
    return _person_page(request, somebody, role=form)


@require_POST
def change_email(request, ref):
    somebody = _person(request, ref)
    form = AddressForm(request.POST)
    if form.is_valid():
        with words_kept(form):
            setting_up.change_email(somebody, by=request.user, **form.cleaned_data)
            messages.success(request, f"{somebody} signs in as {somebody.email} now.")
    return _person_page(request, somebody, address=form)


@require_POST
def mark_away(request, ref):
    somebody = _person(request, ref)
    form = AwayForm(request.POST, person=somebody, seer=request.user)
    if form.is_valid():
        with words_kept(form):
            setting_up.mark_away(somebody, by=request.user, **form.cleaned_data)
            messages.success(request, "The time away is kept.")
    return _person_page(request, somebody, away=form)


@require_POST
def end_away(request, ref, pk):
    somebody = _person(request, ref)
    setting_up.end_away(find(somebody.away.all(), pk=pk), by=request.user)
    return redirect("desk:person", ref)


@require_POST
def let_go(request, ref):
    somebody = _person(request, ref)
    setting_up.let_go(somebody, by=request.user)
    messages.success(request, f"{somebody} cannot sign in any more.")
    return redirect("desk:people")


@require_POST
def welcome_back(request, ref):
    somebody = _person(request, ref)
    setting_up.welcome_back(somebody, by=request.user)
    messages.success(request, f"{somebody} can sign in again.")
    return redirect("desk:person", ref)


@require_POST
def make_token(request, ref):
    """The one answer to a good POST that is a page itself: the secret is never shown again."""
    somebody = _person(request, ref)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _person_page(request, somebody, token=form)
    token, secret = setting_up.make_token(somebody, by=request.user, **form.cleaned_data)
    words = {"person": somebody, "token": token, "secret": secret}
    return render(request, "desk/settings/token.html", words)


@require_POST
def revoke_token(request, ref, pk):
    token = find(_person(request, ref).tokens.visible_to(request.user), pk=pk)
    setting_up.revoke_token(token, by=request.user)
    messages.success(request, f"The token {token} opens nothing any more.")
    return redirect("desk:person", ref)


def _person_page(request, somebody, **sent):
    """The page with all its forms; the one that was sent comes with what is wrong in it."""
    page = {
        "person": somebody,
        "times_away": somebody.away.not_over(now()),
        "tokens": somebody.tokens.visible_to(request.user).filter(revoked_at=None),
        **_rights(somebody, by=request.user),
        **_forms_of(somebody, seer=request.user),
        **sent,
    }
    (form,) = sent.values()
    to = reverse("desk:person", args=[somebody.ref])
    return answer(request, "desk/settings/person.html", form=form, to=to, **page)


def _rights(somebody, *, by):
    me, over = by == somebody, is_over(somebody, by)
    return {
        "me": me,
        "may_change": by.may_write and (me or over),
        "may_let_go": over,
        "may_rule": by.is_owner,
        "may_token": by.is_owner or (me and by.may_write),
        "writing_shown": may_see_figures_of(somebody, by),
    }


def _forms_of(somebody, *, seer):
    known = vars(somebody)
    return {
        "details": PersonForm(initial=known),
        "role": RoleForm(initial=known),
        "address": AddressForm(initial=known),
        "away": AwayForm(person=somebody, seer=seer),
        "token": TokenForm(),
    }


def _person(request, ref):
    return find(Person.objects.visible_to(request.user), ref=ref)
