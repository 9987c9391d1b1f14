"""The worker keeps going whatever one of its rows does."""

import threading
from datetime import timedelta

import pytest

from amends.config import heartbeat, worker
from amends.config.schedule import Periodic
from amends.kit.clock import now

rounds: list[str] = []


def works():
    rounds.append("works")


def fails():
    rounds.append("fails")
    raise RuntimeError("the mail server has gone fishing")


def row(function, *, every=0.01):
    return Periodic(every, function.__name__, f"{__name__}.{function.__name__}")


@pytest.fixture(autouse=True)
def _no_rounds_yet(monkeypatch):
    rounds.clear()
    # Each round returns its thread's connection; the test's own must stay open.
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(
        "amends.config.schedule.import_string", lambda name: globals()[name.rpartition(".")[2]]
    )


@pytest.mark.django_db
def test_a_good_round_is_a_sign_of_life_every_ten_seconds(clock):
    pulse, began = heartbeat.Pulse("works"), now()
    worker.run_once(row(works), pulse=pulse)
    clock.shift(timedelta(seconds=9))
    worker.run_once(row(works), pulse=pulse)
    assert heartbeat.last("works") == began
    clock.shift(timedelta(seconds=1))
    worker.run_once(row(works), pulse=pulse)
    assert heartbeat.last("works") == now()


@pytest.mark.django_db
def test_a_round_that_fails_is_no_sign_of_life_and_no_end(caplog):
    worker.run_once(row(fails), pulse=heartbeat.Pulse("fails"))
    assert heartbeat.last("fails") is None
    assert "gone fishing" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_failing_row_does_not_hold_up_the_others():
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    worker.run(stop, table=[row(fails), row(works)])
    assert rounds.count("works") > 2
    assert rounds.count("fails") > 2
