"""Adds up trained weights: what a stretch of text says in sum, category by category.

The weights come from `bin/train-coach`, from our own develop examples alone."""

import json
from collections.abc import Iterable
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")


class Weights:
    """Sparse logistic regression, one row of weights a feature."""

    def __init__(self, trained: dict[str, object]) -> None:
        self.categories: list[str] = list(trained["categories"])  # type: ignore[call-overload]
        self.start: list[float] = list(trained["start"])  # type: ignore[call-overload]
        self.of: dict[str, list[float]] = dict(trained["of"])  # type: ignore[call-overload]

    def scores(self, found: dict[str, float], among: Iterable[str]) -> dict[str, float]:
        """Above nothing means: raise it. Each row is category, weight, category, weight …"""
        sums = list(self.start)
        of = self.of
        for name, value in found.items():
            row = of.get(name)
            if row is not None:
                for n in range(0, len(row), 2):
                    sums[int(row[n])] += row[n + 1] * value
        return {c: sums[self.categories.index(c)] for c in among if c in self.categories}


def load() -> Weights:
    return Weights(json.loads(WEIGHTS.read_text(encoding="utf-8")))
