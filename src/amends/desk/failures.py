"""What went wrong, and what it cost the customer; and who else has a stake in it."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, page_about, show
from amends.desk.steps.heard import AddFailure, ItCost, NameCompanion
from amends.kit.pages import refusals_on
from amends.recovery import journey
from amends.recovery.failure import Failure
from amends.recovery.journey.heard import WentWrong


@require_POST
def add_failure(request, ref):
    page = open_page(request, ref)
    form = AddFailure(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.add_failure(page.recovery, WentWrong(**form.cleaned_data), by=request.user)
    return show(request, page, form)


@require_POST
def it_cost(request, ref):
    failure, page = page_about(request, Failure, ref)
    form = ItCost(page, request.POST, about=failure)
    if form.is_valid():
        with refusals_on(form):
            journey.it_cost(failure, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def name_companion(request, ref):
    page = open_page(request, ref)
    form = NameCompanion(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.name_companion(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)
