"""Django made ready outside of pages."""

import subprocess
import sys


def test_what_is_written_from_then_on_is_for_the_owner_alone(fresh_shell, tmp_path):
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from amends.config.start import start; start();"
            "from django.apps import apps; print(apps.ready); open('made', 'w')",
        ],
        cwd=tmp_path,
        env=fresh_shell,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "True\n"
    assert (tmp_path / "made").stat().st_mode & 0o077 == 0
