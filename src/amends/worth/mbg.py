"""MBG/NBD, the model by default: a customer may leave after any purchase, the first included.

Batislam, Denizel & Filiztekin (2007), International Journal of Research in Marketing 24."""

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

name = "mbg"
CENTRE = (0.5, 0.25, 0.8, 2.0)  # of the prior: r, alpha / mean T, a, b
TIMED = (False, True, False, False)  # which of them are times
_MODEL = BetaGeometric(first=1)
log_likelihood = _MODEL.log_likelihood
log_value = _MODEL.log_value
p_alive = _MODEL.p_alive
expected = _MODEL.expected
discounted = _MODEL.discounted
curve = _MODEL.curve
silent = _MODEL.silent
