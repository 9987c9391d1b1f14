"""BG/NBD, for comparison only: nobody leaves before a second purchase, so its P(alive) is 1 for every
customer who bought once. Never show it, never rank by it.

Fader, Hardie & Lee (2005), Marketing Science 24(2)."""

from amends.worth.geometric import BetaGeometric, overdue

__all__ = [
    "CENTRE",
    "TIMED",
    "curve",
    "discounted",
    "expected",
    "log_likelihood",
    "log_value",
    "name",
    "overdue",
    "p_alive",
    "silent",
]

name = "bg"
CENTRE = (0.5, 0.25, 0.8, 2.0)  # of the prior: r, alpha / mean T, a, b
TIMED = (False, True, False, False)  # which of them are times
_MODEL = BetaGeometric(first=0)
log_likelihood = _MODEL.log_likelihood
log_value = _MODEL.log_value
p_alive = _MODEL.p_alive
expected = _MODEL.expected
discounted = _MODEL.discounted
curve = _MODEL.curve
silent = _MODEL.silent
