"""A brief memory for what hardly ever changes, while many messages are taken in one after another."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import wraps
from time import monotonic
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Given = ParamSpec("Given")
Found = TypeVar("Found")
_MANY = 1_000


class _Memory(threading.local):
    """Of one thread: what was found, and until when that is good."""

    depth = 0

    def __init__(self) -> None:
        self.found: dict[Any, tuple[float, Any]] = {}


_memory = _Memory()


@contextmanager
def remembering() -> Iterator[None]:
    """In here a question that was answered less than a second ago is not asked again; nowhere
    else, so that a person who changes something sees it changed at once."""
    _memory.depth += 1
    try:
        yield
    finally:
        _memory.depth -= 1


def briefly(question: Callable[Given, Found]) -> Callable[Given, Found]:
    """For a question whose answer nobody changes in place. settings.BRIEFLY says how long."""

    @wraps(question)
    def asked(*given: Given.args, **named: Given.kwargs) -> Found:
        if not _memory.depth:
            return question(*given, **named)
        key = (question, given, *sorted(named.items()))
        until, answer = _memory.found.get(key, (0.0, None))
        if monotonic() < until:
            return cast("Found", answer)
        found = question(*given, **named)
        if len(_memory.found) >= _MANY:
            _memory.found.clear()
        _memory.found[key] = (monotonic() + settings.BRIEFLY, found)
        return found

    return asked
