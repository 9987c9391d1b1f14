"""Settings of standards: how soon each step is due, everywhere, at one place, or on one channel."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.desk.door import changed_by_owners
from amends.desk.joining import posted
from amends.kit.pages import answer, find, refusals_on
from amends.people.place import Place
from amends.recovery import policy
from amends.recovery.complaint import CHANNELS
from amends.recovery.standards import APOLOGY_BY_CHANNEL, FIRST, Standard, Step

LIST, PAGE = "desk/settings/standards.html", "desk/settings/standard.html"
UNITS = {"minutes": 1, "hours": 60, "days": 24 * 60}
WHAT = {
    Step.OWNER: "From the first word until one of us owns it.",
    Step.APOLOGY: "From the first word until a person has said sorry.",
    Step.ANSWER: "From every word of theirs until they have an answer.",
    Step.RECORD: "From the event until it is written down; and until we ring, when a thing is in.",
    Step.APPROVAL: "For a yes or another proposal. After that the next person is asked.",
    Step.FOLLOW_UP: "From put right until we ask whether it really is.",
    Step.QUIET: "Without a word between us, until we get in touch again.",
    Step.NUDGE: "From the arrival until the person asked for is called again.",
    Step.GREETING: "From the arrival until the promise to be there counts as broken.",
    Step.GRACE: "From the moment we gave until a late promise counts as broken.",
    Step.CARE: "From what went wrong until they are a guest like any other on Arrivals.",
}
CALENDAR_DAYS = "Days run by the calendar. Say it in hours, or let the clock run day and night."


class FigureForm(forms.Form):
    number = forms.IntegerField(label="Within", min_value=1, max_value=9999)
    unit = forms.ChoiceField(label="Unit", choices=[(unit, unit) for unit in UNITS])
    in_opening_hours = forms.BooleanField(
        label="The clock runs in opening hours only", required=False
    )
    place = forms.ModelChoiceField(
        Place.objects.none(), label="Where", required=False, empty_label="Everywhere"
    )
    channel = forms.CharField(
        label="On which channel",
        required=False,
        max_length=30,
        help_text="Leave empty for all. Any word will do.",
        widget=forms.TextInput({"list": "channels", "autocomplete": "off"}),
    )

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.all()
        if step != Step.APOLOGY:
            del self.fields["channel"]

    def clean(self):
        given = super().clean()
        if given.get("in_opening_hours") and given.get("unit") == "days":
            self.add_error("unit", CALENDAR_DAYS)
        return given

    @property
    def figure(self):
        given = dict(self.cleaned_data)
        minutes = given.pop("number") * UNITS[given.pop("unit")]
        return {"minutes": minutes, **given}


@dataclass(frozen=True)
class Figure:
    """One line of a standard: how long, where, on which channel; ours, or the owner's own."""

    minutes: int
    in_opening_hours: bool
    where: str = ""
    channel: str = ""
    own: Standard | None = None

    @property
    def within(self):
        return in_words(self.minutes, self.in_opening_hours)

    @property
    def when(self):
        """Fax, The Larder York; nothing for what holds everywhere."""
        return ", ".join(filter(None, [self.channel, self.where]))


def standards(request):
    own = list(Standard.objects.select_related("place"))
    return answer(request, LIST, steps=[_row(step, _figures(step, own)) for step in Step])


@changed_by_owners
def standard(request, step):
    chosen = _step(step)
    form = FigureForm(posted(request), step=chosen, initial=_first(chosen))
    if form.is_valid():
        with refusals_on(form):
            policy.set_standard(step=chosen, **form.figure, by=request.user)
            messages.success(request, "From now on, for every clock that starts.")
    to = reverse("desk:standard", args=[step])
    own = Standard.objects.filter(step=chosen).select_related("place")
    seen = {"step": chosen, "what": WHAT[chosen], "figures": _figures(chosen, own)}
    return answer(request, PAGE, form=form, to=to, channels=CHANNELS, **seen)


@require_POST
@changed_by_owners
def drop_standard(request, step, pk):
    own = find(Standard.objects.filter(step=_step(step)), pk=pk)
    policy.drop_standard(own, by=request.user)
    return answer(request, PAGE, to=reverse("desk:standard", args=[step]))


def in_words(minutes, in_opening_hours=False):
    """4 hours of opening time; 3 days; at once."""
    unit = next(unit for unit in reversed(UNITS) if minutes % UNITS[unit] == 0)
    if in_opening_hours and unit == "days":
        unit = "hours"
    number = minutes // UNITS[unit]
    words = f"{number} {unit if number != 1 else unit.removesuffix('s')}"
    return f"{words} of opening time" if in_opening_hours else words


def _row(step, figures):
    """The figure that holds everywhere, and the others, those that are alike told together."""
    widest = next(figure for figure in figures if not figure.when)
    others = {}
    for figure in figures:
        if figure.when:
            others.setdefault(figure.within, []).append(figure.when)
    alike = [(within, "; ".join(when)) for within, when in others.items()]
    return {"step": step, "what": WHAT[step], "widest": widest, "others": alike}


def _figures(step, own):
    """What holds: the owner's figures in place of ours, the widest first."""
    mine = [standard for standard in own if standard.step == step]
    figures = [Figure(*FIRST[step])]
    if step == Step.APOLOGY:
        in_hours = FIRST[step][1]
        figures += [Figure(x, in_hours, channel=way) for way, x in APOLOGY_BY_CHANNEL.items()]
    replaced = {standard.channel for standard in mine if standard.place_id is None}
    figures = [figure for figure in figures if figure.channel not in replaced]
    figures += [
        Figure(x.minutes, x.in_opening_hours, x.place.name if x.place else "", x.channel, x)
        for x in mine
    ]
    return sorted(figures, key=lambda figure: (figure.where, figure.channel))


def _first(step):
    minutes, in_hours = FIRST[step]
    unit = next(unit for unit in ("hours", "minutes") if minutes % UNITS[unit] == 0)
    return {"number": minutes // UNITS[unit], "unit": unit, "in_opening_hours": in_hours}


def _step(step):
    if step not in Step.values:
        raise Http404
    return Step(step)
