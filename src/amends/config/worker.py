"""The worker: runs the table of `schedule.py`, each row in a thread of its own."""

import threading
import time
from collections.abc import Iterable

import structlog
from django.db import close_old_connections, connections

from amends.config import heartbeat
from amends.config.schedule import TABLE, Periodic

log = structlog.get_logger(__name__)


def run(stop: threading.Event, *, table: Iterable[Periodic] = TABLE) -> None:
    """Until `stop` is set. A row that fails or takes long does not hold up the others."""
    threads = [
        threading.Thread(target=_tend, args=(row, stop), name=row.name, daemon=True)
        for row in table
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _tend(row: Periodic, stop: threading.Event) -> None:
    pulse = heartbeat.Pulse(row.name)
    while not stop.is_set():
        began = time.monotonic()
        run_once(row, pulse=pulse)
        stop.wait(max(0.05, row.every - (time.monotonic() - began)))
    connections.close_all()


def run_once(row: Periodic, *, pulse: heartbeat.Pulse) -> None:
    """One round; only a round that went well counts as a sign of life."""
    try:
        row.run()
        pulse.note()
    except Exception:
        log.exception("a round of the worker failed", row=row.name)
    finally:
        close_old_connections()
