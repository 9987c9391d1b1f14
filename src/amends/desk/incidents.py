"""Incidents: something that went wrong for many at once; whom it touched, and how far we are."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from amends.desk.coached import beside_form
from amends.desk.fields import posted
from amends.desk.paging import stretch
from amends.desk.steps.step import first_move, moment, sum_of_money
from amends.kit.pages import answer, find, refusals_on
from amends.people.models import Person, Place
from amends.recovery import coaching
from amends.recovery.failure import Kind
from amends.remedies.remedy import Remedy
from amends.signals import reaching
from amends.signals.incident import State
from amends.signals.models import Incident

LIST, NEW, PAGE = "desk/incidents/list.html", "desk/incidents/new.html", "desk/incidents/show.html"
LARGEST = 5 * 1024 * 1024  # bytes of a list
FIRST = 20  # lines that lead to nobody, and customers left out
SIZE = 100


class ListForm(forms.Form):
    """A file, or pasted lines, or both."""

    listed = forms.CharField(
        label="Whom it touched",
        required=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        max_length=LARGEST,
        help_text="One a line: an e-mail address, a telephone number, their number in another "
        "system, or an order. Other columns do no harm.",
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        widget=forms.ClearableFileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text="CSV or plain text.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > LARGEST:
            raise forms.ValidationError("This file is larger than 5 MB. Send it in several parts.")
        return _text(file.read())

    def clean(self):
        given = super().clean()
        told = (given.get("listed", ""), given.pop("file", "") or "")
        given["listed"] = "\n".join(part for part in told if part.strip())
        return given


class IncidentForm(ListForm):
    name = forms.CharField(
        label="What happened, in a few words",
        max_length=120,
        help_text="They may read it: “The oven failed on Saturday”.",
    )
    place = forms.ModelChoiceField(Place.objects.none(), label="Where", empty_label=None)
    kind = forms.ChoiceField(label="It was about", choices=Kind.choices)
    happened_at = moment("When", required=False)
    we_saw = forms.CharField(
        label="What we saw, as you would say it to one of them",
        widget=forms.Textarea({"rows": 3}),
        max_length=2_000,
        initial="We saw that ",
    )
    words = forms.CharField(
        label="The apology", widget=forms.Textarea({"rows": 3}), max_length=2_000
    )
    remedy = first_move()
    value = sum_of_money("Worth to each", required=False, help_text="For a remedy of money.")
    signs = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who signs it",
        to_field_name="ref",
        empty_label=None,
        help_text="They are the contact of everybody on the list from then on.",
    )
    field_order = [
        *("name", "place", "kind", "happened_at", "we_saw", "words"),
        *("remedy", "value", "signs", "listed", "file"),
    ]

    def __init__(self, given=None, files=None, *, person):
        super().__init__(given, files, initial={"kind": Kind.CORE})
        places = Place.objects.run_by(person)
        self.fields["place"].queryset = places
        self.fields["remedy"].queryset = Remedy.objects.filter(is_active=True)
        team = Person.objects.active().filter(work__place__in=places).distinct()
        team = team.prefetch_related("work__place")
        self.fields["signs"].queryset = team
        self.fields["signs"].label_from_instance = _with_their_places
        signs = next((one for one in team if one == person), team.first())
        if signs:  # what is chosen to begin with fits together
            theirs = places.filter(work__person=signs).first()
            self.initial |= {"signs": signs.ref, "place": theirs.pk}

    @property
    def said(self):
        given = dict(self.cleaned_data)
        return {"sorry": given.pop("words"), **given}


def _with_their_places(person):
    """Whoever signs has to work where it happened."""
    return f"{person} ({'; '.join(str(one.place) for one in person.work.all())})"


@require_safe
def incidents(request):
    seen = Incident.objects.visible_to(request.user).select_related("place", "signs")
    page = stretch(seen, key="-made_at", after=request.GET.get("after", ""))
    return answer(request, LIST, page=page)


def add_incident(request):
    if request.method == "POST":
        _must_manage(request)
    files = request.FILES if request.method == "POST" else None
    form = IncidentForm(posted(request), files, person=request.user)
    to = None
    if form.is_valid():
        with refusals_on(form):
            made = reaching.note(**form.said, by=request.user)
            to = reverse("desk:incident", args=[made.ref])
            messages.success(request, "Nobody has been written to yet. Look at the list first.")
    return answer(request, NEW, form=form, to=to)


@require_POST
def coach_incident(request):
    """What the coach says of the words that everybody on the list will read; nothing is kept."""
    _must_manage(request)
    form = IncidentForm(person=request.user)
    return beside_form(request, coaching.look_at_many, form, NEW, form=form)


@require_safe
def incident(request, ref):
    found = _found(request, ref)
    return answer(request, PAGE, "progress", **_shown(found))


@require_POST
def list_touched(request, ref):
    found = _found(request, ref)
    form = ListForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            new = reaching.add_list(found, listed=form.cleaned_data["listed"], by=request.user)
            messages.success(request, f"{new} more on the list." if new else "Nobody new on it.")
    to = reverse("desk:incident", args=[found.ref])
    return answer(request, PAGE, form=form, to=to, **_shown(found, listing=form))


@require_POST
def begin_incident(request, ref):
    found = _found(request, ref)
    reaching.begin(found, by=request.user)
    messages.success(request, "Begun. Each gets a letter of their own, a few at a time.")
    return answer(request, PAGE, to=reverse("desk:incident", args=[found.ref]))


@require_POST
def stop_incident(request, ref):
    found = _found(request, ref)
    reaching.stop(found, by=request.user)
    messages.success(request, "Stopped. Whoever has a letter has it; the others wait.")
    return answer(request, PAGE, to=reverse("desk:incident", args=[found.ref]))


def _must_manage(request):
    if not request.user.is_manager:
        raise PermissionDenied


def _shown(found, *, listing=None):
    counts = found.counts()
    in_all = sum(counts.values())
    touched = found.touched.select_related("customer", "recovery", "order")
    return {
        "incident": found,
        "counts": counts,
        "in_all": in_all,
        "seen_to": in_all - counts[State.WAITING],
        "left": touched.filter(state=State.LEFT)[:FIRST],
        "some": touched.exclude(state=State.LEFT).order_by("state", "pk")[:SIZE],
        "more": max(in_all - counts[State.LEFT] - SIZE, 0),
        "unknown": found.unknown.all()[:FIRST],
        "how_many_unknown": found.unknown.count(),
        "listing": listing or ListForm(),
    }


def _found(request, ref):
    seen = Incident.objects.visible_to(request.user)
    return find(seen.select_related("place__business", "remedy", "signs"), ref=ref)


def _text(raw):
    """As programmes save it: with or without a mark at its beginning, or in the old way of the west."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
