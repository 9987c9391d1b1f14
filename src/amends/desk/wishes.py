"""What would be fair: asked, and written down in their words; or being heard was enough."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, show
from amends.desk.steps.agreed import Ask, HeardWasEnough, HelpElsewhere, TakeWish
from amends.kit.pages import refusals_on
from amends.recovery import journey


@require_POST
def ask(request, ref):
    page = open_page(request, ref)
    form = Ask(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.ask(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def wish(request, ref):
    page = open_page(request, ref)
    form = TakeWish(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.wish(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def heard_was_enough(request, ref):
    page = open_page(request, ref)
    form = HeardWasEnough(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.heard_was_enough(page.recovery, by=request.user)
    return show(request, page, form)


@require_POST
def help_elsewhere(request, ref):
    page = open_page(request, ref)
    form = HelpElsewhere(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.help_elsewhere(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)
