"""The parts that run for ever."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from amends.config import intake, parts, worker


@pytest.fixture(autouse=True)
def _signals_as_before():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, function in before.items():
        signal.signal(number, function)


def until_stopped(stop):
    stop.wait(20)


def test_a_signal_stops_all_parts_in_order(monkeypatch):
    monkeypatch.setattr(worker, "run", until_stopped)
    monkeypatch.setattr(intake, "run", until_stopped)
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
    parts.run(["worker", "mail"])


def test_a_part_that_ends_by_itself_ends_the_others_with_an_error(monkeypatch):
    monkeypatch.setattr(worker, "run", until_stopped)
    monkeypatch.setattr(intake, "run", lambda stop: None)
    with pytest.raises(SystemExit) as ended:
        parts.run(["worker", "mail"])
    assert ended.value.code == 1


def test_a_part_whose_parent_is_gone_already_does_not_begin(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    command = [sys.executable, "-m", "amends.config.parts", "worker", "mail", str(gone.pid)]
    surroundings = {
        "AMENDS_DATA": str(tmp_path),
        "AMENDS_SMTP_LISTEN": "off",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    ended = subprocess.run(command, env=surroundings, timeout=60, capture_output=True, check=False)
    assert ended.returncode in (0, 1, -signal.SIGTERM)
