"""Signs of life: each long-running part says now and then that it did its work."""

from datetime import datetime, timedelta

from amends.kit.moments import Moments, NowAndThen

BEATS = Moments("heartbeat")
QUIET = timedelta(seconds=60)
beat = BEATS.keep
last_of = BEATS.last_of


class Pulse(NowAndThen):
    """Of one part: `note` whenever a round went well."""

    def __init__(self, name: str) -> None:
        super().__init__(BEATS, name)


def last(name: str) -> datetime | None:
    """When this part was last known to work."""
    return last_of([name]).get(name)


def alive(name: str, *, at: datetime, within: timedelta = QUIET) -> bool:
    moment = last(name)
    return moment is not None and at - moment <= within
