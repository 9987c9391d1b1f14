"""Adds up trained weights: what a stretch of text says in sum, category by category.

The weights come from `bin/train-coach`, from our own develop examples alone."""

import json
from collections.abc import Set
from functools import cache
from pathlib import Path
from struct import unpack
from typing import Any, NamedTuple, cast

WEIGHTS = Path(__file__).with_name("weights.json")
# The weights of one feature for all categories stand side by side in one whole number, a lane each:
# one addition then adds for all of them. A lane holds sums far greater than any letter has.
LANE = 32
HALF = 1 << (LANE - 1)


class Weights(NamedTuple):
    """Sparse logistic regression: what a feature adds for each category, in thousandths."""

    categories: list[str]
    start: int
    of: dict[str, int]

    def sum(self, features: Set[str]) -> int:
        """All lanes of these features at once, without the start; such sums may be added."""
        of = self.of
        return sum([of[name] for name in features if name in of])

    def apart(self, lanes: int) -> list[int]:
        """One sum a category."""
        width = len(self.categories)
        raised = lanes + lifted(width)
        return [
            lane - HALF
            for lane in unpack(f"<{width}I", raised.to_bytes(LANE // 8 * width, "little"))
        ]


@cache
def lifted(width: int) -> int:
    """Half a lane in each lane: no sum is below nothing then."""
    return packed([(number, HALF) for number in range(width)])


def packed(row: list[tuple[int, int]]) -> int:
    return sum(weight << (LANE * number) for number, weight in row)


@cache
def read() -> dict[str, Any]:
    """The file, read once for all who take their part of it."""
    return cast("dict[str, Any]", json.loads(WEIGHTS.read_text(encoding="utf-8")))


def load(among: tuple[str, ...]) -> Weights:
    """The weights of these categories alone: nothing else is added up."""
    trained = read()
    known = trained["categories"]
    categories = [one for one in known if one in among]
    place = {known.index(one): number for number, one in enumerate(categories)}
    of = {
        name: packed([(place[number], weight) for number, weight in row if number in place])
        for name, row in trained["of"].items()
    }
    start = packed([(place[number], trained["start"][number]) for number in place])
    return Weights(categories, start, {name: lanes for name, lanes in of.items() if lanes})
