"""Adds up trained weights: what a stretch of text says in sum, category by category.

The weights come from `bin/train-coach`, from our own develop examples alone."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

WEIGHTS = Path(__file__).with_name("weights.json")


class Weights(NamedTuple):
    """Sparse logistic regression: for a feature, which category gains or loses how much."""

    categories: list[str]
    start: list[float]
    of: dict[str, list[tuple[int, float]]]

    def sums(self, features: Iterable[str]) -> list[float]:
        """One sum a category, without its start."""
        sums = [0.0] * len(self.categories)
        of = self.of
        for name in features:
            for number, weight in of.get(name, ()):
                sums[number] += weight
        return sums


def load() -> Weights:
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))
