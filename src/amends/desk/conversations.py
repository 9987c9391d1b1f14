"""What a letter is and who may speak: decided by people, with one press; and two recoveries as one."""

from django.contrib import messages
from django.views.decorators.http import require_POST

from amends.desk.letters import decide
from amends.desk.recovery_page import open_page, show
from amends.desk.steps.conversation import (
    AnswerThere,
    BelongsHere,
    ItIsThem,
    Join,
    LetIn,
    NotForUs,
    PartAgain,
    SplitOff,
    UndoForward,
)
from amends.kit.pages import lead, refusals_on
from amends.recovery import journey


@require_POST
def let_in(request, ref):
    return decide(request, ref, LetIn, journey.let_in)


@require_POST
def it_is_them(request, ref):
    return decide(request, ref, ItIsThem, journey.it_is_them)


@require_POST
def not_for_us(request, ref):
    return decide(request, ref, NotForUs, journey.not_for_us)


@require_POST
def belongs_here(request, ref):
    return decide(request, ref, BelongsHere, journey.belongs_here)


@require_POST
def answer_there(request, ref):
    return decide(request, ref, AnswerThere, journey.answer_there)


@require_POST
def split_off(request, ref):
    return _move(request, ref, SplitOff, journey.split_off)


@require_POST
def undo_forward(request, ref):
    return _move(request, ref, UndoForward, journey.undo_forward)


@require_POST
def join(request, ref):
    page = open_page(request, ref)
    form = Join(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.join(page.recovery, to=form.cleaned_data["to"], by=request.user)
    if form.errors:
        return show(request, page, form)
    messages.success(request, form.flash)
    return lead(request, open_page(request, form.cleaned_data["to"].ref).url)


@require_POST
def part(request, ref):
    page = open_page(request, ref)
    form = PartAgain(page, request.POST)
    with refusals_on(form):
        journey.part(page.recovery, by=request.user)
    return show(request, page, form)


def _move(request, ref, step, verb):
    """The letter goes elsewhere, and so does whoever moved it."""
    return decide(request, ref, step, verb, to=lambda _, __, own: open_page(request, own.ref).url)
