"""Causes: what lies behind failures, counted; and the improvements meant to end them. Never names."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amends.desk.paging import stretch
from amends.desk.steps.step import day, words
from amends.kit.clock import now
from amends.kit.pages import answer, find, refusals_on
from amends.people.person import Person, Role
from amends.recovery import journey
from amends.recovery.learning import Cause, Improvement, before_and_since, spread_of_wishes
from amends.recovery.recovery import Recovery

LIST, PAGE = "desk/causes/list.html", "desk/causes/show.html"
LATEST = 20


class ImproveForm(forms.Form):
    words = forms.CharField(label="What will be different?", max_length=300)
    owner = forms.ModelChoiceField(Person.objects.none(), label="Who sees to it?", empty_label=None)
    due = day("Made by")
    check = day("Looked at again on", help_text="The day we look whether it worked.")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = (
            Person.objects.active().visible_to(person).exclude(role=Role.AUDITOR)
        )
        today = timezone.localdate()
        self.initial = {
            "owner": person.pk,
            "due": today + timedelta(days=14),
            "check": today + timedelta(days=44),
        }


class MadeForm(forms.Form):
    words = words(
        "What is different now",
        help_text="Goes to everyone it hurt, each in a letter of their own. Name what, never who.",
    )


@dataclass(frozen=True)
class Raised:
    """An improvement as its cause's page shows it."""

    improvement: Improvement
    before: int
    since: int
    is_checked: bool
    making: forms.Form


def causes(request):
    counted = Cause.objects.counted(seen_by=request.user)
    rows = counted.annotate(
        under_way=Count("improvements", filter=Q(improvements__made_at=None), distinct=True),
        made=Count("improvements", filter=Q(improvements__made_at__isnull=False), distinct=True),
    )
    page = stretch(rows, key="-times", after=request.GET.get("after", ""))
    return answer(request, LIST, "causes", page=page, query="?")


def cause(request, ref):
    return _show(request, _cause(request, ref))


@require_POST
def improve_cause(request, ref):
    known, form = _cause(request, ref), ImproveForm(request.POST, person=request.user)
    if form.is_valid():
        with refusals_on(form):
            journey.improve(known, **form.cleaned_data, by=request.user)
            messages.success(request, "Raised. On the day you chose we look whether it worked.")
    return _show(request, known, improving=form)


@require_POST
def made(request, ref):
    improvement = find(Improvement.objects.select_related("cause"), ref=ref)
    form = MadeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            told = journey.tell_what_changed(improvement, **form.cleaned_data, by=request.user)
            messages.success(request, _told(told))
    return _show(request, _cause(request, improvement.cause.ref), making=form, on=improvement)


def _show(request, known, on=None, **sent):
    """The page of one cause; a form that was refused keeps its words."""
    form = next(iter(sent.values()), None)
    refused = {name: form for name, form in sent.items() if form.errors}
    seen = Recovery.objects.visible_to(request.user).filter(finding__cause=known)
    return answer(
        request,
        PAGE,
        form=form,
        to=reverse("desk:cause", args=[known.ref]),
        cause=known,
        times=seen.filter(finding__counts=True).count(),
        recoveries=seen.with_people().order_by("-known_at")[:LATEST],
        spread=spread_of_wishes(known, seen_by=request.user),
        raised=list(_improvements(known, on, refused.get("making"))),
        improving=refused.get("improving") or ImproveForm(person=request.user),
    )


def _improvements(known, on, making):
    """Each with whether it worked, and the form that tells everyone once it is made."""
    for improvement in known.improvements.select_related("owner").prefetch_related("ideas"):
        before, since = before_and_since(improvement, at=now())
        form = making if making and improvement == on else MadeForm()
        yield Raised(improvement, before, since, improvement.check_on <= timezone.localdate(), form)


def _cause(request, ref):
    return find(Cause.objects.all(), ref=ref)


def _told(count):
    return f"Made, and {count} {'customer is' if count == 1 else 'customers are'} told."
