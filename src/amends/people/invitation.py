"""Joining: an invitation that expires, and the link with which the first owner signs up."""

from datetime import datetime, timedelta

from django.db import models

from amends.kit.clock import now
from amends.kit.refs import new_ref
from amends.people.person import Person, Role
from amends.people.place import Place

GOOD_FOR = timedelta(days=7)


def new_nonce() -> str:
    return new_ref(16)


def in_seven_days() -> datetime:
    return now() + GOOD_FOR


class Invitation(models.Model):
    """A seat kept for one address for seven days; used once, and can be taken back."""

    nonce = models.CharField(max_length=32, unique=True, default=new_nonce, editable=False)
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.FRONT_LINE)
    places = models.ManyToManyField(Place, blank=True, related_name="invitations")
    by = models.ForeignKey(Person, models.PROTECT, related_name="invitations_made")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(default=in_seven_days)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.email} as {self.get_role_display()}"
