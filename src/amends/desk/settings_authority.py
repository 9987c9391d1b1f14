"""Settings of authority: what each role or person may give without asking, and where."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.desk.door import changed_by_owners
from amends.desk.joining import posted
from amends.desk.steps.step import sum_of_money
from amends.kit.pages import answer, find, refusals_on
from amends.people.models import Business, Person, Place
from amends.people.person import Role
from amends.recovery import policy
from amends.recovery.authority import Authority
from amends.recovery.failure import Severity

LIST, PAGE = "desk/settings/authority.html", "desk/settings/authority_line.html"
ROLES = [("", "Nobody by role"), (Role.FRONT_LINE, "Front line"), (Role.MANAGER, "Managers")]
EVERYTHING = [("", "Whatever went wrong"), *Severity.choices]
NO_LIMIT = "Leave empty for no limit."


class AuthorityForm(forms.Form):
    role = forms.ChoiceField(label="For a role", choices=ROLES, required=False)
    person = forms.ModelChoiceField(
        Person.objects.none(), label="Or for one person", required=False, empty_label="Nobody"
    )
    place = forms.ModelChoiceField(
        Place.objects.none(), label="Where", required=False, empty_label="Everywhere"
    )
    severity = forms.TypedChoiceField(
        label="When", choices=EVERYTHING, required=False, coerce=int, empty_value=None
    )
    per_recovery = sum_of_money("In one recovery", required=False, help_text=NO_LIMIT)
    per_day = sum_of_money("In a day", required=False, help_text=NO_LIMIT)
    per_month = sum_of_money("In a month", required=False, help_text=NO_LIMIT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        givers = Person.objects.active().exclude(role__in=[Role.OWNER, Role.AUDITOR])
        self.fields["person"].queryset = givers
        self.fields["place"].queryset = Place.objects.all()

    def clean(self):
        given = super().clean()
        if given.get("role") and given.get("person"):
            self.add_error("person", "One or the other: a role, or one person.")
        return given


def authority(request):
    lines = Authority.objects.select_related("person", "place__business").order_by(
        "person__name", "role", "place__name", "severity"
    )
    return answer(request, LIST, lines=lines, currency=_currency())


@changed_by_owners
def add_authority(request):
    form = AuthorityForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            policy.set_authority(None, by=request.user, **form.cleaned_data)
            messages.success(request, "It holds from now on.")
    return answer(request, PAGE, form=form, to="desk:authority", currency=_currency())


@changed_by_owners
def authority_line(request, pk):
    line = find(Authority.objects.select_related("person", "place"), pk=pk)
    known = {name: getattr(line, name) for name in AuthorityForm.base_fields}
    form = AuthorityForm(posted(request), initial=known)
    if form.is_valid():
        with refusals_on(form):
            policy.set_authority(line, by=request.user, **form.cleaned_data)
            messages.success(request, "It holds from now on.")
    return answer(request, PAGE, form=form, to="desk:authority", line=line, currency=_currency())


@require_POST
@changed_by_owners
def drop_authority(request, pk):
    policy.drop_authority(find(Authority.objects.all(), pk=pk), by=request.user)
    messages.success(request, "Taken away.")
    return answer(request, LIST, to=reverse("desk:authority"))


def _currency():
    return Business.objects.values_list("currency", flat=True).first() or "GBP"
