"""Tokens with which other programmes speak for a person. Only a digest is kept."""

from django.db import models

from amends.kit.clock import now
from amends.people.person import Person


class Token(models.Model):
    """A secret shown once. Whoever carries it may do what its person may do."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name
