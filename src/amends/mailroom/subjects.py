"""Subjects: what stands before them, whether two are about the same, and another desk's number.

No letter finds its recovery by a subject of ours; see `matching.py`.
"""

from __future__ import annotations

import re

# Answer and forward, in the languages and programmes that people write with.
PREFIXES = (
    "re|aw|antw|antwort|sv|svar|vs|vast|vá|odp|ynt|yan|res|resp|rif|ref|r|bls|atb|"
    "fwd?|fw|wg|tr|rv|enc|doorst|vl|vb|vbs|pd|i|ilt|fs|videresend|továbbítás|"
    "回复|答复|回覆|转发|轉寄|转寄|返信|転送|회신|전달|отв|на|пересл|пересылка|απ|πρθ|σχετ"
)
PREFIX = re.compile(
    rf"\s*(?:{PREFIXES})\s*(?:\[\d{{1,4}}\]|\(\d{{1,4}}\)|\^\d{{1,4}})?\s*[:：]", re.I
)
FORWARDED = re.compile(
    r"\s*(?:fwd?|fw|wg|tr|rv|enc|doorst|vl|vb|vbs|pd|i|ilt|fs|videresend|továbbítás|转发|轉寄|转寄|"
    r"転送|전달|пересл|пересылка|πρθ)\s*(?:\[\d{1,4}\])?\s*[:：]",
    re.I,
)
LABEL = re.compile(r"\s*\[[^\[\]]{1,60}\]")
NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{2,8}[-_]?\d{4,12}|#\s?\d{4,12}"
    r"|(?:ticket|incident|request|anfrage|vorgang|demande|solicitud)[ .:#№-]{1,3}\d{4,12})(?!\w)",
    re.I,
)
LONGEST = 998
MOST_PREFIXES = 40


def matter(subject: str) -> str:
    """The subject without what mail programmes and lists put before it, for comparing."""
    rest = subject[:LONGEST]
    for _ in range(MOST_PREFIXES):
        found = PREFIX.match(rest) or LABEL.match(rest)
        if found is None:
            break
        rest = rest[found.end() :]
    return " ".join(rest.casefold().split())


def is_forward(subject: str) -> bool:
    return FORWARDED.match(subject[:LONGEST]) is not None


def is_about(subject: str, others: list[str]) -> bool:
    """True unless the words are new. Programmes cut long subjects, so a beginning is enough."""
    new = matter(subject)
    known = {matter(other) for other in others} - {""}
    if not new or not known:
        return True
    return any(new in old or old in new for old in known)


def their_number(subject: str) -> str:
    """The number that another desk writes into its subjects; empty when there is none."""
    found = NUMBER.search(subject[:LONGEST])
    return (
        "".join(each for each in found[0].upper() if each.isalnum() or each == "#") if found else ""
    )
