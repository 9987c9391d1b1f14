"""So many of so many, and how sure that makes us. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.645  # nine of ten intervals hold the truth
ENOUGH = 30  # with so many the interval reaches at most 15 points either way


@dataclass(frozen=True)
class Share:
    """`hits` of `n`. Wilson's interval: it never leaves 0 to 1, and is right for few and for none
    (Wilson 1927, J. Am. Stat. Assoc. 22: 209-212)."""

    hits: int
    n: int

    @property
    def is_enough(self) -> bool:
        return self.n >= ENOUGH

    @property
    def still_needed(self) -> int:
        return max(0, ENOUGH - self.n)

    @property
    def rate(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.n:
            return 0.0, 1.0
        square = Z * Z
        middle = (self.hits + square / 2) / (self.n + square)
        spread = self.rate * (1 - self.rate) / self.n + square / (4 * self.n * self.n)
        reach = Z * math.sqrt(spread) / (1 + square / self.n)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    @property
    def per_cent(self) -> str:
        """«37 %, 22 to 55 %»; nothing when there are too few to say."""
        if not self.is_enough:
            return ""
        low, high = self.interval
        return f"{100 * self.rate:.0f} %, {100 * low:.0f} to {100 * high:.0f} %"
