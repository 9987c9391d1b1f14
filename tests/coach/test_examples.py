"""The labelled replies keep their shape: whole lines, both answers, many registers, none twice."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "src/amends/coach/examples/en"
WHOLE = ["missing_restatement", "missing_ask", "missing_name", "missing_extra"]
FRAGMENT = [
    "excuse",
    "org_chart",
    "sorry_but",
    "non_apology",
    "policy_recital",
    "boilerplate",
    "blame_shift",
    "grovel",
    "vague_promise",
    "passive_evasion",
    "guess_wish",
    "minimise",
]
NAMES = [*FRAGMENT, *WHOLE, "clean"]
PARTS = ["develop", "check"]
FIELDS = {"text", "should_flag", "note", "register"}
ABOUT_THE_STORY = {"customer_name", "issue"}
# Lines of one category and registers among them, by part: develop is where rules are tuned.
FEWEST = {"develop": 90, "check": 15}
FEWEST_REGISTERS = {"develop": 12, "check": 6}

Line = dict[str, str | bool]


def lines(part: str, category: str) -> list[Line]:
    text = (EXAMPLES / part / f"{category}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def every(part: str) -> list[tuple[str, Line]]:
    return [(category, line) for category in NAMES for line in lines(part, category)]


def bare(line: Line) -> str:
    """The words alone: two lines that differ in commas or capitals are one line twice."""
    return re.sub(r"\W+", " ", str(line["text"]).lower()).strip()


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_a_file_for_each_category_and_no_other(part):
    assert {path.stem for path in (EXAMPLES / part).glob("*.jsonl")} == set(NAMES)


@pytest.mark.parametrize("part", PARTS)
def test_every_line_says_what_it_is(part):
    for category, line in every(part):
        story = ABOUT_THE_STORY if category in [*WHOLE, "clean"] else set()
        assert FIELDS | story <= set(line) <= FIELDS | ABOUT_THE_STORY, line
        assert isinstance(line.pop("should_flag"), bool), line
        assert all(isinstance(word, str) and word.strip() for word in line.values()), line


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("category", NAMES)
def test_a_category_is_shown_widely_and_from_both_sides(part, category):
    shown = lines(part, category)
    flagged = sum(line["should_flag"] is True for line in shown)
    assert len(shown) >= FEWEST[part]
    assert len({line["register"] for line in shown}) >= FEWEST_REGISTERS[part]
    if category == "clean":
        assert flagged == 0
    else:
        assert 0.35 <= flagged / len(shown) <= 0.65


def test_there_are_enough_of_them():
    assert len(every("develop")) >= 1600
    assert len(lines("develop", "clean")) >= 120


def test_no_reply_stands_twice_within_or_between_the_parts():
    seen = Counter(bare(line) for part in PARTS for _, line in every(part))
    assert [text for text, times in seen.items() if times > 1] == []
