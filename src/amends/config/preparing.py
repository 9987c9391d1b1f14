"""Before anything runs: the folder, the database and the style sheets as this version needs them."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from amends.recovery import policy
from amends.signals import watching

ADVISORY_LOCK = 0x616D656E6473  # "amends"


class TooNew(Exception):
    """The database was last used by a newer Amends."""


def prepare() -> None:
    """Safe to call at every start, and by several processes and machines at once."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone():
        executor = MigrationExecutor(connection)
        unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
        if unknown:
            raise TooNew(f"The database was last used by a newer Amends ({min(unknown)[1]}).")
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        policy.start_with()
        watching.start_with()
        if not settings.DEBUG:
            _gather_static()


@contextmanager
def _alone() -> Iterator[None]:
    """One on this machine by a lock on a file, one in all by a lock in PostgreSQL."""
    with (settings.DATA / "preparing.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _gather_static() -> None:
    """Style sheets and scripts, named by their content and compressed; only when they changed."""
    stamp = settings.DATA / "static.stamp"
    print_of_all = _fingerprint()
    if stamp.exists() and stamp.read_text() == print_of_all:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(print_of_all)


def _fingerprint() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=str):
            changed = storage.get_modified_time(path)
            digest.update(f"{storage.path(path)} {storage.size(path)} {changed}\n".encode())
    return digest.hexdigest()
