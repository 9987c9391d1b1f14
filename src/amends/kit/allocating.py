"""What large messages and files took goes back to the system as soon as it is free."""

from __future__ import annotations

import contextlib
import ctypes

LARGE = 256 * 1024  # bytes
SMALLEST_MAPPED = -3  # M_MMAP_THRESHOLD of malloc.h


def give_back_what_is_large() -> None:
    """The C library of most Linux systems learns from every large piece it frees to keep the next, for each
    thread apart. Told once where the line is, it learns no more. Others do not keep any."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(SMALLEST_MAPPED, LARGE)
