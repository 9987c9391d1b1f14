"""Customers who buy, complain and leave by the model with a coin, for tests and the bench."""

import numpy as np

from amends.worth.coin import Lives, lives

R, ALPHA, A, B, RHO = 0.8, 50.0, 0.5, 2.5, 0.001


def simulated(customers: int, *, alone: float, helped: float, seed: int, days: int = 730) -> Lives:
    """Half of the complaints are repaired, by chance; leaving chance `alone` without, `helped` with."""
    chance = np.random.default_rng(seed)
    rows, complaints = [], []
    for row in range(customers):
        rate, leaves = chance.gamma(R) / ALPHA, chance.beta(A, B)
        end = float(chance.integers(180, days))
        at, x, last = 0.0, 0, 0.0
        alive = chance.random() >= leaves
        while alive:
            at += chance.exponential(1 / (rate + RHO))
            if at >= end:
                break
            if chance.random() < rate / (rate + RHO):
                x, last = x + 1, at
                alive = chance.random() >= leaves
            else:
                repaired = chance.random() < 0.5
                complaints.append((row, at, repaired))
                alive = chance.random() >= (helped if repaired else alone)
        rows.append((x, last, end))
    x, last, end = np.array(rows).T
    of, at, repaired = np.array(complaints, dtype=float).T
    return lives(x, last, end, of=of.astype(int), at=at, repaired=repaired)
