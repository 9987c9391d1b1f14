"""Today: what to do next, in order, at most a screenful; it keeps itself fresh."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from amends.desk.filters import WHOSE, my_places, whose
from amends.desk.outbox import to_look_at
from amends.kit.clock import now
from amends.kit.pages import answer
from amends.mailroom.letter import Letter
from amends.recovery.agenda import Line, Whose, agenda
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry
from amends.signals.models import Signal

PAGE = "desk/today/show.html"
ASKING = 3  # recoveries named; the others take their place
NOW, NEW, TODAY, LATER = "Now", "Just in", "Today", "After that"


@require_GET
def today(request):
    at, chosen = now(), whose(request)
    token = _token(chosen, at)
    if request.GET.get("seen") == token:
        return HttpResponse(status=204)
    day = agenda(_whose(request.user, chosen), at=at, end=_midnight(at))
    return answer(
        request,
        PAGE,
        "today",
        token=token,
        groups=_groups(day.lines, at, _midnight(at)),
        more=day.more,
        asking=_asking(request.user),
        to_look_at=to_look_at(request.user),
        quiet=Signal.objects.visible_to(request.user).new().count(),
        whose=chosen,
        choices=_choices(request.user),
        at=at,
        greeting=_greeting(at),
    )


def _asking(person):
    """Recoveries with a letter of which somebody must say whose it is."""
    threads = Letter.objects.asking().values("thread")
    return Recovery.objects.visible_to(person).filter(ref__in=threads).with_people()[:ASKING]


def _choices(person):
    """Owners and auditors mostly work at no place of their own."""
    without = {} if my_places(person).exists() else {"place"}
    return {value: name for value, name in WHOSE.items() if value not in without}


def _token(chosen, at):
    """Changes with every step anybody takes, and each minute, because clocks run. One query."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"{chosen}-{newest or 0}-{int(at.timestamp()) // 60}"


def _whose(person, chosen):
    if chosen == "all":
        return Whose(person)
    places = list(my_places(person).values_list("pk", flat=True))
    if chosen == "me":
        return Whose(person, only_mine=True)
    return Whose(person, places=places)


def _groups(lines, at, midnight):
    """What presses, what was just told, what has until the evening, and the rest."""
    groups: dict[str, list[Line]] = {NOW: [], NEW: [], TODAY: [], LATER: []}
    for line in lines:
        groups[_group(line, at, midnight)].append(line)
    return {name: lines for name, lines in groups.items() if lines}


def _group(line, at, midnight):
    if line.is_pressing(at):
        return NOW
    if line.is_new:
        return NEW
    return TODAY if line.due_at is not None and line.due_at < midnight else LATER


def _midnight(at):
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1)


def _greeting(at):
    hour = timezone.localtime(at).hour
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"
