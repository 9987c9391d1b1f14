"""A call that is not taken, and the field that is to blame."""

import subprocess
import sys

from amends.api.refusing import Wrong, wrong


def test_a_wrong_field_is_named_in_the_words_and_apart():
    no = wrong("place", "Unknown.")
    assert (no.status, no.detail, no.code) == (422, "place: Unknown.", "invalid")
    assert no.errors == (Wrong("place", "Unknown."),)


def test_the_models_do_not_load_the_library_of_the_api(fresh_shell, tmp_path):
    """The worker, the mail intake and `amends deliver` have no use for it."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from amends.config.start import start; start();"
            "import sys, amends.recovery.intake; print('ninja' in sys.modules)",
        ],
        env=fresh_shell | {"AMENDS_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "False\n"
