"""Who really sent a letter: what the trusted hop says, else what we find out ourselves."""

from __future__ import annotations

from typing import NamedTuple

from amends.mailroom.letter import Standing


class Verdict(NamedTuple):
    """Whether the sender is who the letter says, which domain vouches for it, and why we think so."""

    standing: Standing
    signed_by: str = ""
    why: str = ""
