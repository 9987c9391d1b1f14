"""What a customer may be worth on the back of an envelope: the owner's own figures and one formula."""


def lifetime(margin_a_year: float, *, keep: float, rate: float) -> float:
    """Margin of all years to come, each later year counting less.

    `margin_a_year` in money; `keep` is the share of customers still there a year later and `rate` the
    yearly interest, both between 0 and 1. Returns money: m k / (1 + i - k), the sum of m (k / (1 + i))^t
    over the years t = 1, 2, … (Berger & Nasr 1998, case 1 with the first margin after a year).

    Raises ValueError when a figure is out of its bounds or the sum would have no end (k = 1, i = 0).
    """
    if not (0 <= keep <= 1 and 0 <= rate <= 1):
        raise ValueError("A share lies between 0 and 1.")
    if keep == 1 and rate == 0:
        raise ValueError("Without leaving and without interest the sum has no end.")
    return margin_a_year * keep / (1 + rate - keep)
