"""The coach beside a letter on a recovery's page: says what it sees, sends and keeps nothing."""

from functools import partial

from django.http import Http404
from django.views.decorators.http import require_POST

from amends.desk.coached import WRITING, beside
from amends.desk.recovery_page import open_page, show_as_written
from amends.desk.steps.agreed import Ask, MakeOffer
from amends.desk.steps.back import DoFollowUp
from amends.desk.steps.heard import Write
from amends.desk.steps.learned import AnswerIdea
from amends.desk.steps.put_right import Thank
from amends.desk.steps.sorry import Apologise
from amends.desk.steps.understood import Restate
from amends.kit.pages import find
from amends.recovery import coaching
from amends.recovery.followup import FollowUp
from amends.recovery.learning import Idea

COACHED = (Write, Restate, Apologise, Ask, MakeOffer, Thank, DoFollowUp, AnswerIdea)
STEPS = {step.name: step for step in COACHED}
ABOUT = {DoFollowUp.name: FollowUp, AnswerIdea.name: Idea}


@require_POST
def coach(request, ref, step):
    page = open_page(request, ref)
    form = _form(request, page, step)
    parts = () if request.POST.get("coach") == WRITING else form.held_to
    look = partial(coaching.look_at, about=page.recovery, letter=form.letter, parts=parts)

    def whole(coached):
        return show_as_written(request, page, form.as_written(coached))

    return beside(request, look, whole, url=form.coach_url)


def _form(request, page, name):
    if name not in STEPS:
        raise Http404
    about = None
    if name in ABOUT:
        theirs = ABOUT[name].objects.filter(recovery=page.recovery)
        about = find(theirs, ref=request.GET.get("about", ""))
    return STEPS[name](page, request.POST, about=about)
