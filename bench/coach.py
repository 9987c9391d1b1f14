"""The coach in figures: import, memory, speed for a 200-word draft, and how often it is right."""

import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "src/amends/coach/examples"
WORDS = 200
WARMING, ROUNDS = 20, 200
ALONE = """
import resource, sys, time
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
import amends.coach
took = time.perf_counter() - start
amends.coach.review("Dear Bo, sorry about that.", customer_name="Bo", story="late")
print(took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def told(part: str, *, language: str = "en") -> dict[str, list[dict[str, object]]]:
    return {
        file.stem: [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for file in sorted((EXAMPLES / language / part).glob("*.jsonl"))
    }


def alone() -> tuple[float, float]:
    """Seconds to import and megabytes it takes, in an interpreter of its own; the best of five."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", ALONE],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT / "src",
        ).stdout.split()
        for _ in range(5)
    ]
    return min(float(took) for took, _ in runs), max(float(megabytes) for _, megabytes in runs)


def drafts() -> list[str]:
    words = [
        word
        for ones in told("develop").values()
        for one in ones
        for word in str(one["text"]).split()
    ]
    return [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS, WORDS)]


def speed() -> dict[str, list[float]]:
    """Milliseconds for 200-word drafts with name and story, sorted: read for the first time by a
    coach that has read others before, and the best of three readings, of which the machine's other
    work is no part."""
    every = drafts()
    for draft in every[:WARMING]:
        milliseconds(draft)
    new = every[WARMING : WARMING + ROUNDS]
    first = [milliseconds(draft) for draft in new]
    best = [min(milliseconds(draft) for _ in range(3)) for draft in new]
    return {"read for the first time": sorted(first), "best of three": sorted(best)}


def milliseconds(draft: str) -> float:
    from amends.coach import review

    start = time.process_time()
    review(draft, customer_name="Carmen Ruiz", story="towels never changed in four nights")
    return (time.process_time() - start) * 1000


def right(part: str, *, language: str = "en") -> list[tuple[str, int, int, int, int]]:
    """Category, number of examples, hits, raised, wanted."""
    return [
        (category, len(ones), *counted(category, ones, language))
        for category, ones in told(part, language=language).items()
    ]


def counted(
    category: str, ones: list[dict[str, object]], language: str = "en"
) -> tuple[int, int, int]:
    hits = raised = wanted = 0
    for one in ones:
        flagged = is_flagged(category, one, language)
        hits += bool(flagged and one["should_flag"])
        raised += flagged
        wanted += bool(one["should_flag"])
    return hits, raised, wanted


def is_flagged(category: str, one: dict[str, object], language: str = "en") -> bool:
    from amends.coach import review

    found = review(
        str(one["text"]),
        customer_name=one.get("customer_name"),
        story=one.get("issue"),
        locale=language,
    ).notes
    return bool(found) if category == "clean" else any(n.category == category for n in found)


def show(part: str, *, language: str = "en") -> None:
    sums = [0, 0, 0]
    for category, total, hits, raised, wanted in right(part, language=language):
        correct = hits + total - raised - wanted + hits
        if category == "clean":
            print(f"  {category:20} {total:4}  raised on {raised}")
            continue
        sums = [sums[0] + hits, sums[1] + raised, sums[2] + wanted]
        print(
            f"  {category:20} {total:4}  accuracy {correct / total:.3f}"
            f"  precision {hits / max(raised, 1):.3f}  recall {hits / max(wanted, 1):.3f}"
        )
    print(
        f"  all                        precision {sums[0] / sums[1]:.3f}  recall {sums[0] / sums[2]:.3f}"
    )


def main() -> None:
    took, megabytes = alone()
    print(f"import {took:.3f} s, memory {megabytes:.0f} MB")
    for how, took_by in speed().items():
        half, most = took_by[len(took_by) // 2], took_by[int(len(took_by) * 0.99)]
        print(f"{WORDS} words, {how}: p50 {half:.2f} ms, p99 {most:.2f} ms")
    for part in ("develop", "check"):
        print(f"{part}:")
        show(part)
    for language in ("es", "de", "fr"):
        for part in ("develop", "check"):
            if (EXAMPLES / language / part).is_dir():
                print(f"{language} {part}:")
                show(part, language=language)


if __name__ == "__main__":
    main()
