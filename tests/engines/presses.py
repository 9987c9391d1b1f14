"""Several people, or several processes, at the very same moment; and a process that is killed."""

import os
import signal
import threading
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, NoReturn

import pytest
from django.db import connection, connections

from amends.kit.errors import Impossible

TOGETHER = 0.4  # seconds to wait for the others; whoever waits in the database does not come


def at_once(*steps: Callable[[], Any]) -> list[str]:
    """What each step came to: "done", or the code of the rule that said no."""
    start = threading.Barrier(len(steps))

    def press(step: Callable[[], Any]) -> str:
        start.wait(10)
        try:
            step()
        except Impossible as no:
            return no.code
        finally:
            connection.close()
        return "done"

    connections.close_all()
    with ThreadPoolExecutor(len(steps)) as pool:
        return sorted(pool.map(press, steps))


def apart(does: Callable[[], Any], *, within: float | None = None) -> Any:
    """What comes of it in a thread and on a connection of its own: what it remembers ends with it."""

    def done() -> Any:
        try:
            return does()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result(within)


def meet_after(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, people: int = 2) -> None:
    """Everybody who has come through this function waits there for the others: what each has seen
    by then is seen before any of them acts."""
    original = getattr(owner, name)
    crossing = threading.Barrier(people)

    def met(*args: Any, **kwargs: Any) -> Any:
        seen = original(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            crossing.wait(TOGETHER)
        return seen

    monkeypatch.setattr(owner, name, staticmethod(met) if isinstance(owner, type) else met)


def linger_before(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """Everybody stops for a moment before this: whatever was looked at earlier may change."""
    original = getattr(owner, name)

    def slow(*args: Any, **kwargs: Any) -> Any:
        time.sleep(TOGETHER)
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, slow)


def killed(life: Callable[[], Any]) -> None:
    """Live it in a process of its own, which must end by being killed."""
    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads are of no concern to it
        child = os.fork()
    if not child:
        try:
            life()
        finally:
            os._exit(1)  # it should not have come so far
    _, ending = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ending), "it was not killed"


def die(*_: Any, **__: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def die_after(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """The process is killed when this function has done its work."""
    original = getattr(owner, name)

    def last(*args: Any, **kwargs: Any) -> NoReturn:
        original(*args, **kwargs)
        die()

    monkeypatch.setattr(owner, name, last)
