"""`docs/use/principles.md` says «done» only of rows that a test is named after, and of all of those."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "use" / "principles.md"
ROWS = {"S0": 18, "S1": 15, "S2": 20, "S3": 23, "S4": 22, "T": 18}


def on_the_page() -> dict[str, str]:
    rows = re.findall(r"^\| (S\d-\d\d|T\d+) \|.*\| (done|later) \|", PAGE.read_text(), re.M)
    return dict(rows)


def named_in_tests() -> set[str]:
    found: set[str] = set()
    for file in TESTS.rglob("test_*.py"):
        text = file.read_text(encoding="utf-8")
        for name in re.findall(r"def (test_\w+)", text):
            found |= {f"S{a}-{b}" for a, b in re.findall(r"_s(\d)_(\d\d)(?=_)", name)}
            found |= {f"T{number}" for number in re.findall(r"_t(\d{1,2})(?=_)", name)}
        for said in re.findall(r'"""(.*?)"""', text, re.S):
            found |= set(re.findall(r"\bS\d-\d\d\b|\bT\d{1,2}\b", said))
    return found


def test_every_row_is_on_the_page():
    expected = {f"{s}-{n:02}" for s, last in ROWS.items() if s != "T" for n in range(1, last + 1)}
    expected |= {f"T{n}" for n in range(1, ROWS["T"] + 1)}
    assert set(on_the_page()) == expected


def test_done_is_what_is_tested():
    done = {row for row, state in on_the_page().items() if state == "done"}
    assert done == named_in_tests() & set(on_the_page())
