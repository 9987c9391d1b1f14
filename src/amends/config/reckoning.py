"""`amends worth`: what customers are worth, reckoned at night or when somebody asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils import timezone

from amends.customers.appraisal import Appraisal
from amends.customers.rhythm import Rhythm
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from amends.worth.summarise import Columns, Engine

NIGHT = 3  # o'clock, where the first place is
BUSY = "worth:reckoning"
LONGEST = timedelta(hours=6)


class NotReckoned(Impossible):
    code = "not-reckoned"


def refresh(*, gently: bool = False) -> Appraisal | None:
    """All customers, and whether those whose failure was put right came back."""
    from amends.customers import appraising
    from amends.measures import came_back

    if gently:
        os.nice(10)
    book = appraising.read_book(now().date())
    if book is None:
        return None
    appraisal = appraising.appraise(book)
    appraisal.figures["came_back"] = came_back.weigh(book)
    appraisal.save(update_fields=["figures"])
    return appraisal


def at_night() -> None:
    """Once a night, by one of however many workers, in a process of its own."""
    if not _is_due() or not cache.add(BUSY, os.getpid(), timeout=LONGEST.total_seconds()):
        return
    try:
        again = [sys.executable, "-m", "amends.config.command", "worth", "refresh", "--gently"]
        subprocess.run(again, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own words
    finally:
        cache.delete(BUSY)


def fit(
    file: str,
    *,
    told: Sequence[str] = (),
    until: str = "",
    engine: str = "duckdb",
    memory: str = "1GB",
) -> dict[str, Any]:
    """Learn from a file of orders, and keep the worth of those in it whom we know."""
    from amends.customers import appraising
    from amends.customers.appraising.elsewhere import summed_up
    from amends.worth import ladder
    from amends.worth.fitting import MODELS
    from amends.worth.fitting import fit as learn
    from amends.worth.histories import TooFew
    from amends.worth.spend import fit_spend
    from amends.worth.summarise import Unsummarised

    path, last = Path(file), _day(until)
    if not path.is_file():
        raise NotReckoned(f"There is no file {file}.")
    try:
        with _engine(engine, memory=memory) as running:
            columns = _columns(path, told)
            summary, book = summed_up(path, engine=running, columns=columns, until=last)
        models = {name: learn(MODELS[name], summary.histories) for name in ("mbg", "pareto")}
        spends = {
            currency: fit_spend(one.count, one.mean, one.weight)
            for currency, one in summary.spends.items()
        }
    except (Unsummarised, TooFew) as no:
        raise NotReckoned(str(no)) from no
    kept = appraising.appraise(book, summary.histories) if book is not None else None
    return {
        "as_of": summary.as_of.isoformat(),
        "rows": {"seen": summary.seen, "readable": summary.readable},
        "customers": int(summary.histories.customers),
        "rung": ladder.choose(summary.histories).rung.value,
        "models": {
            name: {"params": list(found.params), "log_likelihood": found.log_likelihood}
            for name, found in models.items()
        },
        "spend": {
            currency: {"customers": one.customers, "mean": float(one.mean_of(0, 0))}
            for currency, one in spends.items()
        },
        "kept": kept.customers if kept else 0,
    }


def _is_due() -> bool:
    """The first time as soon as anybody bought, then every night."""
    last = Appraisal.last()
    if last is None:
        return Rhythm.objects.filter(purchases__gt=0).exists()
    place = Place.objects.order_by("pk").first()
    here = timezone.localtime(now(), place.zone if place else None)
    return here.hour >= NIGHT and timezone.localtime(last.made_at, here.tzinfo).date() < here.date()


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as no:
        raise NotReckoned(f"A day is written like 2026-03-31, not {words}.") from no


def _columns(path: Path, told: Sequence[str]) -> Columns:
    """What the file calls what we need, guessed as an import would."""
    import duckdb

    from amends.customers.importing.columns import Field, Kind, guess
    from amends.worth.summarise import Columns

    reader = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    with duckdb.connect() as looking:
        try:
            looking.execute(f"SELECT * FROM {reader}(?) LIMIT 0", [str(path)])  # noqa: S608
        except duckdb.Error as no:
            raise NotReckoned(f"{path.name} cannot be read: {str(no).splitlines()[0]}") from no
        heads = [column[0] for column in looking.description or []]
    mapping = guess(Kind.ORDERS, heads, told=told)
    named = {
        field: heads[source.columns[0]]
        for field, source in mapping.sources.items()
        if len(source.columns) == 1
    }
    missing = [
        field for field in (Field.CUSTOMER, Field.ORDERED_AT, Field.AMOUNT) if field not in named
    ]
    if missing:
        raise NotReckoned(
            f"Which column is the {' and the '.join(missing)}? Say --map {missing[0]}=COLUMN."
        )
    return Columns(
        customer=named[Field.CUSTOMER],
        day=named[Field.ORDERED_AT],
        amount=named[Field.AMOUNT],
        currency=named.get(Field.CURRENCY),
        order=named.get(Field.ID),
    )


@contextmanager
def _engine(name: str, *, memory: str) -> Iterator[Engine]:
    from amends.worth import summarise

    if name == "duckdb":
        with summarise.local(memory=memory) as engine:
            yield engine
        return
    if name != "spark":
        raise NotReckoned(f"There is no engine {name}: duckdb or spark.")
    try:
        from pyspark.sql import SparkSession
    except ImportError as no:
        raise NotReckoned("Spark is not installed: pip install amends[spark].") from no
    session = SparkSession.builder.appName("amends worth").getOrCreate()
    try:
        yield summarise.Cluster(session)
    finally:
        session.stop()


def as_lines(told: dict[str, Any]) -> Iterator[str]:
    """For a person at a terminal; `--json` is for machines."""
    rows = told["rows"]
    yield f"{rows['readable']:,} of {rows['seen']:,} rows read, {told['customers']:,} customers, as of {told['as_of']}"
    for name, found in told["models"].items():
        params = ", ".join(f"{one:.4f}" for one in found["params"])
        yield f"  {name:<7} {params}  (log-likelihood {found['log_likelihood']:,.2f}, days)"
    for currency, one in told["spend"].items():
        yield f"  {one['customers']:,.0f} came again and spend about {one['mean']:,.2f} {currency}".rstrip()
    yield f"Kept for {told['kept']:,} of them, whom we know by their number."


def told_of(appraisal: Appraisal | None) -> dict[str, Any]:
    if appraisal is None:
        return {"customers": 0}
    return {
        "as_of": appraisal.as_of.isoformat(),
        "customers": appraisal.customers,
        "rung": appraisal.rung,
        "model": appraisal.model,
        "params": appraisal.figures.get("params"),
    }


def to_json(told: dict[str, Any]) -> str:
    return json.dumps(told, indent=2)
