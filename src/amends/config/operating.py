"""The commands of `amends` that people type; `command.py` says which run without this."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from amends.config.start import start


class Written(StrEnum):
    JSON = "json"
    CSV = "csv"


app = typer.Typer(
    help="Amends: the desk for making things right.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
people = typer.Typer(help="Who works here.", no_args_is_help=True)
app.add_typer(people, name="people")
worth = typer.Typer(help="What customers are worth.", no_args_is_help=True)
app.add_typer(worth, name="worth")
export = typer.Typer(help="What we hold, to hand out.", no_args_is_help=True)
app.add_typer(export, name="export")


@app.command("serve")
def serve_all() -> None:
    """Everything in one process tree, ready for a small business."""
    from amends.config import serve

    raise SystemExit(serve.serve())


@app.command()
def web() -> None:
    """The pages alone, for a larger business."""
    _run("web")


@app.command()
def worker() -> None:
    """What happens by the clock, alone: letters leave, promises fall due."""
    _run("worker")


@app.command()
def mail() -> None:
    """The mail intake alone: SMTP, LMTP and the mailboxes that are read."""
    _run("mail")


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)
def deliver(context: typer.Context) -> None:
    """Take one message on standard input, or many with --maildir DIR or --mbox FILE."""
    from amends.config import delivering

    raise SystemExit(delivering.deliver(context.args))


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)
def coach(context: typer.Context) -> None:
    """Read the draft of a letter in FILE or on standard input: what may hurt, and what heals."""
    from amends.config import coaching

    raise SystemExit(coaching.coach(context.args))


@app.command()
def prepare() -> None:
    """Make the folder, database and style sheets ready for this version."""
    _prepare()
    from amends.people.invitation import first_owner_link

    link = first_owner_link()
    if link:
        print(f"Sign up as the first owner: {link}")


@app.command()
def check() -> None:
    """What is wrong with this installation, in plain words."""
    start()
    from amends.config.checking import looked_up, troubles

    found = troubles()
    if not any(trouble.stops and trouble.about in ("folder", "database") for trouble in found):
        found += looked_up()
    for trouble in found:
        print(f"{'✗' if trouble.stops else '·'} {trouble.words}")
    print("Nothing is in the way." if not found else f"{len(found)} to look at.")
    raise SystemExit(1 if any(trouble.stops for trouble in found) else 0)


@app.command()
def alarm() -> None:
    """Ring every address of AMENDS_ALARM_URLS once, to see whether somebody hears it."""
    start()
    from amends.config import alarming

    rung = alarming.ring()
    for kind, was_heard in rung:
        print(f"{'·' if was_heard else '✗'} {kind} {'took it' if was_heard else 'did not take it'}")
    if not rung:
        _refuse("AMENDS_ALARM_URLS is not set: alarms show on the desk only")
    raise SystemExit(0 if all(was_heard for _, was_heard in rung) else 1)


@app.command()
def backup(file: Path) -> None:
    """The whole installation into FILE, consistent while Amends runs. It holds the secret key."""
    start()
    from amends.config import keeping

    manifest = keeping.backup(file.absolute())
    print(f"{sum(manifest.rows.values()):,} rows and all files are in {file}")
    print("The file holds the secret key and customers' words: keep it where nobody else reads.")


@app.command()
def restore(
    file: Path,
    yes: Annotated[bool, typer.Option("--yes", help="Replace what is here.")] = False,
) -> None:
    """The whole installation back from FILE."""
    start()
    from amends.config import keeping

    try:
        manifest = keeping.restore(file.absolute(), over=yes)
    except (keeping.Unfit, OSError) as trouble:
        _refuse(str(trouble))
    print(f"{sum(manifest.rows.values()):,} rows are back as they were at {manifest.made_at}")


@app.command()
def demo(
    real: Annotated[
        Path | None, typer.Option(help="A folder of real orders and complaints to try at size.")
    ] = None,
) -> None:
    """Fill an empty installation with the sample business; print how to sign in."""
    _prepare()
    from amends.config import demonstrating

    try:
        for line in demonstrating.fill(real):
            print(line)
    except demonstrating.NotEmpty as trouble:
        _refuse(str(trouble))


@app.command("import")
def import_file(
    kind: Annotated[str, typer.Argument(help="customers, orders, visits or ratings")],
    file: Annotated[str, typer.Argument(help="CSV, TSV, XLSX, JSON lines or Parquet, or .gz")],
    told: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=COLUMN, where the guess is wrong.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Say what would happen, write nothing.")] = False,
    place: Annotated[str, typer.Option(help="The place, where the file names none.")] = "",
    rejects: Annotated[str, typer.Option(help="Where to put rows that cannot be taken.")] = "",
) -> None:
    """Bring in customers, orders, visits or ratings; doing it twice changes nothing."""
    from amends.config import importing
    from amends.kit.errors import Impossible

    if kind not in importing.KINDS:
        _refuse(f"There is nothing to import by the name of {kind}: {', '.join(importing.KINDS)}.")
    _prepare()
    try:
        importing.bring_in(kind, file, told=told or [], place=place, dry=dry_run, rejects=rejects)
    except Impossible as no:
        _refuse(no.message)


@people.command("add")
def add_person(
    email: Annotated[str, typer.Option(help="Their address, with which they sign in.")],
    role: Annotated[str, typer.Option(help="owner, manager, front-line or auditor")] = "",
    name: Annotated[str, typer.Option(help="As customers will read it.")] = "",
    place: Annotated[list[str] | None, typer.Option(help="Where they work; repeatable.")] = None,
    token: Annotated[bool, typer.Option(help="Print an API token alone on the last line.")] = False,
) -> None:
    """Add a person; with --token somebody who is here already gets a further token."""
    _prepare()
    from amends.config import enrolling
    from amends.kit.errors import Impossible

    try:
        for line in enrolling.add(email, role=role, name=name, places=place or [], token=token):
            print(line)
    except Impossible as no:
        _refuse(no.message)


@worth.command("refresh")
def refresh_worth(
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    gently: Annotated[bool, typer.Option("--gently", help="Let everything else go first.")] = False,
) -> None:
    """Reckon anew what every customer is worth, from their orders and paid visits."""
    _prepare()
    from amends.config import reckoning

    appraisal = reckoning.refresh(gently=gently)
    if as_json:
        print(reckoning.to_json(reckoning.told_of(appraisal)))
    elif appraisal is None:
        print("Nobody has bought anything yet, as far as we know.")
    else:
        print(f"{appraisal.customers:,} customers, as of {appraisal.as_of}. {appraisal.said}")


@worth.command("fit")
def fit_worth(
    orders: Annotated[str, typer.Argument(help="CSV or Parquet: customer, day and amount.")],
    told: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=COLUMN, where the guess is wrong.")
    ] = None,
    until: Annotated[str, typer.Option(help="The last day to look at, like 2026-03-31.")] = "",
    engine: Annotated[str, typer.Option(help="duckdb, or spark where the orders live.")] = "duckdb",
    memory: Annotated[
        str, typer.Option(help="What DuckDB may use; the rest goes to disk.")
    ] = "1GB",
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Learn from orders that live elsewhere, and keep the worth of the customers we know."""
    _prepare()
    from amends.config import reckoning
    from amends.kit.errors import Impossible

    try:
        found = reckoning.fit(orders, told=told or [], until=until, engine=engine, memory=memory)
    except Impossible as no:
        _refuse(no.message)
    print(reckoning.to_json(found) if as_json else "\n".join(reckoning.as_lines(found)))


@export.command("customer")
def export_customer(
    whose: Annotated[str, typer.Argument(metavar="REF|EMAIL", help="Whose record.")],
    how: Annotated[Written, typer.Option("--format", help="How it is written.")] = Written.JSON,
) -> None:
    """All that we hold about one customer, on standard output. That it was taken out is written down."""
    _prepare()
    from amends.config import exporting

    try:
        print(exporting.customer(whose, how=how.value))
    except exporting.NobodyThere as nobody:
        _refuse(str(nobody))


def _run(part: str) -> None:
    _prepare()
    from amends.config import parts

    parts.run([part])


def _prepare() -> None:
    start()
    from amends.config import preparing

    try:
        preparing.prepare()
    except preparing.TooNew as trouble:
        _refuse(str(trouble))


def _refuse(words: str) -> NoReturn:
    print(f"amends: {words}", file=sys.stderr)
    raise SystemExit(1)
