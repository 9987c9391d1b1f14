"""What the coach hands back: notes on words that may hurt, praise for words that heal."""

from dataclasses import dataclass

# Worst first: what does the most harm to the person reading stands at the top.
FRAGMENT = (
    "blame_shift",
    "sorry_but",
    "non_apology",
    "minimise",
    "policy_recital",
    "excuse",
    "org_chart",
    "passive_evasion",
    "grovel",
    "vague_promise",
    "guess_wish",
    "boilerplate",
)
WHOLE = ("missing_name", "missing_restatement", "missing_ask", "missing_extra")
CATEGORIES = FRAGMENT + WHOLE
FEATURES = (
    "name",
    "restatement",
    "owned_apology",
    "done",
    "who_what_when",
    "ask",
    "extra",
    "thanks",
)


@dataclass(frozen=True, slots=True)
class Note:
    """Words that may hurt: `draft[start:end] == quote`; `instead` may be empty."""

    category: str
    start: int
    end: int
    quote: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Praise:
    """Words that heal: `draft[start:end] == quote`."""

    feature: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Review:
    """Notes stand worst first; praise stands in the order of the draft."""

    notes: tuple[Note, ...]
    praise: tuple[Praise, ...]
