"""The whole installation in one file, made while Amends runs; and the way back from it.

The database is taken first, as it was at one moment; files are never changed once written, so every
file that this database knows of is there when the files are taken after it.
"""

import io
import json
import os
import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from amends.config import heartbeat
from amends.config.preparing import prepare
from amends.connections.phones.keys import FILE as PUSH_KEY
from amends.kit.clock import now
from amends.mailroom.post import Post
from amends.people.person import Person

LAYOUT = 1
KEPT_FILE = re.compile(r"files/(?P<name>[0-9a-f]{2}/[0-9a-f]{64})")
CHUNK = 1024 * 1024
# Columns that the database works out by itself cannot be copied in.
WRITTEN_COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'
ORDER BY ordinal_position
"""


class Unfit(Exception):
    """This file cannot be restored here; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """What is in the file: the first thing in it."""

    layout: int
    amends: str
    made_at: str
    engine: str
    migrations: list[tuple[str, str | None]]
    columns: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


# Away --------------------------------------------------------------------------------------------


def backup(path: Path) -> Manifest:
    """Written aside and moved into place, so that a file that is there is whole."""
    rough = path.with_name(f".{path.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
            taken = Path(folder)
            manifest = _take_sqlite(taken) if _on_sqlite() else _take_postgres(taken)
            rough.touch(mode=0o600)
            with tarfile.open(rough, "w:gz", compresslevel=4) as archive:
                _add_bytes(archive, "manifest.json", json.dumps(asdict(manifest)).encode())
                _add_bytes(archive, "secret_key", settings.SECRET_KEY.encode())
                if (settings.DATA / PUSH_KEY).exists():
                    archive.add(settings.DATA / PUSH_KEY, PUSH_KEY)
                for file in sorted(taken.iterdir()):
                    archive.add(file, f"database/{file.name}")
                for name in _kept_files():
                    archive.add(storages["kept"].path(name), f"files/{name}")
        with rough.open("rb") as written:
            os.fsync(written.fileno())
        rough.replace(path)
    finally:
        rough.unlink(missing_ok=True)
    return manifest


def _take_sqlite(folder: Path) -> Manifest:
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "amends.sqlite3")) as copy:
        connection.connection.backup(copy)
        return _manifest(rows=_sqlite_rows(copy), migrations=_sqlite_migrations(copy))


def _take_postgres(folder: Path) -> Manifest:
    columns: dict[str, list[str]] = {}
    rows: dict[str, int] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in _tables():
            cursor.execute(WRITTEN_COLUMNS, [table])
            columns[table] = [name for (name,) in cursor.fetchall()]
            with (
                (folder / table).open("wb") as file,
                cursor.copy(f"COPY {_copied(table, columns[table])} TO STDOUT") as copy,
            ):
                for chunk in copy:
                    file.write(chunk)
            rows[table] = cursor.rowcount
        migrations = sorted(MigrationRecorder(connection).applied_migrations())
    return _manifest(columns=columns, rows=rows, migrations=migrations)


def _manifest(**more: Any) -> Manifest:
    return Manifest(
        layout=LAYOUT,
        amends=version("amends"),
        made_at=now().isoformat(),
        engine=connection.vendor,
        **more,
    )


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(content), 0o600, now().timestamp()
    archive.addfile(member, io.BytesIO(content))


def _kept_files() -> Iterator[str]:
    shelf = storages["kept"]
    if not Path(shelf.path("")).is_dir():
        return
    for folder in sorted(shelf.listdir("")[0]):
        for name in sorted(shelf.listdir(folder)[1]):
            if KEPT_FILE.fullmatch(f"files/{folder}/{name}"):
                yield f"{folder}/{name}"


# And back ----------------------------------------------------------------------------------------


def restore(path: Path, *, over: bool = False) -> Manifest:
    """Over an installation that holds something only when asked to; never over a running one."""
    with tarfile.open(path, "r:gz") as archive:
        manifest = _read_manifest(archive)
        _refuse_unfit(manifest, over=over)
        with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
            for member in archive:
                _put_back(archive, member, Path(folder))
            if _on_sqlite():
                _restore_sqlite(Path(folder) / "amends.sqlite3")
            else:
                _restore_postgres(Path(folder), manifest)
    _refuse_lost_rows(manifest)
    prepare()
    return manifest


def holds_something() -> bool:
    tables = connection.introspection.table_names()
    return any(
        model._meta.db_table in tables and model._default_manager.exists()
        for model in (Person, Post)
    )


