"""Quiet customers: who was let down, or has gone, and said nothing; and putting it right, or not."""

from functools import partial

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from amends.customers.appraisal import Appraisal
from amends.desk.coached import WRITING, beside_form
from amends.desk.filters import chosen, kept
from amends.desk.paging import stretch
from amends.desk.steps.step import first_move, sum_of_money
from amends.kit.clock import now
from amends.kit.pages import answer, find, refusals_on
from amends.recovery import coaching
from amends.recovery.offer import LineGiven
from amends.remedies.remedy import Remedy
from amends.signals import opening
from amends.signals.models import Incident, Signal
from amends.signals.signal import State

LIST, PAGE = "desk/quiet/list.html", "desk/quiet/show.html"
SHOWN = {"new": "To look at", "opened": "Being put right", "left": "Left alone"}
ORDER = {"new": "-severity", "opened": "-settled_at", "left": "-settled_at"}


class MakeRightForm(forms.Form):
    """What goes out in one letter: what we saw, sorry where we know of something, a first move."""

    we_saw = forms.CharField(
        label="What we saw", widget=forms.Textarea({"rows": 3}), max_length=2_000
    )
    words = forms.CharField(
        label="Your apology",
        widget=forms.Textarea({"rows": 3}),
        max_length=2_000,
        help_text="In your own words, for what happened. It is said once.",
    )
    remedy = first_move()
    value = sum_of_money("Worth", required=False, help_text="For a remedy of money.")

    def __init__(self, given=None, *, signal):
        we_saw, sorry = opening.words_for(signal, at=now())
        watch = signal.watch
        self.only_asks = watch.is_of_rhythm
        first = {"we_saw": we_saw, "words": we_saw if self.only_asks else sorry}
        first |= {"remedy": watch.remedy.ref if watch.remedy else None, "value": watch.value}
        super().__init__(given, initial=first)
        self.fields["remedy"].queryset = Remedy.objects.offered_at(signal.place)
        if self.only_asks:
            del self.fields["we_saw"]
            self.fields["words"].label, self.fields["words"].help_text = "What you would say", ""

    def clean(self):
        given = super().clean()
        remedy = given.get("remedy")
        if remedy and LineGiven(remedy, value=given.get("value")).is_without_a_sum:
            self.add_error("value", "How much? Write the sum.")
        return given

    @property
    def said(self):
        given = self.cleaned_data
        lines = [LineGiven(given["remedy"], value=given["value"])] if given["remedy"] else []
        if self.only_asks:
            return {"we_saw": given["words"], "lines": lines}
        return {"we_saw": given["we_saw"], "sorry": given["words"], "lines": lines}

    @property
    def letter(self):
        """The kind of letter it becomes."""
        return "quiet" if self.only_asks else "we_saw"


class LeaveForm(forms.Form):
    why = forms.CharField(label="Why", max_length=300)


@require_safe
def quiet(request):
    show = chosen(request, "show", SHOWN, "new")
    seen = Signal.objects.visible_to(request.user).with_people()
    rows = seen.filter(state=State(show))
    page = stretch(rows, key=ORDER[show], after=request.GET.get("after", ""))
    under_way = Incident.objects.visible_to(request.user).under_way()
    told = {"page": page, "show": show, "shown": SHOWN, "query": kept(show=show)}
    appraisal = Appraisal.last()
    still = appraisal.figures.get("still") if appraisal else None
    return answer(request, LIST, **told, under_way=under_way, still=still)


@require_safe
def signal(request, ref):
    found = _found(request, ref)
    return answer(request, PAGE, **_shown(found))


@require_POST
def make_right(request, ref):
    found = _found(request, ref)
    form = MakeRightForm(request.POST, signal=found)
    if form.is_valid():
        with refusals_on(form):
            opening.make_right(found, **form.said, by=request.user)
            messages.success(request, f"{found.customer.called} has a letter from you.")
    if form.errors:
        found = _found(request, ref)  # as it stands, whatever was tried
    return answer(request, PAGE, form=form, to=_story(found), **_shown(found, making=form))


@require_POST
def coach_quiet(request, ref):
    """What the coach says of it; nothing is sent, and the words stay as they stand."""
    found = _found(request, ref)
    form = MakeRightForm(signal=found)
    parts = () if request.POST.get("coach") == WRITING else ("missing_name",)
    look = partial(coaching.look_at_first, to=found.customer, letter=form.letter, parts=parts)
    return beside_form(request, look, form, PAGE, **_shown(found, making=form))


@require_POST
def see_to_signal(request, ref):
    """Somebody would rather ring first."""
    found = _found(request, ref)
    opening.see_to_it(found, by=request.user)
    messages.success(request, f"It is yours. {found.customer.called} has not been written to.")
    return answer(request, PAGE, to=_story(found))


@require_POST
def leave_signal(request, ref):
    found = _found(request, ref)
    form = LeaveForm(request.POST, auto_id="leave_%s")
    if form.is_valid():
        with refusals_on(form):
            opening.leave(found, **form.cleaned_data, by=request.user)
            messages.success(request, f"{found.customer.called} is left alone.")
    if form.errors:
        found = _found(request, ref)
    return answer(request, PAGE, form=form, to="desk:quiet", **_shown(found, leaving=form))


def _shown(found, *, making=None, leaving=None):
    return {
        "signal": found,
        "making": making or MakeRightForm(signal=found),
        "leaving": leaving or LeaveForm(auto_id="leave_%s"),
        "at": now(),
    }


def _story(found):
    """Where it goes on."""
    return reverse("desk:recovery", args=[found.recovery.ref]) if found.recovery else None


def _found(request, ref):
    return find(Signal.objects.visible_to(request.user).with_people(), ref=ref)
