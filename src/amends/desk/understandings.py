"""Saying back what we understood; what they answered, when they told us rather than their page."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, page_about, show
from amends.desk.steps.understood import Confirm, Correct, Restate
from amends.kit.pages import refusals_on
from amends.recovery import journey
from amends.recovery.understanding import Restatement


@require_POST
def restate(request, ref):
    page = open_page(request, ref)
    form = Restate(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.restate(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def confirm(request, ref):
    restatement, page = page_about(request, Restatement, ref)
    form = Confirm(page, request.POST, about=restatement)
    if form.is_valid():
        with refusals_on(form):
            journey.confirm(restatement, by=request.user)
    return show(request, page, form)


@require_POST
def correct(request, ref):
    restatement, page = page_about(request, Restatement, ref)
    form = Correct(page, request.POST, about=restatement)
    if form.is_valid():
        with refusals_on(form):
            journey.correct(restatement, **form.cleaned_data, by=request.user)
    return show(request, page, form)
