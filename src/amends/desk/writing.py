"""What the coach's notes say about a person's writing: theirs to see, and theirs to share (S4-16)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from amends.coach.named import RULES
from amends.kit.pages import answer, find
from amends.people.person import Person
from amends.recovery import heeding

PAGE = "desk/writing/show.html"


@require_safe
def writing(request):
    return _show(request, request.user)


@require_safe
def writing_of(request, ref):
    """Somebody else's page of figures does not exist until they share it with those over them."""
    somebody = find(Person.objects.visible_to(request.user), ref=ref)
    if not heeding.may_see_figures_of(somebody, request.user):
        raise Http404
    return _show(request, somebody)


@require_POST
def share(request):
    heeding.share(by=request.user)
    messages.success(request, "Those you work for may see these figures now.")
    return redirect("desk:writing")


@require_POST
def keep_private(request):
    heeding.keep_private(by=request.user)
    messages.success(request, "These figures are yours alone again.")
    return redirect("desk:writing")


def named(figures):
    """Each figure with the name of its rule, as people read it."""
    return [(RULES[figure.category], figure) for figure in figures or ()]


def _show(request, person):
    return answer(
        request,
        PAGE,
        person=person,
        me=person == request.user,
        figures=named(heeding.figures_of(person)),
        first=heeding.offered_first(person),
        shares=heeding.shares(person),
    )
