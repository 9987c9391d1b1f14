"""Promises: everything we said we would do, whose it is and by when; and how it went."""

from datetime import UTC, datetime

from django.contrib import messages
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.shortcuts import resolve_url
from django.views.decorators.http import require_POST

from amends.desk.filters import WHOSE, chosen, kept, my_places, whose
from amends.desk.paging import stretch
from amends.kit.aside import beside
from amends.kit.clock import now
from amends.kit.pages import answer, find
from amends.recovery import journey
from amends.recovery.promise import Promise

PAGE = "desk/promises/list.html"
SHOWN = {"due": "To keep", "late": "Late", "kept": "Kept", "broken": "Broken"}
ORDER = {"due": "day", "late": "day", "kept": "-kept_at", "broken": "-broken_at"}
NO_DAY = datetime(9999, 1, 1, tzinfo=UTC)  # waits for an event: after all that have a day


def promises(request):
    return _list(request)


@require_POST
def keep(request, ref):
    """Pressed on the list, and back to the list; everything else is done with the story in view."""
    owed = find(Promise.objects.visible_to(request.user).with_people(), ref=ref)
    journey.keep(owed, by=request.user)
    messages.success(request, f"Kept: {owed.words}")
    return _list(request)


def _list(request):
    show, mine, at = chosen(request, "show", SHOWN, "due"), whose(request), now()
    rows = _rows(request.user, show, mine, at=at)
    page = stretch(rows, key=ORDER[show], after=request.GET.get("after", ""))
    query = kept(show=show, **{"for": mine})
    seen = {"page": page, "show": show, "whose": mine, "shown": SHOWN, "choices": WHOSE}
    to = resolve_url("desk:promises") + query
    return answer(request, PAGE, "promises", to=to, query=query, at=at, **seen)


def _rows(person, show, mine, *, at):
    """The promises of this list: nothing of the address reaches a query but what we allow."""
    rows = Promise.objects.visible_to(person).with_people()
    if mine == "me":
        rows = rows.filter(Q(owner=person) | Q(cover=person))
    if mine == "place":
        rows = rows.filter(beside("recovery__place", my_places(person)))
    lists = {
        "due": rows.open().exclude(due_at__lte=at),
        "late": rows.open().filter(due_at__lte=at),
        "kept": rows.exclude(kept_at=None),
        "broken": rows.broken(),
    }
    return lists[show].annotate(day=Coalesce("due_at", Value(NO_DAY)))
