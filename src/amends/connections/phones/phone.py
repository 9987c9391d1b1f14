"""A phone: a browser on which one of us said yes to being told at once. Whoever signs out there is
told there no more, until they sign in there again."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.outside import Refused, parsed
from amends.kit.refs import RefField
from amends.kit.sealing import seal, unseal
from amends.people.person import Person

if TYPE_CHECKING:
    from datetime import datetime

MOST = 10  # of one person; the one longest known goes
PURPOSE = "telephones"


class NoPhone(Impossible):
    """What the browser named is no place to send anything to."""

    code = "no-phone"


class Subscription(NamedTuple):
    """Where the browser's maker takes messages, and the keys that only the browser can open."""

    endpoint: str
    p256dh: str
    auth: str


class PhoneQuerySet(models.QuerySet["Phone"]):
    def able(self, *, at: datetime) -> PhoneQuerySet:
        """Still signed in there, and still working here."""
        return self.filter(session__expire_date__gt=at, person__is_active=True)


class Phone(models.Model):
    ref = RefField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="+")
    mark = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    name = models.CharField(max_length=60)
    says_names = models.BooleanField(default=True)
    since = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    objects = PhoneQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def keep(
        cls, subscription: Subscription, *, person: Person, session: str, browser: str
    ) -> Phone:
        """Said again by the same browser it is the same phone, of whoever is signed in there now."""
        _must_be_one(subscription)
        known = cls.objects.filter(mark=_mark(subscription.endpoint)).first()
        same = known is not None and known.person_id == person.pk
        phone = known or cls(mark=_mark(subscription.endpoint))
        phone.person, phone.session_id = person, session
        phone.sealed = seal(json.dumps(subscription._asdict()), purpose=PURPOSE)
        phone.name, phone.trouble = _called(browser), ""
        if not same:
            phone.since, phone.says_names, phone.reached_at = now(), True, None
        phone.save()
        for old in cls.objects.filter(person=person)[MOST:]:
            old.delete()
        return phone

    @classmethod
    def again(cls, endpoint: str, *, person: Person, session: str) -> bool:
        """The same browser, signed in anew by whoever said yes on it: no need to ask again."""
        mine = cls.objects.filter(mark=_mark(endpoint), person=person)
        return mine.exclude(session=session).update(session=session) == 1

    @property
    def subscription(self) -> Subscription:
        return Subscription(**json.loads(unseal(self.sealed, purpose=PURPOSE)))

    def show_names(self, shown: bool) -> None:
        self.says_names = shown
        self.save(update_fields=["says_names"])

    def forget(self) -> None:
        Phone.objects.filter(pk=self.pk).delete()

    def reached(self, *, at: datetime) -> None:
        Phone.objects.filter(pk=self.pk).update(reached_at=at, trouble="")

    def not_reached(self, why: str) -> None:
        Phone.objects.filter(pk=self.pk).update(trouble=why[:200])


def _mark(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def _must_be_one(subscription: Subscription) -> None:
    try:
        scheme = parsed(subscription.endpoint).scheme
        point, secret = _bytes(subscription.p256dh), _bytes(subscription.auth)
    except (Refused, ValueError, binascii.Error):
        raise NoPhone("This browser did not say where to send anything.") from None
    plain = scheme == "http" and not settings.AMENDS_PRIVATE_ADDRESSES
    if plain or len(subscription.endpoint) > 2000 or not _is_point(point) or len(secret) != 16:
        raise NoPhone("This browser did not say where to send anything.")


def _is_point(point: bytes) -> bool:
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return len(point) == 65


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _called(browser: str) -> str:
    """«Chrome on Android», as well as browsers tell."""
    makers = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    machines = {
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Android": "Android",
        "Windows": "Windows",
        "Mac OS": "a Mac",
        "Linux": "Linux",
    }
    maker = next((name for sign, name in makers.items() if sign in browser), "A browser")
    machine = next((name for sign, name in machines.items() if sign in browser), "")
    return f"{maker} on {machine}" if machine else maker
