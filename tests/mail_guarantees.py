"""The page docs/operate/mail-guarantees.md, made from the tests: what is promised of mail, and which
test would fail if it did not hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).parent
TRAPS = TESTS / "mailroom" / "traps.txt"
PAGE = TESTS.parent / "docs" / "operate" / "mail-guarantees.md"
GUARANTEES = (
    "The raw message is stored before anybody reads it; what cannot be read becomes a recovery with the file.",
    "One transaction a message; a mailbox is marked only after the commit; the same delivery is taken once.",
    "A reply finds its recovery by signed address, by our signed Message-ID, by a known one; never by its subject.",
    "Whoever is not in the conversation joins it only when one of us lets them in.",
    "Staff answer by mail only with their own token and from a server that proves who they are.",
    "Marks of trust that come from outside are taken off before anything is decided.",
    "What machines write is kept and never answered; it reopens nothing and moves no clock; two brakes.",
    "What a person writes is never dropped because it looks like a machine's.",
    "Quoted text is folded and never cut; when little is left, everything is shown.",
    "Letters are shown cleaned and boxed in; remote pictures wait for a click; files are downloads.",
    "A letter is waiting, handed over, uncertain or failed; what is uncertain is never sent again by itself.",
    "What comes back marks the address, opens the recovery again, and names another way to reach them.",
    "An address nobody has proved gets one short acknowledgement an hour, and no words of the sender's.",
    "Every way in shows when it last worked; when it stops, somebody hears of it by another road than mail.",
    "A letter to many is one conversation with each.",
)
HEAD = """# What we promise of mail

Made by `bin/guarantees` from the names of the tests; a test holds this page to them. The first table
has the fifteen guarantees, the second the hard cases that other desks met: issues, pull requests,
commits and advisories of other projects, each with the tests that keep Amends out of the same hole.
"""


class Found(NamedTuple):
    name: str
    file: str
    guarantees: frozenset[int]


def tests() -> list[Found]:
    found = []
    for path in sorted(TESTS.rglob("test_*.py")):
        file = path.relative_to(TESTS.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.append(Found(node.name, file, _guarantees(ast.get_docstring(node) or "")))
    return found


def _guarantees(docstring: str) -> frozenset[int]:
    said = re.findall(r"[Gg]uarantees? ((?:\d+(?:,? and |, )?)+)", docstring)
    return frozenset(int(number) for some in said for number in re.findall(r"\d+", some))


def traps() -> dict[str, list[list[str]]]:
    """By section, the sources of each: a test may be named after any of them."""
    sections: dict[str, list[list[str]]] = {}
    for line in TRAPS.read_text().splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            sections[list(sections)[-1]].append(line.split())
    return sections


def named_after(sources: list[str], among: list[Found]) -> list[Found]:
    spelled = [re.sub(r"_pr_", "_(?:pr_)?", source) for source in sources]
    pattern = re.compile(rf"_(?:{'|'.join(spelled)})(?:_|$)")
    return [test for test in among if pattern.search(test.name)]


def page() -> str:
    known = tests()
    lines = [HEAD, "## Guarantees\n", "| | guarantee | tests |", "|---|---|---|"]
    for number, words in enumerate(GUARANTEES, start=1):
        proving = [test for test in known if number in test.guarantees]
        lines.append(f"| {number} | {words} | {_listed(proving)} |")
    for section, items in traps().items():
        lines += [f"\n## {section}\n", "| met by | tests |", "|---|---|"]
        lines += [f"| {', '.join(i)} | {_listed(named_after(i, known))} |" for i in items]
    return "\n".join(lines) + "\n"


def _listed(some: list[Found]) -> str:
    return "<br>".join(f"[{_read(test.name)}](../../{test.file})" for test in some)


def _read(name: str) -> str:
    return name.removeprefix("test_").replace("_", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
