"""A messenger: where one of us likes to be told besides the desk, as an address of Apprise."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import models

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.outside import Refused, Unreachable, must_be_outside
from amends.kit.refs import RefField
from amends.kit.sealing import seal, unseal
from amends.people.person import Person

if TYPE_CHECKING:
    from datetime import datetime

PURPOSE = "messengers"
MOST = 5
# Whose own host stands in the address: looked at, so that nobody makes us knock inside our network.
HOSTED = {
    "gotify": "Gotify",
    "gotifys": "Gotify",
    "json": "A program of yours",
    "jsons": "A program of yours",
    "matrix": "Matrix",
    "matrixs": "Matrix",
    "mmost": "Mattermost",
    "mmosts": "Mattermost",
    "rocket": "Rocket.Chat",
    "rockets": "Rocket.Chat",
    "signal": "Signal",
    "signals": "Signal",
}
ELSEWHERE = {
    "discord": "Discord",
    "gchat": "Google Chat",
    "msteams": "Microsoft Teams",
    "workflows": "Microsoft Teams",
    "pbul": "Pushbullet",
    "pover": "Pushover",
    "slack": "Slack",
    "tgram": "Telegram",
    "threema": "Threema",
    "twilio": "Twilio",
    "whatsapp": "WhatsApp",
    "zulip": "Zulip",
}
NTFY = ("ntfy", "ntfys")


class NoMessenger(Impossible):
    code = "no-messenger"


class Messenger(models.Model):
    """The address holds a secret: it is sealed while it is kept, and shown to nobody again."""

    ref = RefField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="messengers")
    sealed = models.TextField()
    name = models.CharField(max_length=60)
    says_names = models.BooleanField(default=True)
    since = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, url: str, *, person: Person, says_names: bool = True) -> Messenger:
        name = understood(url)
        if cls.objects.filter(person=person).count() >= MOST:
            raise NoMessenger(f"{MOST} messengers are enough. Take one away first.")
        return cls.objects.create(
            person=person,
            sealed=seal(url.strip(), purpose=PURPOSE),
            name=name,
            says_names=says_names,
            since=now(),
        )

    @property
    def url(self) -> str:
        return unseal(self.sealed, purpose=PURPOSE)

    def show_names(self, shown: bool) -> None:
        self.says_names = shown
        self.save(update_fields=["says_names"])

    def forget(self) -> None:
        Messenger.objects.filter(pk=self.pk).delete()

    def reached(self, *, at: datetime) -> None:
        Messenger.objects.filter(pk=self.pk).update(reached_at=at, trouble="")

    def not_reached(self, why: str) -> None:
        Messenger.objects.filter(pk=self.pk).update(trouble=why[:200])


def understood(url: str) -> str:
    """Whose messenger this is, or NoMessenger. Never repeats the address: it holds a secret."""
    try:
        parts = urlsplit(url.strip())
        kind, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        raise NoMessenger("This is no address of Apprise.") from None
    name = {**HOSTED, **ELSEWHERE, **dict.fromkeys(NTFY, "ntfy")}.get(kind)
    if name is None or not _is_read(url.strip()):
        raise NoMessenger("Write it as Apprise does, like ntfy://my-topic or pover://user@token")
    if kind in HOSTED or (kind in NTFY and parts.path.strip("/")):
        look_at(host, port)
    return name


def look_at(host: str, port: int | None) -> None:
    try:
        must_be_outside(host, port or 443)
    except (Refused, Unreachable) as no:
        raise NoMessenger(str(no)) from None


def _is_read(url: str) -> bool:
    from apprise import Apprise  # large, and hardly ever needed

    return bool(Apprise().add(url))
