"""Who is on duty at a place at a moment, who stands in for whom, and who is next to ask."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from django.db import models
from django.db.models import F, Prefetch, Q

from amends.kit.brief import briefly
from amends.people.hours import Hours, hours_of, is_open, weekly
from amends.people.person import Person, PersonQuerySet, Role
from amends.people.place import WEEKDAY_CHOICES, Place

Load = Mapping[int, int]


class AwayQuerySet(models.QuerySet["Away"]):
    def at(self, at: datetime) -> "AwayQuerySet":
        return self.filter(from_at__lte=at, until_at__gt=at)

    def not_over(self, at: datetime) -> "AwayQuerySet":
        return self.filter(until_at__gt=at).select_related("cover")


class Shift(models.Model):
    """A weekly stretch of work at a place. Somebody without any shift at a place works
    whenever it is open."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="shifts")
    place = models.ForeignKey(Place, models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAY_CHOICES)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="shift_weekday"),
            models.UniqueConstraint(
                fields=["person", "place", "weekday", "starts"], name="shift_starts_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M}–{self.ends:%H:%M}"


class Away(models.Model):
    """Somebody is away for a while, and who covers for them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="away")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    cover = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="covers")
    why = models.CharField(max_length=120, blank=True)

    objects = AwayQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "away"
        ordering = ["from_at"]
        indexes = [models.Index(fields=["until_at", "from_at"], name="away_when")]
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="away_ends_later"),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("person")), name="away_cover_is_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away until {self.until_at:%d %B}"

    def covers(self, at: datetime) -> bool:
        return self.from_at <= at < self.until_at


def on_duty(place: Place, at: datetime) -> list[Person]:
    """Those who work here, are on shift, are not away, and may change things. Without shifts
    of their own people work whenever the place is open."""
    hours, shifts = hours_of(place), _shifts_by_person(place)
    open_now = is_open(hours, at)
    return [
        person
        for person in _not_away(_team_of(place), at)
        if (_on_shift(hours, shifts[person.pk], at) if person.pk in shifts else open_now)
    ]


def team(place: Place, *, at: datetime) -> PersonQuerySet:
    """Who works here, with their shifts here and the times they are or will be away."""
    everybody: PersonQuerySet = Person.objects.get_queryset()
    away = Away.objects.not_over(at)
    return (
        everybody.active()
        .working_at(place)
        .prefetch_related(Prefetch("shifts", place.shifts.all()), Prefetch("away", away))
    )


def is_on_duty(person: Person, place: Place, at: datetime) -> bool:
    return person in on_duty(place, at)


def owner_for(
    place: Place | None,
    at: datetime,
    not_these: Collection[Person] = (),
    *,
    load: Load | None = None,
) -> Person | None:
    """Who should take a new recovery: somebody on duty here, whoever has the least to do
    (`load`: open recoveries by person); else whoever runs the place; else anybody who can.
    Never one of `not_these`: when nobody else exists, nobody."""
    return _first(_circles(place, at), not_these, load or {})


def next_manager(
    place: Place | None, not_these: Collection[Person] = (), *, at: datetime | None = None
) -> Person | None:
    """Whom to ask next: a manager of the place, then an owner; those who are not away first."""
    managers, owners = _managers(place), _owners()
    circles: list[Callable[[], Iterable[Person]]] = [
        lambda: _not_away(managers, at) if at else managers,
        lambda: _not_away(owners, at) if at else owners,
        lambda: managers,
        lambda: owners,
    ]
    return _first(circles, not_these, {})


def deputy_for(
    person: Person,
    place: Place | None,
    at: datetime,
    not_these: Collection[Person] = (),
    *,
    load: Load | None = None,
) -> Person | None:
    """Who stands in: the cover named for the time away, and their cover; else whoever would
    take something new here."""
    left_out = [person, *not_these]
    cover = _cover(person, at)
    if cover and cover not in left_out:
        return cover
    return owner_for(place, at, left_out, load=load)


def _circles(place: Place | None, at: datetime) -> list[Callable[[], Iterable[Person]]]:
    """Whom to turn to, the nearest first; each is asked for only when those before had nobody."""
    return [
        lambda: on_duty(place, at) if place else [],
        lambda: _not_away(_managers(place), at),
        lambda: filter(None, [_cover(one, at) for one in _managers(place) if _is_away(one, at)]),
        lambda: _not_away(_owners(), at),
        lambda: _not_away(_team_of(place), at),
        _owners,
        lambda: _team_of(place),
        _writers,
    ]


def _first(
    circles: Iterable[Callable[[], Iterable[Person]]], not_these: Collection[Person], load: Load
) -> Person | None:
    left_out = {person.pk for person in not_these}
    for circle in circles:
        free = [person for person in circle() if person.pk not in left_out]
        if free:
            return min(free, key=lambda person: (load.get(person.pk, 0), person.pk))
    return None


def _writers() -> PersonQuerySet:
    everybody: PersonQuerySet = Person.objects.get_queryset()
    return everybody.active().exclude(role=Role.AUDITOR).order_by("pk")


@briefly
def _team_of(place: Place | None) -> list[Person]:
    """Those who may change things here, with the times they are away."""
    return list(_writers().working_at(place).prefetch_related("away")) if place else []


@briefly
def _owners() -> list[Person]:
    return list(_writers().owners().prefetch_related("away"))


def _managers(place: Place | None) -> list[Person]:
    return [person for person in _team_of(place) if person.role == Role.MANAGER]


def _not_away(people: Iterable[Person], at: datetime) -> list[Person]:
    return [person for person in people if not _is_away(person, at)]


def _is_away(person: Person, at: datetime) -> bool:
    return any(away.covers(at) for away in person.away.all())


def _cover(person: Person, at: datetime) -> Person | None:
    """The cover who is here, following covers who are away themselves; None in a circle."""
    seen = [person]
    while True:
        cover = _writers().filter(covers__in=seen[-1].away.at(at)).first()
        if cover is None or cover in seen:
            return None
        if not cover.away.at(at).exists():
            return cover
        seen.append(cover)


def _shifts_by_person(place: Place) -> dict[int, list[Shift]]:
    found: dict[int, list[Shift]] = {}
    for shift in place.shifts.all():
        found.setdefault(shift.person_id, []).append(shift)
    return found


def _on_shift(hours: Hours, shifts: list[Shift], at: datetime) -> bool:
    """On a day the place is closed for a holiday nobody is on shift."""
    week = weekly((shift.weekday, shift.starts, shift.ends) for shift in shifts)
    closed = {day: stretches for day, stretches in hours.special.items() if not stretches}
    return is_open(Hours(hours.zone, week, closed), at)
