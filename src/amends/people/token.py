"""Tokens with which other programmes speak for a person. Only a digest is kept."""

import hashlib
import secrets
from datetime import timedelta
from typing import Self

from django.db import models

from amends.kit.clock import now
from amends.people.person import Person

PREFIX = "amends_"
NOTED_EVERY = timedelta(minutes=1)


class TokenQuerySet(models.QuerySet["Token"]):
    def good(self) -> Self:
        return self.filter(revoked_at=None, person__is_active=True)

    def visible_to(self, person: Person) -> Self:
        """Owner and auditor see all, others their own."""
        if not person.is_active:
            return self.none()
        return self if person.sees_every_place else self.filter(person=person)


class Token(models.Model):
    """A secret shown once. Whoever carries it may do what its person may do."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, person: Person, *, name: str) -> tuple["Token", str]:
        """The token and its secret, which cannot be read again."""
        secret = PREFIX + secrets.token_urlsafe(32)
        return cls.objects.create(person=person, name=name, digest=digest(secret)), secret

    def revoke(self) -> None:
        Token.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=now())
        self.refresh_from_db()


def person_for(secret: str) -> Person | None:
    """Whom this secret speaks for. When it was used is noted at most once a minute."""
    found = Token.objects.good().filter(digest=digest(secret)).select_related("person").first()
    if found is None:
        return None
    at = now()
    if found.last_used_at is None or at - found.last_used_at > NOTED_EVERY:
        Token.objects.filter(pk=found.pk).update(last_used_at=at)
    return found.person


def digest(secret: str) -> str:
    """The secret is 256 random bits, so a plain hash of it cannot be turned back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
