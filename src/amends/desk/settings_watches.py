"""Settings of watches: what we look for among those who say nothing; tried before it is switched on,
and looked back on."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from amends.desk.coached import beside_form
from amends.desk.door import changed_by_owners
from amends.desk.fields import posted
from amends.desk.steps.step import day, first_move, sum_of_money
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.pages import answer, find, refusals_on
from amends.people.models import Person, Place
from amends.recovery import coaching
from amends.remedies.remedy import Remedy
from amends.signals import looking, saying, watching
from amends.signals.back_test import SILENCE, WINDOW, back_test
from amends.signals.models import Pace, Signal, Watch
from amends.signals.voice import silent
from amends.signals.watch import RHYTHM, Sees

LIST, PAGE, NEW = (
    "desk/settings/watches.html",
    "desk/settings/watch.html",
    "desk/settings/watch_new.html",
)
TRIED = 25  # of those it would name are shown
A_YEAR = 365
WHAT = {
    Sees.LATE: "Delivered after the day it was promised for.",
    Sees.MISSING: "Not delivered, so many days after the day it was promised for.",
    Sees.CANCELLED: "Whoever cancelled it, they did not get what they had chosen.",
    Sees.SHORT: "Something was missing from it.",
    Sees.RATING: "Stars, and not a word about why.",
    Sees.REFUND: "Money went back, and there is no recovery of it here.",
    Sees.QUIET: "Much longer away than is usual for them, and likely gone.",
    Sees.FALLING: "Worth much less to us than a quarter ago.",
}
MARKS = {
    Sees.RATING: ("At most, in per cent of the best", "40 is two stars of five."),
    Sees.QUIET: (
        "Chance of so long a silence, below, in per cent",
        "How often somebody who is still with us would be away so long.",
    ),
    Sees.FALLING: ("Fallen by, in per cent, or more", "Against a quarter ago."),
}
DAYS = {
    Sees.LATE: ("Later than, in days", "0 names whoever waited one day."),
    Sees.MISSING: ("Days after the promised one", "So long may it still come."),
}
LEAST = {
    "order": ("Only orders of at least", ""),
    "worth": ("Only whoever was worth at least", "By their worth a quarter ago."),
}


def per_cent(label, **more):
    return forms.IntegerField(label=label, min_value=0, max_value=100, **more)


class WatchForm(forms.Form):
    """Only what means something for what it sees is asked."""

    name = forms.CharField(label="Name", max_length=120)
    days = forms.IntegerField(min_value=0, max_value=365)
    mark = per_cent("")
    alive_below = per_cent(
        "And likely still with us, below, in per cent", help_text="By the model of their worth."
    )
    within = forms.IntegerField(
        label="What happened in the last days",
        min_value=1,
        max_value=120,
        help_text="What is older is no news to them. Looked at again every half hour.",
    )
    least = sum_of_money("", required=False)
    place = forms.ModelChoiceField(
        Place.objects.none(), label="Where", required=False, empty_label="Everywhere"
    )
    per_day = forms.IntegerField(
        label="At most so many a day",
        min_value=1,
        max_value=1_000,
        help_text="The worst first; the others wait for the next day.",
    )
    words = forms.CharField(  # its `sorry`, named as the coach reads it
        label="The apology",
        widget=forms.Textarea({"rows": 3}),
        required=False,
        max_length=2_000,
    )
    remedy = first_move()
    value = sum_of_money("Worth", required=False, help_text="For a remedy of money.")
    opens = forms.BooleanField(
        label="It may write by itself",
        required=False,
        help_text="Else each waits on Quiet customers for somebody's press.",
    )
    signs = forms.ModelChoiceField(
        Person.objects.none(),
        label="In whose name, then",
        to_field_name="ref",
        required=False,
        empty_label="Whoever it falls to",
        help_text="They are the customer's contact from then on.",
    )

    def __init__(self, given=None, *, sees, watch=None):
        self.sees = Sees(sees)
        super().__init__(given, initial=_as_set(watch or Watch(sees=sees), new=watch is None))
        self.fields["place"].queryset = Place.objects.all()
        self.fields["remedy"].queryset = Remedy.objects.filter(is_active=True)
        writers = Person.objects.active().exclude(role="auditor").filter(work__isnull=False)
        self.fields["signs"].queryset = writers.distinct()
        self._ask("days", DAYS.get(self.sees))
        self._ask("mark", MARKS.get(self.sees))
        self._ask("alive_below", None if self.sees != Sees.QUIET else ())
        self._ask("within", () if self.sees not in RHYTHM else None)
        self._ask("least", LEAST["worth" if self.sees in RHYTHM else "order"])
        self._ask("words", ("The apology", f"Empty for ours: “{saying.sorry(self.sees)}”"))
        if self.sees in RHYTHM:
            del self.fields["words"]
        if self.sees == Sees.RATING:
            del self.fields["least"]

    @property
    def told(self):
        given = dict(self.cleaned_data)
        for name in {"mark", "alive_below"} & set(given):
            given[name] = given[name] / 100
        if "words" in given:
            given["sorry"] = given.pop("words")
        return given

    def _ask(self, name, words):
        """None: it means nothing here. Empty: as it stands."""
        if words is None:
            del self.fields[name]
        elif words:
            self.fields[name].label, self.fields[name].help_text = words


class PaceForm(forms.Form):
    per_day = forms.IntegerField(
        label="All watches together name at most so many a day", min_value=0, max_value=10_000
    )


class PastForm(forms.Form):
    as_of = day("As of")
    window = forms.IntegerField(
        label="Days to come back in", min_value=7, max_value=730, initial=WINDOW
    )
    silence = forms.IntegerField(
        label="Days without a purchase, of the plain rule",
        min_value=7,
        max_value=730,
        initial=SILENCE,
    )


@require_safe
def watches(request):
    known = [
        (watch, watch.looks.first(), Signal.objects.filter(watch=watch).count())
        for watch in Watch.objects.select_related("place", "remedy")
    ]
    share = silent(at=now()) if "silent" in request.GET else None
    seen = {"watches": known, "sorts": Sees.choices, "pacing": _pacing(), "silent": share}
    return answer(request, LIST, **seen)


@require_POST
@changed_by_owners
def pace(request):
    form = PaceForm(request.POST)
    if form.is_valid():
        watching.set_pace(**form.cleaned_data, by=request.user)
        messages.success(request, "Kept.")
    return answer(request, LIST, form=form, to="desk:watches", pacing=form, watches=())


@changed_by_owners
def add_watch(request, sees):
    form = WatchForm(posted(request), sees=_known(sees))
    to = None
    if form.is_valid():
        with refusals_on(form):
            made = watching.keep(None, by=request.user, sees=sees, **form.told)
            to = reverse("desk:watch", args=[made.ref])
    return answer(request, NEW, form=form, to=to, sees=Sees(sees), what=WHAT[Sees(sees)])


@changed_by_owners
def watch(request, ref):
    known = find(Watch.objects.select_related("place", "remedy", "signs", "changed_by"), ref=ref)
    form = WatchForm(posted(request), sees=known.sees, watch=known)
    if form.is_valid():
        with refusals_on(form):
            watching.keep(known, by=request.user, **form.told)
            messages.success(request, f"“{known}” is kept.")
    to = reverse("desk:watch", args=[known.ref])
    seen = {"watch": known, "what": WHAT[Sees(known.sees)], **_tried(request, known)}
    return answer(request, PAGE, form=form, to=to, **seen, **_past(request, known))


@require_POST
@changed_by_owners
def coach_watch(request, ref):
    """What the coach says of the apology that everybody will read whom the watch names."""
    known = find(Watch.objects.select_related("place", "remedy", "signs", "changed_by"), ref=ref)
    form = _apologising(WatchForm(sees=known.sees, watch=known))
    seen = {"watch": known, "what": WHAT[form.sees], "form": form, **_past(request, known)}
    return beside_form(request, coaching.look_at_many, form, PAGE, **seen)


@require_POST
@changed_by_owners
def coach_new_watch(request, sees):
    form = _apologising(WatchForm(sees=_known(sees)))
    seen = {"sees": form.sees, "what": WHAT[form.sees], "form": form}
    return beside_form(request, coaching.look_at_many, form, NEW, **seen)


@require_POST
@changed_by_owners
def switch_watch(request, ref):
    known = find(Watch.objects.all(), ref=ref)
    on = request.POST.get("on") == "yes"
    watching.switch(known, on=on, by=request.user)
    messages.success(request, f"“{known}” is switched {'on' if on else 'off'}.")
    return answer(request, PAGE, to=reverse("desk:watch", args=[known.ref]))


def _known(sees):
    if sees not in Sees.values:
        raise Http404
    return sees


def _apologising(form):
    """Where nobody knows of anything to be sorry for, there are no words to read."""
    if "words" not in form.fields:
        raise Http404
    return form


def _pacing():
    return PaceForm(initial={"per_day": Pace.set().per_day})


def _as_set(known, *, new):
    told = {name: getattr(known, name) for name in WatchForm.base_fields if name != "words"}
    told["words"] = known.sorry
    told["mark"] = round(100 * known.mark)
    told["alive_below"] = round(100 * known.alive_below)
    for name in ("remedy", "signs"):
        told[name] = told[name].ref if told[name] else None
    return {**told, "name": WHAT[Sees(known.sees)].removesuffix(".")} if new else told


def _tried(request, known):
    """Whom it would name now: only when asked, for it reads much of a large shop."""
    if "try" not in request.GET:
        return {"seen": None}
    try:
        return {"seen": looking.dry_run(known, at=now(), most=TRIED)}
    except Impossible as no:
        return {"seen": None, "refused": no.message}


def _past(request, known):
    today = now().date()
    first = {"as_of": today - timedelta(days=A_YEAR), "window": WINDOW, "silence": SILENCE}
    asked = request.GET if "as_of" in request.GET else None
    form = PastForm(asked, initial=first)
    told = {"past_form": form, "past": None}
    if asked is None or not form.is_valid():
        return told
    with refusals_on(form):
        asked = form.cleaned_data
        told["past"] = back_test(
            known, on=asked["as_of"], window=asked["window"], silence=asked["silence"]
        )
    return told
