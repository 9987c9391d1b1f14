"""The story: read to the end, and added to when they tell more."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, show
from amends.desk.steps.heard import AddWords, Listen
from amends.kit.pages import refusals_on
from amends.recovery import journey


@require_POST
def listen(request, ref):
    page = open_page(request, ref)
    form = Listen(page, request.POST)
    journey.listen(page.recovery, by=request.user)
    return show(request, page, form)


@require_POST
def add_words(request, ref):
    page = open_page(request, ref)
    form = AddWords(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.add_words(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)
