"""Letters on their way: what waits, may have arrived, did not go or came back, and what to do about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import resolve_url
from django.views.decorators.http import require_POST

from amends.desk.filters import chosen, kept
from amends.desk.paging import stretch
from amends.kit.clock import now
from amends.kit.pages import answer, find
from amends.mailroom.automatic import IN_WORDS
from amends.mailroom.letter import Direction, State
from amends.mailroom.road import FIRST, Road, may_send_another_way
from amends.recovery import journey
from amends.recovery.outgoing import (
    in_plain_words,
    letters_visible_to,
    recoveries_of,
    strays_visible_to,
)

PAGE = "desk/outbox/list.html"
SHOWN = {
    "look": "To look at",
    "waiting": "Waiting",
    "later": "For later",
    "held": "Held back",
    "gone": "Gone",
    "strays": "Stray reports",
}
STATES = {
    "look": [State.UNCERTAIN, State.FAILED, State.CAME_BACK],
    "waiting": [State.QUEUED, State.SENDING],
    "later": [State.SCHEDULED],
    "held": [State.HELD, State.CANCELLED],
    "gone": [State.HANDED_OVER],
}
STUCK, STOPPABLE = STATES["look"], [*STATES["look"], State.QUEUED, State.SCHEDULED]
DO = {
    "again": (journey.send_again, "On its way once more."),
    "another": (journey.send_another_way, "On its way by the second way out."),
    "arrived": (journey.it_arrived, "Good."),
    "leave": (journey.do_not_send, "It will not be sent. The words are kept."),
}


class Line:
    """One letter as the list shows it, with what may be done about it."""

    def __init__(self, letter, recovery):
        self.letter, self.recovery = letter, recovery
        self.is_stuck = letter.state in STUCK
        self.is_stoppable = letter.state in STOPPABLE
        self.means = in_plain_words(letter.trouble) if letter.trouble else ""
        self.by_second_way = letter.road not in ("", FIRST)
        self.machine = IN_WORDS.get(letter.kind, "") if letter.direction == Direction.IN else ""


def outbox(request):
    _only_who_runs_it(request)
    return _list(request)


@require_POST
def settle(request, ref):
    letter = find(letters_visible_to(request.user), ref=ref)
    _only_who_runs_it(request)
    if request.POST.get("do") not in DO:
        raise Http404
    verb, said = DO[request.POST["do"]]
    verb(letter, by=request.user)
    messages.success(request, said)
    return _list(request)


@require_POST
def try_now(request):
    _only_who_runs_it(request)
    journey.try_mail_now(by=request.user)
    messages.success(request, "The mail server is asked again at once.")
    return _list(request)


def to_look_at(person):
    """How many letters somebody must look at; nothing for whoever does not run the place."""
    if not (person.is_manager or person.is_auditor):
        return 0
    return letters_visible_to(person).needing_a_look().count()


def _list(request):
    show, at = chosen(request, "show", SHOWN, "look"), now()
    rows = _rows(request.user, show)
    page = stretch(
        rows.prefetch_related("also_to"), key="-made_at", after=request.GET.get("after", "")
    )
    recoveries = recoveries_of(page.rows)
    query = kept(show=show)
    seen = {
        "lines": [Line(letter, recoveries.get(letter.thread)) for letter in page.rows],
        "roads": [road for road in Road.objects.all() if road.trouble],
        "another_way": may_send_another_way(),
    }
    to = resolve_url("desk:outbox") + query
    shown = {"page": page, "show": show, "shown": SHOWN, "query": query, "at": at}
    return answer(request, PAGE, "outbox", to=to, **shown, **seen)


def _rows(person, show):
    if show == "strays":
        return strays_visible_to(person)
    return letters_visible_to(person).filter(state__in=STATES[show])


def _only_who_runs_it(request):
    if not (request.user.is_manager or request.user.is_auditor):
        raise PermissionDenied
