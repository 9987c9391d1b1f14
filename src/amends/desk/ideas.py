"""Ideas: critics are volunteers. What they suggest is passed on, answered, and its outcome told."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.desk.filters import chosen, kept
from amends.desk.paging import stretch
from amends.desk.steps.step import words
from amends.kit.clock import now
from amends.kit.pages import answer, find, refusals_on
from amends.recovery import journey
from amends.recovery.learning import Idea, Improvement

LIST, PAGE = "desk/ideas/list.html", "desk/ideas/show.html"
SHOWN = {"unanswered": "Not answered", "untold": "Outcome not told", "answered": "Answered"}
ORDER = {"unanswered": "given_at", "untold": "given_at", "answered": "-answered_at"}


class AnswerForm(forms.Form):
    words = words(
        "What becomes of it",
        help_text="Say thank you, where the idea went, and by when they hear what came of it.",
    )


class PassOnForm(forms.Form):
    improvement = forms.ModelChoiceField(
        Improvement.objects.none(), label="Part of which improvement?", empty_label=None
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        under_way = Improvement.objects.select_related("cause").order_by("made_at", "due_on")
        self.fields["improvement"].queryset = under_way
        self.fields["improvement"].label_from_instance = lambda x: f"{x.words} ({x.cause})"


def ideas(request):
    show, at = chosen(request, "show", SHOWN, "unanswered"), now()
    rows = Idea.objects.visible_to(request.user).with_people()
    lists = {
        "unanswered": rows.unanswered(),
        "untold": rows.outcome_untold(at=at),
        "answered": rows.exclude(answered_at=None),
    }
    page = stretch(lists[show], key=ORDER[show], after=request.GET.get("after", ""))
    seen = {"page": page, "show": show, "shown": SHOWN, "query": kept(show=show)}
    return answer(request, LIST, "ideas", untold=lists["untold"].count(), **seen)


def idea(request, ref):
    return _show(request, _idea(request, ref))


@require_POST
def answer_idea(request, ref):
    given, form = _idea(request, ref), AnswerForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.answer_idea(given, **form.cleaned_data, by=request.user)
            messages.success(request, "Answered. Your words are on their way.")
    return _show(request, given, answering=form)


@require_POST
def pass_on(request, ref):
    given, form = _idea(request, ref), PassOnForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.take_up_idea(given, **form.cleaned_data, by=request.user)
            messages.success(request, "Passed on. Tell them where it went.")
    return _show(request, given, passing=form)


def _show(request, given, **sent):
    """The page of one idea; a form that was refused keeps its words."""
    form = next(iter(sent.values()), None)
    refused = {name: form for name, form in sent.items() if form.errors}
    return answer(
        request,
        PAGE,
        form=form,
        to=reverse("desk:idea", args=[given.ref]),
        idea=given,
        recovery=given.recovery,
        answering=refused.get("answering") or AnswerForm(),
        passing=refused.get("passing") or PassOnForm(),
    )


def _idea(request, ref):
    return find(Idea.objects.visible_to(request.user).with_people(), ref=ref)
