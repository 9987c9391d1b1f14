"""The country of a time zone, as the time zone database knows it."""

from functools import lru_cache
from importlib.resources import files

ZONES = files("tzdata") / "zoneinfo"


def country_of(timezone: str) -> str:
    """«GB» for Europe/London; nothing for a zone of no country."""
    return _countries().get(timezone, "")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    rows = (ZONES / "zone.tab").read_text(encoding="utf-8").splitlines()
    told = (row.split("\t") for row in rows if row and not row.startswith("#"))
    found = {zone: country for country, _, zone, *_ in told}
    return {**_by_another_name(found), **found}


def _by_another_name(found: dict[str, str]) -> dict[str, str]:
    """Zones that were renamed keep their old names as links."""
    lines = (ZONES / "tzdata.zi").read_text(encoding="utf-8").splitlines()
    links = (line.split(" ")[1:3] for line in lines if line.startswith("L "))
    return {old: found[zone] for zone, old in links if zone in found}
