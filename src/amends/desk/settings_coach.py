"""The coach's rules over everybody who writes: how often each speaks, and how often it annoys."""

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from amends.desk.writing import named
from amends.kit.pages import answer
from amends.recovery import heeding

ANNOYING = 0.5  # of the times a rule spoke, it was set aside
SPOKEN = 10  # times, before that says anything


@require_safe
def coach(request):
    """For owners, and for auditors who read everything; nobody is named."""
    if not request.user.sees_every_place:
        raise PermissionDenied
    figures = heeding.figures_of_all()
    rows = [(name, figure, _annoys(figure)) for name, figure in named(figures)]
    too_few = figures is None
    return answer(
        request, "desk/settings/coach.html", rows=rows, too_few=too_few, enough=heeding.ENOUGH
    )


def _annoys(figure):
    return figure.shown >= SPOKEN and figure.dismissed >= ANNOYING * figure.shown
