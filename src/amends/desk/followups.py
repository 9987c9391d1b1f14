"""Follow-ups: silence is not the end; in touch until they are back, or ask to be left in peace."""

from datetime import timedelta

from amends.desk.filters import WHOSE, chosen, kept, my_places, whose
from amends.desk.paging import stretch
from amends.kit.aside import beside
from amends.kit.clock import now
from amends.kit.pages import answer
from amends.recovery.followup import FollowUp

PAGE = "desk/followups/list.html"
SHOWN = {"due": "Due", "planned": "Planned", "done": "Done"}
ORDER = {"due": "due_at", "planned": "due_at", "done": "-done_at"}
TODAY = timedelta(hours=12)


def followups(request):
    show, mine, at = chosen(request, "show", SHOWN, "due"), whose(request), now()
    rows = _rows(request.user, show, mine, at=at)
    page = stretch(rows, key=ORDER[show], after=request.GET.get("after", ""))
    query = kept(show=show, **{"for": mine})
    seen = {"page": page, "show": show, "whose": mine, "shown": SHOWN, "choices": WHOSE}
    return answer(request, PAGE, "followups", query=query, **seen)


def _rows(person, show, mine, *, at):
    rows = FollowUp.objects.visible_to(person).with_people().select_related("done_by")
    if mine == "me":
        rows = rows.filter(beside("recovery__owner", [person.pk]))
    if mine == "place":
        rows = rows.filter(beside("recovery__place", my_places(person)))
    lists = {
        "due": rows.open().filter(due_at__lte=at + TODAY),
        "planned": rows.open().filter(due_at__gt=at + TODAY),
        "done": rows.exclude(done_at=None),
    }
    return lists[show]
