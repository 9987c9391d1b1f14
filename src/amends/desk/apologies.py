"""Saying sorry: what an apology must contain is in `recovery/apology.py`."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, show
from amends.desk.steps.sorry import Apologise
from amends.kit.pages import refusals_on
from amends.recovery import journey


@require_POST
def apologise(request, ref):
    page = open_page(request, ref)
    form = Apologise(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.apologise(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)
