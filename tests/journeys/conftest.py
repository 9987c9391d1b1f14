"""The town in which the stories happen: the intake listens, the sink takes what goes out."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connections

from amends.config import intake
from amends.config.environment import Address, Mail
from amends.mailroom import smtp
from amends.recovery.intake import take_in
from tests.journeys.town import Town

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

    from time_machine import Traveller


@pytest.fixture
def town(clock: Traveller, sink: SimpleNamespace, post_office: int) -> Town:
    return Town(clock, sink, post_office)


@pytest.fixture
def post_office(transactional_db: None, sink: SimpleNamespace, settings: Any) -> Iterator[int]:
    """Our own intake, on the port given; what we send goes to the sink."""
    cache.clear()
    settings.AMENDS_MAIL_URL = Mail(scheme="smtp", host=sink.host, port=sink.port)
    address, stop, ready = Address("127.0.0.1", free_port()), threading.Event(), threading.Event()
    listening = {"accepts": intake.accepts_at(address), "host": address.host, "port": address.port}
    server = threading.Thread(
        target=smtp.serve,
        args=(taken_in,),
        kwargs={**listening, "stop": stop, "ready": ready.set, "threads": 1},
    )
    server.start()
    assert ready.wait(10)
    yield address.port
    stop.set()
    server.join(10)


def taken_in(raw: bytes, **envelope: Any) -> None:
    """As the intake does it; a thread of a test leaves no connection behind."""
    try:
        take_in(raw, **envelope)
    finally:
        connections.close_all()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
