"""What the API itself remembers: keys of calls already made, and how often each caller calls."""

from amends.api.idempotency import IdempotencyKey
from amends.api.limits import Window

__all__ = ["IdempotencyKey", "Window"]
