"""The catalogue: what can be put back, and what can be given on top."""

from __future__ import annotations

from django.db import models

from amends.kit.refs import RefField
from amends.people.business import Business
from amends.people.place import Place


class Kind(models.TextChoices):
    REFUND = "refund", "refund"
    REDO = "redo", "do it again"
    REPLACE = "replace", "replacement"
    EXCHANGE = "exchange", "exchange"
    REPAIR = "repair", "repair"
    CREDIT = "credit", "credit"
    UPGRADE = "upgrade", "upgrade"
    EXPERT_TIME = "expert_time", "time with an expert"
    VISIT = "visit", "visit"
    PRIORITY = "priority", "priority"
    NOTE = "note", "handwritten note"
    GIFT = "gift", "small gift"
    HOLD = "hold", "put aside for you"
    SECOND_TRIP = "second_trip", "thanks for the second trip"
    REFERRAL = "referral", "help from somebody else"
    TAKE_PART = "take_part", "a part in making it better"


MONEY = frozenset({Kind.REFUND, Kind.CREDIT, Kind.SECOND_TRIP})


class Side(models.TextChoices):
    PUT_BACK = "put_back", "puts it back as it should have been"
    EXTRA = "extra", "something extra"


class RemedyQuerySet(models.QuerySet["Remedy"]):
    def offered_at(self, place: Place) -> RemedyQuerySet:
        """What this place may choose from: its own business's entries and those for everyone."""
        mine = models.Q(business=None) | models.Q(business=place.business_id)
        return self.filter(mine, is_active=True)

    def extras(self) -> RemedyQuerySet:
        return self.filter(side=Side.EXTRA)


class Remedy(models.Model):
    """One entry that an offer line can use.

    `value` is what it is worth to the customer and what counts against a person's authority;
    `cost` is what it costs us and stays off the screens where decisions are made (S2-11)."""

    ref = RefField()
    business = models.ForeignKey(Business, models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    side = models.CharField(max_length=10, choices=Side.choices)
    name = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    days = models.PositiveSmallIntegerField(default=3)
    at_next_visit = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        ordering = ["-side", "name"]
        verbose_name_plural = "remedies"

    def __str__(self) -> str:
        return self.name

    @property
    def is_money(self) -> bool:
        return self.kind in MONEY
