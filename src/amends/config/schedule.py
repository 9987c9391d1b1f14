"""Everything that happens by the clock, in one table: how often, and which function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Periodic:
    """A function that is called every so many seconds."""

    every: float
    name: str
    function: str

    def run(self) -> None:
        cast(Callable[[], Any], import_string(self.function))()


TABLE = (
    Periodic(1, "letters", "amends.mailroom.outbox.keep_sending"),
    Periodic(2, "clock", "amends.recovery.clockwork.what_is_due"),
    Periodic(1, "phones", "amends.connections.phones.ringing.ring"),
    Periodic(5, "post", "amends.recovery.intake.open_waiting_post"),
    Periodic(20, "senders", "amends.mailroom.trust.look_into_senders"),
    Periodic(15, "alarms", "amends.config.alarming.look"),
    Periodic(10, "files", "amends.connections.drop_folder.taking.look"),
    Periodic(30, "calendars", "amends.connections.calendar.watching.read_due"),
    Periodic(60, "ways-out", "amends.mailroom.outbox.knock"),
    Periodic(5, "incidents", "amends.signals.reaching.go_on"),
    Periodic(60, "quiet-customers", "amends.signals.looking.look_around"),
    Periodic(20, "owning-up", "amends.signals.opening.open_by_themselves"),
    Periodic(60, "huddles", "amends.recovery.huddle.send_huddles"),
    Periodic(60, "digests", "amends.recovery.digest.send_digests"),
    Periodic(600, "worth", "amends.config.reckoning.at_night"),
    Periodic(3600, "sessions", "amends.config.tidying.forget_old_sessions"),
    Periodic(3600, "tellings", "amends.connections.phones.ringing.forget_old"),
    Periodic(3600, "tallies", "amends.mailroom.tally.forget_old_tallies"),
    Periodic(3600, "sightings", "amends.mailroom.sighting.forget_old_sightings"),
    Periodic(3600, "api-keys", "amends.api.idempotency.forget_old_keys"),
    Periodic(3600, "api-windows", "amends.api.limits.forget_old_windows"),
)
