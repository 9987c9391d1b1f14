"""`amends import orders FILE`: says what it makes of a file, brings it in, and says what it left out."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError

from amends.kit.errors import Impossible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from amends.customers.importing.bringing_in import Plan
    from amends.customers.importing.writing import Happened

KINDS = ("customers", "orders", "visits", "ratings")
EXAMPLES = 3  # cells shown of a column
REASONS = 8
CUT_OFF = "The database stopped taking rows. What it took is whole; run this once more. It said:"


def bring_in(
    kind: str,
    file: str,
    *,
    told: Sequence[str] = (),
    place: str = "",
    dry: bool = False,
    rejects: str = "",
) -> None:
    from amends.customers.importing.bringing_in import bring_in as carry_out
    from amends.customers.importing.bringing_in import plan
    from amends.customers.importing.columns import Kind
    from amends.kit.tables import opened
    from amends.people.place import Place

    at = Place.called(place) if place else None
    with _progress() as shown, opened(file) as table:
        made = plan(table, Kind(kind), told=told, place=at)
        _show(made)
        live, awaited = _journey(made.kind)
        try:
            happened = carry_out(made, dry=dry, live=live, awaited=awaited, shown=shown)
        except DatabaseError as trouble:
            raise Impossible(f"{CUT_OFF} {str(trouble).splitlines()[0]}") from trouble
        _tell(made, happened, dry=dry)
        _tell_refused(made, happened, Path(rejects or f"{file}.rejects.csv"), dry=dry)


def _journey(kind: str) -> tuple[Callable[..., object] | None, dict[int, Any]]:
    """What wakes promises, and who is waited for."""
    from amends.recovery import journey
    from amends.recovery.journey.awaiting import awaited

    steps: dict[str, Callable[..., object]] = {"orders": journey.order, "visits": journey.visit}
    return steps.get(kind), awaited() if kind in steps else {}


def _show(made: Plan) -> None:
    """What stands in which column, with a few cells of each."""
    table = made.table
    print(f"{len(table):,} rows, {table.form}")
    width = max((len(name) for name in made.columns.sources), default=0)
    for name, source in made.columns.sources.items():
        seen = [
            _short(cell) for n in source.columns[:1] for cell in table.samples(n, most=EXAMPLES)
        ]
        like = f"   like {', '.join(seen)}" if seen else ""
        print(f"  {name.ljust(width)}  ← {source.told(made.columns.heads)}{like}")
    if made.columns.unread:
        print(f"  not read: {', '.join(made.columns.unread)}")
    for note in made.notes:
        print(f"  {note}")
    print("  If a column is wrong: --map FIELD=COLUMN, or --map FIELD= for none.")


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= 24 else f"{line[:23]}…"


def _tell(made: Plan, happened: Happened, *, dry: bool) -> None:
    kind, would = made.kind, "would be " if dry else ""
    print("This is what would happen; nothing is written." if dry else "Done.")
    if kind != "customers":
        print(f"  {happened.new:,} {kind} {would}new, {happened.changed:,} brought up to date, "
              f"{happened.same:,} already known")  # fmt: skip
    print(
        f"  {happened.customers:,} customers {would}new, {happened.customers_better:,} known better"
    )
    if happened.awake:
        print(f"  {happened.awake:,} of these are news: whoever waits for them {would}told")


def _tell_refused(made: Plan, happened: Happened, path: Path, *, dry: bool) -> None:
    from amends.customers.importing.bringing_in import refused, write_refused

    if not happened.left_out:
        return
    print(f"  {happened.left_out:,} rows {'would be' if dry else 'were'} left out:")
    for reason, count, first in _reasons(refused(made)):
        print(f"    {count:,} × {reason} (row {first:,}{' and others' if count > 1 else ''})")
    if dry:
        return
    try:
        write_refused(made, path)
    except OSError as trouble:
        raise Impossible(f"They cannot be written to {path}: {trouble.strerror}.") from trouble
    print(f"  They are in {path}, each with its reason. Mend them there and bring that file in.")


def _reasons(rows: Iterable[tuple[int, str, list[str]]]) -> list[tuple[str, int, int]]:
    """The commonest first, how often, and the first row; of reasons that quote a cell, one stands
    for all."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    for row, why, _ in rows:
        same = why.partition("” ")[2] or why
        counts[same] += 1
        first.setdefault(same, (why, row))
    return [(first[same][0], n, first[same][1]) for same, n in counts.most_common(REASONS)]


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """How far it is, for whoever sits before a screen; gone when it is done."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda done, of: bar.update(task, description="Writing", completed=done, total=of)
