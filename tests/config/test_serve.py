"""`amends serve`: one command, one process tree, that gets up again and stops cleanly."""

import http.client
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest

from amends.config import serve
from amends.config.environment import Address

AMENDS = [sys.executable, "-m", "amends.config.command"]


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def surroundings(fresh_shell, tmp_path):
    return fresh_shell | {
        "AMENDS_DATA": str(tmp_path / "data"),
        "AMENDS_LISTEN": f"127.0.0.1:{free_port()}",
        "AMENDS_SMTP_LISTEN": f"127.0.0.1:{free_port()}",
    }


@contextmanager
def serving(surroundings, told):
    with told.open("w") as out:
        process = subprocess.Popen(
            [*AMENDS, "serve"], env=surroundings, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            wait_for(lambda: "Ctrl-C stops it" in told.read_text(), told)
            yield process
        finally:
            process.terminate()
            process.wait(20)


def wait_for(condition, told, *, seconds=120):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, told.read_text()
        time.sleep(0.1)


def children(pid):
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    return [child for child, parent in pairs if parent == pid]


def get(surroundings, path):
    host, port = surroundings["AMENDS_LISTEN"].split(":")
    with closing(http.client.HTTPConnection(host, int(port), timeout=10)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def test_it_starts_takes_mail_gets_up_again_and_stops(surroundings, tmp_path):
    told = tmp_path / "told"
    with serving(surroundings, told) as process:
        assert re.search(r"first owner: http://\S+/join/first/\w+/", told.read_text())
        assert get(surroundings, "/healthz") == 200
        host, port = surroundings["AMENDS_SMTP_LISTEN"].split(":")
        wait_for(lambda: get(surroundings, "/readyz") == 200, told)
        with smtplib.SMTP(host, int(port)) as smtp:
            assert (
                smtp.sendmail("a@x.example", ["desk@x.example"], "Subject: Bacon\n\nGreasy") == {}
            )
        first = children(process.pid)
        for child in first:
            os.kill(child, signal.SIGKILL)
        wait_for(lambda: len(set(children(process.pid)) - set(first)) == len(first), told)
    assert process.returncode == 0
    assert children(process.pid) == []


def test_it_does_not_start_where_somebody_else_listens(surroundings):
    host, port = surroundings["AMENDS_SMTP_LISTEN"].split(":")
    with closing(socket.create_server((host, int(port)))):
        ended = subprocess.run(
            [*AMENDS, "serve"], env=surroundings, capture_output=True, text=True, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr == (
        f"amends: Something else listens at {host}:{port} already; set AMENDS_SMTP_LISTEN.\n"
    )


def test_a_wrong_environment_is_one_line(surroundings):
    ended = subprocess.run(
        [*AMENDS, "serve"],
        env=surroundings | {"AMENDS_COLOUR": "blue"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("amends: AMENDS_COLOUR is not a variable")
    assert ended.stderr.count("\n") == 1


def test_the_watching_process_stays_small(fresh_shell):
    """It is there only to start the others again: no Django, no command line library."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, amends.config.serve; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env=fresh_shell,
    )
    assert not {"django", "typer", "rich", "structlog"} & set(loaded.stdout.split())


def test_a_part_that_keeps_ending_is_started_at_growing_intervals(monkeypatch, capsys):
    part = serve.Part("clock", ["worker"])
    moments = iter([0.0, 0.0, 0.2, 0.6, 0.6])
    monkeypatch.setattr(serve.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(serve.subprocess, "Popen", lambda *_, **__: Ended())
    part.start()
    part.look_after()
    assert part.child is None
    assert part.pause == 0.5
    part.look_after()
    assert part.child is None
    part.look_after()
    assert part.child is not None
    assert "clock ended (1); starting it again" in capsys.readouterr().out


class Ended:
    returncode = 1

    def poll(self):
        return 1


def test_an_address_is_free_or_not():
    port = free_port()
    assert serve._free(Address("127.0.0.1", port))
    with closing(socket.create_server(("127.0.0.1", port))):
        assert not serve._free(Address("127.0.0.1", port))
