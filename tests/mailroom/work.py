"""How work grows with what it is given, measured on this thread's own clock and not the wall's."""

from collections.abc import Callable
from time import thread_time

TIMES = 8  # so much larger; even growth takes about so much longer, growth with the square 64 times
STEEPEST = 3.0
NOTHING = 0.004  # seconds below which a clock tells nothing


def cost(act: Callable[[bytes], object], given: bytes) -> float:
    began = thread_time()
    act(given)
    return thread_time() - began


def grows_evenly(
    act: Callable[[bytes], object], piece: bytes, *, size: int, end: bytes = b""
) -> bool:
    """Whether eight times the input takes about eight times the work."""
    small, large = (piece * (most // len(piece)) + end for most in (size, size * TIMES))
    for _ in range(3):  # a pause of the machine is no growth
        before = max(cost(act, small), NOTHING)
        if cost(act, large) < before * TIMES * STEEPEST:
            return True
    return False
