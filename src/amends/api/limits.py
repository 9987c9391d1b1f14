"""How often one caller may call: a fixed window, counted in the database for all processes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F

from amends.api.refusing import Refused
from amends.kit.clock import now

EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Allowance:
    """So many calls in so many seconds."""

    name: str
    calls: int
    seconds: int = 60

    def window(self, at: datetime) -> datetime:
        """When the window that holds this moment began."""
        length = timedelta(seconds=self.seconds)
        return EPOCH + (at - EPOCH) // length * length


PEOPLE = Allowance("token", 600)
CUSTOMERS = Allowance("link", 60)
STRANGERS = Allowance("stranger", 30)  # each a token that is not good


@dataclass(frozen=True)
class Counted:
    """How a caller stands after this call."""

    allowance: Allowance
    calls: int
    seconds_left: int

    @property
    def is_over(self) -> bool:
        return self.calls > self.allowance.calls

    @property
    def headers(self) -> dict[str, str]:
        """As in the draft of the HTTPAPI working group."""
        name = self.allowance.name
        left = max(self.allowance.calls - self.calls, 0)
        return {
            "RateLimit-Policy": f'"{name}";q={self.allowance.calls};w={self.allowance.seconds}',
            "RateLimit": f'"{name}";r={left};t={self.seconds_left}',
        }

    def refusal(self) -> Refused:
        return Refused(
            429,
            f"Too many calls. Try again in {self.seconds_left} seconds.",
            code="too-often",
            headers={"Retry-After": str(self.seconds_left)},
        )


class Window(models.Model):
    """The window of one caller: when it began, and how many calls fell into it."""

    caller = models.CharField(max_length=80, unique=True)
    began_at = models.DateTimeField()
    calls = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.calls} since {self.began_at:%H:%M:%S}"

    @classmethod
    def count(cls, caller: str, allowance: Allowance) -> Counted:
        at = now()
        began = allowance.window(at)
        mine = cls.objects.filter(caller=caller)
        if not cls._add(caller, began):
            _first(caller, began)
        calls = mine.values_list("calls", flat=True).get()
        ends = began + timedelta(seconds=allowance.seconds)
        return Counted(allowance, calls, max(int((ends - at).total_seconds()), 1))

    @classmethod
    def _add(cls, caller: str, began: datetime) -> bool:
        """One more in this window, or the first in a new one; False for a caller never seen."""
        mine = cls.objects.filter(caller=caller)
        if mine.filter(began_at=began).update(calls=F("calls") + 1):
            return True
        if mine.exclude(began_at=began).update(began_at=began, calls=1):
            return True
        return bool(mine.filter(began_at=began).update(calls=F("calls") + 1))


def _first(caller: str, began: datetime) -> None:
    try:
        with transaction.atomic():
            Window.objects.create(caller=caller, began_at=began, calls=1)
    except IntegrityError:  # somebody else was first by a moment
        Window._add(caller, began)


def forget_old_windows() -> None:
    Window.objects.filter(began_at__lt=now() - FORGOTTEN_AFTER).delete()
