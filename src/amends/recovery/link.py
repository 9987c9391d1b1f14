"""The customer's link: signed, expiring, revocable; one for each recovery and companion."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from amends.kit.ready import add, add_unnumbered, ready
from amends.kit.refs import RefField, new_ref
from amends.kit.signing import sign, verify
from amends.recovery.recovery import Companion, Recovery

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

LASTS = timedelta(days=90)
SENT, SHOWN = "portal", "portal-shown"  # what each signature is good for


class Link(models.Model):
    """What the customer holds. The token is the reference and its signature; nothing to guess.

    A token that we sent went to an address of the customer's. One that was only shown on the screen,
    after our form, goes to whoever filled it in: they have claimed an address, not proved it."""

    is_proven = True

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="links")
    companion = models.ForeignKey(Companion, models.PROTECT, null=True, related_name="links")
    ref = RefField(max_length=26)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def to(cls, recovery: Recovery, *, at: datetime) -> Link:
        """The link that is good now; each letter gives it its full time again."""
        link = _good.first(recovery.pk, at)
        if link is None:
            return add(cls._of(recovery, at=at))
        cls.objects.filter(pk=link.pk).update(expires_at=at + LASTS)
        return link

    @classmethod
    def first(cls, recovery: Recovery, *, at: datetime) -> Link:
        """Of a recovery that has none."""
        link = cls._of(recovery, at=at)
        add_unnumbered(link)
        return link

    @classmethod
    def _of(cls, recovery: Recovery, *, at: datetime) -> Link:
        return cls(recovery=recovery, ref=new_ref(20), made_at=at, expires_at=at + LASTS)

    @classmethod
    def opened(cls, token: str, *, at: datetime) -> Link | None:
        """The link behind a token, or nothing for one that is forged, old or revoked. Where two
        recoveries became one, both links open that."""
        purpose = cls._purpose_of(token)
        if not purpose:
            return None
        good = cls.objects.filter(ref=_ref_in(token), revoked_at=None, expires_at__gt=at)
        people = ("recovery__customer", "recovery__owner", "recovery__place__business")
        link = good.select_related(*people).first()
        if link is not None:
            link.is_proven = purpose == SENT
            link.recovery = link.recovery.goes_on_as()
        return link

    @classmethod
    def was_ours(cls, token: str) -> bool:
        """True for a token that we made, good or no longer good; nobody else can make one."""
        return bool(cls._purpose_of(token))

    @staticmethod
    def _purpose_of(token: str) -> str:
        _, _, signature = token.lower().partition(".")
        return next((p for p in (SENT, SHOWN) if verify(_ref_in(token), signature, p)), "")

    @classmethod
    def revoke(cls, recovery: Recovery, *, at: datetime) -> int:
        return cls.objects.filter(recovery=recovery, revoked_at=None).update(revoked_at=at)

    @property
    def token(self) -> str:
        return f"{self.ref}.{sign(self.ref, SENT)}"

    @property
    def shown_token(self) -> str:
        """For the screen after our form."""
        return f"{self.ref}.{sign(self.ref, SHOWN)}"

    @property
    def opened_with(self) -> str:
        return self.token if self.is_proven else self.shown_token

    @property
    def url(self) -> str:
        return f"{settings.AMENDS_URL.rstrip('/')}/r/{self.token}/"


@ready
def _good(recovery: int, at: datetime) -> QuerySet[Link]:
    mine = Link.objects.filter(recovery=recovery, companion=None, revoked_at=None)
    return mine.filter(expires_at__gt=at)[:1]


def _ref_in(token: str) -> str:
    return token.lower().partition(".")[0]