def _read_manifest(archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    file = archive.extractfile(first) if first and first.name == "manifest.json" else None
    if file is None:
        raise Unfit("This is no backup of Amends.")
    told = json.load(file)
    if told.get("layout") != LAYOUT:
        raise Unfit(
            "This backup was made by another version of Amends, which laid it out otherwise."
        )
    told["migrations"] = [(app, name) for app, name in told["migrations"]]
    return Manifest(**told)


def _refuse_unfit(manifest: Manifest, *, over: bool) -> None:
    if manifest.engine != connection.vendor:
        raise Unfit(f"This backup is of {manifest.engine}, and here is {connection.vendor}.")
    known = MigrationExecutor(connection).loader.disk_migrations
    newer = [name for name in manifest.migrations if name not in known]
    if newer:
        raise Unfit(f"This backup was made by a newer Amends ({manifest.amends}).")
    if not holds_something():
        return
    if not over:
        raise Unfit("There is something here already. With --yes it is replaced.")
    if any(heartbeat.alive(name, at=now()) for name in ("letters", "clock", "mail")):
        raise Unfit("Amends is running. Stop it, wait a minute, and try again.")


def _put_back(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Each member by its name alone; the file may come from anywhere."""
    source = archive.extractfile(member)
    if source is None:
        return
    kept = KEPT_FILE.fullmatch(member.name)
    if kept and not storages["kept"].exists(kept["name"]):
        storages["kept"].save(kept["name"], File(source))
    elif member.name == "secret_key":
        _put_key_back(source.read())
    elif member.name == PUSH_KEY:
        _write_key(settings.DATA / PUSH_KEY, source.read())
    elif re.fullmatch(r"database/[a-z0-9_.]+", member.name):
        with (folder / Path(member.name).name).open("wb") as file:
            while chunk := source.read(CHUNK):
                file.write(chunk)


def _put_key_back(key: bytes) -> None:
    """Links and addresses that are out in the world stay good only with the key that made them."""
    if settings.ENVIRONMENT.secret_key:
        if settings.ENVIRONMENT.secret_key.encode() != key:
            raise Unfit("AMENDS_SECRET_KEY differs from the key of this backup: unset it first.")
        return
    _write_key(settings.DATA / "secret_key", key)


def _write_key(path: Path, key: bytes) -> None:
    rough = path.with_name(".key-restored")
    rough.touch(mode=0o600)
    rough.write_bytes(key)
    rough.replace(path)


def _restore_sqlite(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as source:
        if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Unfit("The database in this backup is damaged.")
        connection.ensure_connection()
        source.backup(connection.connection)
    connection.close()


def _restore_postgres(folder: Path, manifest: Manifest) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    executor = MigrationExecutor(connection)
    executor.migrate(_last_of_each_app(executor, manifest))
    _make_cache_table()
    with transaction.atomic(), connection.cursor() as cursor:
        here = [table for table in manifest.columns if table in set(_tables())]
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, here))} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in here:
            _copy_in(cursor, folder / table, _copied(table, manifest.columns[table]))
        models: list[type[Model]] = [
            *apps.get_models(include_auto_created=True),
            MigrationRecorder.Migration,
        ]
        present = [model for model in models if model._meta.db_table in here]
        for statement in connection.ops.sequence_reset_sql(no_style(), present):
            cursor.execute(statement)


def _last_of_each_app(
    executor: MigrationExecutor, manifest: Manifest
) -> list[tuple[str, str | None]]:
    """An earlier one, named as a target, would be taken for a wish to go back to it."""
    nodes = executor.loader.graph.node_map
    then = set(manifest.migrations)
    parents = ((key, parent.key) for key in then for parent in nodes[key].parents)
    followed = {parent for key, parent in parents if parent[0] == key[0]}
    return sorted(then - followed, key=str)


def _copy_in(cursor: Any, path: Path, target: str) -> None:
    with path.open("rb") as file, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        while chunk := file.read(CHUNK):
            copy.write(chunk)


def _make_cache_table() -> None:
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)


def _refuse_lost_rows(manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        for table, rows in manifest.rows.items():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if cursor.fetchone()[0] != rows:
                raise Unfit(f"Not every row came back: {table} should have {rows:,}.")


# Both ways ---------------------------------------------------------------------------------------


def _on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def _copied(table: str, columns: Iterable[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, columns))})"


def _sqlite_rows(database: sqlite3.Connection) -> dict[str, int]:
    named = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {
        table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        for (table,) in named.fetchall()
    }


def _sqlite_migrations(database: sqlite3.Connection) -> list[tuple[str, str]]:
    return database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
