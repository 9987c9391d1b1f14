"""What one recovery teaches: its cause, what changes, and the ideas that came with it."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, page_about, show
from amends.desk.steps.learned import AnswerIdea, GiveIdea, Improve, LinkCause, OneOff
from amends.kit.pages import refusals_on
from amends.recovery import journey
from amends.recovery.learning import Idea


@require_POST
def link_cause(request, ref):
    page = open_page(request, ref)
    form = LinkCause(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.name_cause(page.recovery, called=form.cleaned_data["cause"], by=request.user)
    return show(request, page, form)


@require_POST
def one_off(request, ref):
    page = open_page(request, ref)
    form = OneOff(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.one_off(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def improve(request, ref):
    page = open_page(request, ref)
    form = Improve(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.improve(page.finding.cause, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def give_idea(request, ref):
    page = open_page(request, ref)
    form = GiveIdea(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.give_idea(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def answer_idea_here(request, ref):
    idea, page = page_about(request, Idea, ref)
    form = AnswerIdea(page, request.POST, about=idea)
    if form.is_valid():
        with refusals_on(form):
            journey.answer_idea(idea, **form.cleaned_data, by=request.user)
    return show(request, page, form)
