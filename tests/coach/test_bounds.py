"""Whatever is typed: never an error, never more than linear time, nothing but Python needed."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.coach import phrases, review
from amends.coach.languages.english import ENGLISH

SOURCE = Path(__file__).parents[2] / "src"
ALONE = """
import sys
import amends.coach
amends.coach.review("Dear Bo, sorry, but no.", customer_name="Bo", story="late")
assert not {"django", "sqlite3", "socket", "http"} & set(sys.modules), "not pure"
"""


def test_the_coach_is_pure():
    subprocess.run([sys.executable, "-c", ALONE], check=True, cwd=SOURCE)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=400),
    st.text(max_size=30),
    st.text(max_size=80),
    st.sampled_from(["en", "es", "de", "fr", "zz", ""]),
)
def test_any_text_is_read(draft: str, name: str, story: str, locale: str):
    found = review(draft, customer_name=name, story=story, locale=locale, apologies_so_far=1)
    assert all(draft[one.start : one.end] == one.quote for one in (*found.notes, *found.praise))
    assert found == review(
        draft, customer_name=name, story=story, locale=locale, apologies_so_far=1
    )


@pytest.mark.parametrize(
    "unit",
    [
        "sorry ",
        "sorry but ",
        "we will ",
        "a",
        "'",
        "<",
        "{{",
        "@",
        "-",
        "1.",
        "😀 ",
        "非常に",
        "if you feel we may ",
        "\n",
        "[",
        "Dear ",
    ],
)
def test_work_grows_with_the_length_and_no_faster(unit: str, monkeypatch: pytest.MonkeyPatch):
    """Counted in phrases tried, not in seconds: ten times the text, about ten times the work."""
    tried = 0
    found = phrases.found

    def count(*given):
        nonlocal tried
        tried += 1
        return found(*given)

    monkeypatch.setattr(phrases, "found", count)
    work = []
    for length in (1_000, 10_000):
        tried = 0
        ENGLISH.search(ENGLISH.read((unit * length)[:length]))
        work.append(tried)
    assert work[1] <= 12 * work[0] + 100


@pytest.mark.parametrize(
    "unit", ["sorry but ", "if you feel ", "a", "😀", "{{", "[", "____", "<<a"]
)
def test_a_hundred_thousand_characters_are_read(unit: str):
    review((unit * 100_000)[:100_000], customer_name="Bo Li", story="late " * 50)
