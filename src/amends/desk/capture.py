"""Capture: ten seconds on the floor. Who, what went wrong, and whether it can be put right now."""

import json

from django import forms
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from amends.customers.customer import Customer
from amends.desk.lines import LinesForm
from amends.desk.steps.heard import KINDS
from amends.desk.steps.step import OneOf
from amends.kit.claims import take_turns
from amends.kit.pages import answer, find, refusals_on
from amends.kit.refs import new_ref
from amends.kit.signing import sign
from amends.people.person import Person
from amends.recovery import journey
from amends.recovery.failure import Kind
from amends.recovery.journey.heard import WentWrong
from amends.recovery.recovery import Recovery
from amends.remedies.remedy import Kind as RemedyKind
from amends.remedies.remedy import Side

PAGE = "desk/capture/show.html"
FOUND = 6  # names under the search field: what fits above a thumb
SAW_IT = "saw"
HEARD_BY = [("in person", "They told me"), ("telephone", "They rang"), (SAW_IT, "I saw it")]
AT_ONCE = (RemedyKind.REFUND, RemedyKind.REDO, RemedyKind.REPLACE, RemedyKind.EXCHANGE)
SEVERAL = ("kinds", "lines")


class CaptureForm(LinesForm):
    """Only what went wrong is needed; everything else helps."""

    once = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    place = forms.ChoiceField(label="Where", widget=forms.RadioSelect)
    customer = forms.CharField(required=False)
    who = forms.CharField(max_length=200, required=False)
    table = forms.CharField(max_length=40, required=False)
    reach = forms.CharField(label="E-mail or telephone", max_length=320, required=False)
    kinds = forms.MultipleChoiceField(
        choices=KINDS, error_messages={"required": "What went wrong? One press is enough."}
    )
    involved = OneOf(label="Whom did it involve?", empty="I would rather not say", required=False)
    words = forms.CharField(
        label="What did they say?", widget=forms.Textarea({"rows": 2}), required=False
    )
    channel = forms.ChoiceField(
        label="How do you know?", choices=HEARD_BY, widget=forms.RadioSelect, initial="in person"
    )

    def __init__(self, *args, person, places, place, **kwargs):
        self.person, self.at = person, place
        super().__init__(*args, place=place, side=Side.PUT_BACK, **kwargs)
        self.initial.setdefault("place", place.ref)
        self.initial.setdefault("once", new_ref())
        self.fields["place"].choices = [(ref, str(place)) for ref, place in places.items()]
        self.fields["lines"].required = False
        self.fields["involved"].offer(Person.objects.active().working_at(place))
        for kind, _ in KINDS:
            self.fields[f"what_{kind}"] = forms.CharField(max_length=300, required=False)

    def clean_customer(self):
        ref = self.cleaned_data["customer"]
        return find(Customer.objects.visible_to(self.person).called_for(ref)) if ref else None

    def clean(self):
        given = super().clean()
        for remedy in given.get("lines", ()):
            if remedy.is_money and given.get(f"value_{remedy.ref}") is None:
                self.add_error(f"value_{remedy.ref}", "How much? Write the sum.")
        return given

    def met(self):
        """The customer chosen, or whoever the floor describes: «Guest at table 7»."""
        given, reach = self.cleaned_data, self.cleaned_data["reach"]
        address = {"email" if "@" in reach else "phone": reach}
        known = f"Guest at {_where(given['table'])}" if given["table"] else ""
        return given["customer"] or Customer.met(
            name=given["who"], known_as=known, place=self.at, **address
        )

    @property
    def ref(self):
        """The same form with the same words is one recovery, however often it is sent."""
        if not self.cleaned_data["once"]:
            return new_ref()
        told = [pair for pair in self.data.lists() if pair[0] != "csrfmiddlewaretoken"]
        return sign(json.dumps([self.person.pk, *sorted(told)]), "capture")[:10]

    @property
    def saw_it(self):
        return self.cleaned_data["channel"] == SAW_IT

    @property
    def failures(self):
        given = self.cleaned_data
        return [
            WentWrong(
                kind=kind,
                words=given[f"what_{kind}"],
                involved=given["involved"] if kind == Kind.BEHAVIOUR else None,
            )
            for kind in given["kinds"]
        ]

    @property
    def story(self):
        """Their words; without any, what was pressed."""
        told = [failure.words or Kind(failure.kind).label for failure in self.failures]
        return self.cleaned_data["words"] or "; ".join(told)

    @property
    def chips(self):
        ticked = self["kinds"].value() or []
        return [(kind, label, kind in ticked, self[f"what_{kind}"]) for kind, label in KINDS]

    @property
    def at_once(self):
        """What can be done here and now, before anything is asked."""
        lines = [line for _, side in self.sides for line in side]
        return [line for line in lines if line["remedy"].kind in AT_ONCE]


@require_http_methods(["GET", "POST"])
def capture(request):
    form = _form(request)
    if form is None or "look" in request.POST:
        return render(request, PAGE, _shown(request, form))
    to = ""
    if form.is_bound and form.is_valid():
        with refusals_on(form), transaction.atomic():
            to = reverse("desk:recovery", args=[_taken_down(form, by=request.user).ref])
            request.session["capture_at"] = form.at.ref
    fragment = "found" if request.method == "GET" else None
    return answer(request, PAGE, fragment, to=to, **_shown(request, form))


def _shown(request, form):
    who = request.POST.get("who") or request.GET.get("who", "")
    return {"form": form, "found": _found(request.user, who), "asked": who.strip()}


def _form(request):
    """Nothing where one works nowhere. The search button keeps all words and takes nothing down."""
    posted = request.POST if request.method == "POST" else request.GET
    places = {place.ref: place for place in request.user.places_seen().select_related("business")}
    refs = (posted.get("place"), request.session.get("capture_at"), *places)
    place = next((places[ref] for ref in refs if ref in places), None)
    if place is None:
        return None
    around = {"person": request.user, "places": places, "place": place}
    if request.method == "POST" and "look" not in request.POST:
        return CaptureForm(request.POST, **around)
    kept = {x: posted.getlist(x) if x in SEVERAL else posted.get(x) for x in posted}
    return CaptureForm(initial=kept, **around)


def _taken_down(form, *, by):
    ref = form.ref
    take_turns(f"captured {ref}")
    already = Recovery.objects.filter(ref=ref).first()
    return already or _new(form, by=by, ref=ref)


def _new(form, *, by, ref):
    around = {"customer": form.met(), "place": form.at, "failures": form.failures, "by": by}
    around["ref"] = ref
    if form.saw_it:
        recovery = journey.spot(**around, about=form.cleaned_data["words"])
    else:
        channel = form.cleaned_data["channel"]
        recovery = journey.hear(**around, words=form.story, channel=channel)
    if form.cleaned_data["lines"]:
        journey.put_back_now(recovery, lines=form.given(), by=by)
    return recovery


def _found(person, words):
    if len(words.strip()) < 2:
        return []
    known = Customer.objects.visible_to(person).matching(words)
    return known.prefetch_related("addresses")[:FOUND]


def _where(table):
    return f"table {table}" if table.isdigit() else table
