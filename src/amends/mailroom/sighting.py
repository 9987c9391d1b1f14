"""How letters in our name fare with others, as their mail servers report it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import structlog
from django.conf import settings
from django.db import models
from django.db.models import Sum

from amends.kit.clock import now
from amends.mailroom.dmarc import FILE, Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amends.mailroom.dmarc import Report
    from amends.mailroom.enclosure import Enclosure

log = structlog.get_logger(__name__)
LATELY, KEPT_FOR = timedelta(days=30), timedelta(days=60)
MOST_NAMED = 3  # servers that brought what was not believed


class Fate(models.TextChoices):
    NONE = "none", "let in"
    QUARANTINE = "quarantine", "put aside as junk"
    REJECT = "reject", "turned away"


class Sighting(models.Model):
    """So many letters in our name, brought by one server within a day."""

    reporter = models.CharField(max_length=100)
    report = models.CharField(max_length=100)  # the reporter's own number for it
    ends_at = models.DateTimeField(db_index=True)
    ip = models.GenericIPAddressField()
    count = models.PositiveIntegerField()
    is_believed = models.BooleanField()
    fate = models.CharField(max_length=10, choices=Fate.choices)

    class Meta:
        ordering = ["-ends_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "report", "ip", "is_believed", "fate"], name="sighted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} from {self.ip}, seen by {self.reporter}"


class Seen(NamedTuple):
    """What one reporter saw lately."""

    reporter: str
    letters: int
    doubted: int
    kept_out: int
    brought_by: list[str]  # those that brought what was not believed, most letters first


def note(enclosures: Iterable[Enclosure]) -> None:
    """A report that comes again changes nothing, and one that cannot be read says nothing."""
    for enclosure in enclosures:
        if FILE.fullmatch(enclosure.name):
            try:
                _keep(read(enclosure.content))
            except Unreadable as trouble:
                log.warning("report on our letters not read", file=enclosure.name, why=str(trouble))


def seen_lately() -> list[Seen]:
    """By reporter; whoever doubts most of what it saw comes first."""
    sightings = Sighting.objects.filter(ends_at__gt=now() - LATELY).order_by()
    letters: Counter[str] = Counter()
    doubted: Counter[str] = Counter()
    kept_out: Counter[str] = Counter()
    brought: defaultdict[str, Counter[str]] = defaultdict(Counter)
    grouped = sightings.values_list("reporter", "ip", "is_believed", "fate").annotate(Sum("count"))
    for reporter, ip, is_believed, fate, count in grouped:
        letters[reporter] += count
        if not is_believed:
            doubted[reporter] += count
            brought[reporter][ip] += count
            kept_out[reporter] += count if fate != Fate.NONE else 0
    found = [
        Seen(who, many, doubted[who], kept_out[who], _most(brought[who]))
        for who, many in letters.items()
    ]
    return sorted(found, key=lambda seen: (-seen.doubted, -seen.letters, seen.reporter))


def forget_old_sightings() -> int:
    forgotten, _ = Sighting.objects.filter(ends_at__lte=now() - KEPT_FOR).delete()
    return forgotten


def _keep(report: Report) -> None:
    """What other programmes of the business send under another name is not ours to tell."""
    counts: Counter[tuple[str, bool, str]] = Counter()
    for each in report.records:
        if each.domain == settings.AMENDS_MAIL_DOMAIN.lower():
            counts[each.ip, each.is_believed, each.fate] += each.letters
    Sighting.objects.bulk_create(
        (
            Sighting(
                reporter=report.reporter,
                report=report.number,
                ends_at=min(report.ends_at, now()),  # nobody can have seen tomorrow's letters
                ip=ip,
                count=count,
                is_believed=is_believed,
                fate=fate,
            )
            for (ip, is_believed, fate), count in counts.items()
        ),
        ignore_conflicts=True,
    )


def _most(brought: Counter[str]) -> list[str]:
    return [ip for ip, _ in brought.most_common(MOST_NAMED)]
