"""Settings of calendars: which are read, for which place, and how it goes."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_POST

from amends.connections.calendar.feed import Calendar
from amends.kit.pages import answer, find, refusals_on
from amends.people.place import Place

PAGE, HERE = "connections/calendars.html", "connections:calendars"


class CalendarForm(forms.Form):
    name = forms.CharField(label="What it is", max_length=80, initial="Bookings")
    place = forms.ModelChoiceField(Place.objects.none(), label="Who books there", empty_label=None)
    url = forms.CharField(
        label="Its address",
        max_length=1000,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="The secret address in iCal format, as your calendar or booking book gives it: "
        "https://… or webcal://… It is kept sealed and shown to nobody again.",
    )
    use_required_attribute = False

    def __init__(self, given=None):
        super().__init__(given)
        self.fields["place"].queryset = Place.objects.all()


def calendars(request):
    if not request.user.is_owner:
        raise PermissionDenied
    form = CalendarForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            made = Calendar.add(by=request.user, **form.cleaned_data)
            messages.success(request, f"{made} is read within a minute.")
    rows = Calendar.objects.select_related("place")
    return answer(request, PAGE, "calendars", form=form, to=HERE, rows=rows)


@require_POST
def read_now(request, ref):
    find(Calendar.objects.all(), ref=ref).read_now(by=request.user)
    messages.success(request, "It is read within a minute.")
    return answer(request, PAGE, to=HERE)


@require_POST
def take_away(request, ref):
    calendar = find(Calendar.objects.all(), ref=ref)
    calendar.take_away(by=request.user)
    messages.success(request, f"{calendar} is not read any more. Who has booked stays booked.")
    return answer(request, PAGE, to=HERE)
