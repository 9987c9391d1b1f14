"""How often somebody may try something, counted in the cache that all processes share."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache

from amends.kit.clock import now


@dataclass(frozen=True)
class Limit:
    """So many tries in so many seconds, for each address."""

    name: str
    most: int
    seconds: int

    def allows(self, who: str) -> bool:
        """Counts this try."""
        window = int(now().timestamp()) // self.seconds
        mark = hashlib.sha256(who.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        key = f"limit:{self.name}:{mark}:{window}"
        cache.add(key, 0, timeout=self.seconds)
        try:
            return bool(cache.incr(key) <= self.most)
        except ValueError:  # swept out of a full cache a moment ago
            return True
