"""Which way a command goes."""

import subprocess
import sys

import pytest

from amends.config import command


@pytest.mark.parametrize(
    ("given", "way", "answer"),
    [
        (["deliver", "--place", "x"], "amends.config.delivering.deliver", 75),
        (["coach", "draft.txt"], "amends.config.coaching.coach", 0),
        (["serve"], "amends.config.serve.serve", 0),
    ],
)
def test_the_short_ways_end_with_what_they_say(monkeypatch, given, way, answer):
    monkeypatch.setattr(sys, "argv", ["amends", *given])
    monkeypatch.setattr(way, lambda *_: answer)
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == answer


def test_everything_else_goes_to_the_list_of_commands(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["amends", "--help"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 0
    assert "backup" in capsys.readouterr().out


def test_the_short_ways_do_not_load_the_command_line_library():
    """A mail server starts `amends deliver` for every message."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import amends.config.delivering, sys; print('typer' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "False\n"
