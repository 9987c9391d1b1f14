"""`amends coach` as people and programmes start it: from a file, from a pipe, always ending well."""

import json
import os
import subprocess
import sys

import pytest

from amends.config import coaching

DRAFT = "Sorry about the wait, but it is company policy.\n"


def run(*given, words=b""):
    """The command itself, on a machine where nothing of Amends is installed or set."""
    kept = {name: value for name, value in os.environ.items() if "AMENDS" not in name}
    return subprocess.run(
        [sys.executable, "-m", "amends.config.command", "coach", *given],
        input=words,
        capture_output=True,
        check=False,
        env={**kept, "DJANGO_SETTINGS_MODULE": "", "PYTHONPATH": "src"},
    )


@pytest.fixture
def told(capsys):
    """What `amends coach` says of a draft in a file, as a programme reads it."""

    def coach(path, *more):
        assert coaching.coach([str(path), "--json", *more]) == 0
        return json.loads(capsys.readouterr().out)

    return coach


@pytest.fixture
def draft(tmp_path):
    def kept(words, name="draft.txt"):
        path = tmp_path / name
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return path

    return kept


def test_s4_06_a_draft_on_standard_input_is_read_without_an_installation():
    ended = run("--json", words=DRAFT.encode())
    assert (ended.returncode, ended.stderr) == (0, b"")
    notes = json.loads(ended.stdout)["notes"]
    assert set(notes[0]) == {"category", "start", "end", "quote", "why", "instead"}
    assert "policy_recital" in {note["category"] for note in notes}
    assert all(DRAFT[note["start"] : note["end"]] == note["quote"] for note in notes)


def test_it_starts_without_django():
    code = "import amends.config.coaching, amends.coach, sys; print('django' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ended.stdout == b"False\n"


def test_the_customer_and_what_happened_tell_what_is_missing(told, draft):
    path = draft("Dear customer, we are sorry. Your money is back. Ana")
    missed = {
        n["category"]
        for n in told(path, "--customer", "Ida Moss", "--issue", "broken vase")["notes"]
    }
    assert {"missing_name", "missing_ask"} <= missed
    assert {
        good["feature"]
        for good in told(draft("Ida, your vase broke."), "--customer", "Ida Moss")["praise"]
    }


def test_people_read_it_in_plain_words(capsys, draft):
    assert coaching.coach([str(draft(DRAFT)), "--customer", "Ida"]) == 0
    told = capsys.readouterr().out
    assert "· “" in told


def test_a_draft_without_anything_to_say_of_says_so(capsys, draft):
    coaching.coach([str(draft(""))])
    assert capsys.readouterr().out.count("\n") >= 1


@pytest.mark.parametrize(
    ("words", "why"),
    [(b"\xff\xfe\x00", "no text in UTF-8"), (b"a" * 1_000_001, "longer than a letter")],
)
def test_what_is_no_draft_is_told_in_plain_words_and_ends_well(capsys, draft, words, why):
    assert coaching.coach([str(draft(words)), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"notes": [], "praise": []}
    assert why in told.err


def test_a_file_that_is_not_there_ends_well(capsys, tmp_path):
    assert coaching.coach([str(tmp_path / "none.txt")]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "",
        f"amends coach: {tmp_path}/none.txt: no such file or directory\n",
    )


@pytest.mark.parametrize("given", [["--loud"], ["--customer"], ["a", "b"], ["--help"]])
def test_a_wrong_command_ends_well_too(given):
    with pytest.raises(SystemExit) as ended:
        coaching.coach(given)
    assert ended.value.code == 0


def test_a_draft_in_another_language_is_read_in_it(told, draft):
    path = draft("Guten Tag, wir melden uns bald.")
    (note,) = told(path, "--customer", "Ida Moss", "--language", "de")["notes"][:1]
    assert note["category"] == "vague_promise"
    assert note["instead"] == "ich schreibe bis … mit der Antwort, ob gut oder schlecht."
