"""Coming back, and the ways a recovery ends: followed up, seen again, left in peace, let go."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, page_about, show
from amends.desk.steps.back import (
    AnswerTrust,
    DoFollowUp,
    LeaveMeBe,
    LetGo,
    PlanFollowUp,
    RevokeLink,
    SeenBack,
)
from amends.kit.pages import refusals_on
from amends.recovery import journey
from amends.recovery.followup import FollowUp


@require_POST
def plan_follow_up(request, ref):
    page = open_page(request, ref)
    form = PlanFollowUp(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.plan_follow_up(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def follow_up_here(request, ref):
    followup, page = page_about(request, FollowUp, ref)
    form = DoFollowUp(page, request.POST, about=followup)
    if form.is_valid():
        with refusals_on(form):
            journey.follow_up(followup, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def seen_back(request, ref):
    page = open_page(request, ref)
    form = SeenBack(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.seen_back(page.recovery, by=request.user)
    return show(request, page, form)


@require_POST
def answer_trust(request, ref):
    page = open_page(request, ref)
    form = AnswerTrust(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.answer_trust(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def leave_me_be(request, ref):
    page = open_page(request, ref)
    form = LeaveMeBe(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.leave_me_be(page.recovery, by=request.user)
    return show(request, page, form)


@require_POST
def let_go(request, ref):
    page = open_page(request, ref)
    form = LetGo(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.let_go(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def revoke_link(request, ref):
    page = open_page(request, ref)
    form = RevokeLink(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.revoke_link(page.recovery, by=request.user)
    return show(request, page, form)
