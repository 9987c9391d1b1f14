"""Rules of integration against integrals that are known."""

import numpy as np
import pytest

from amends.worth.quadrature import along, beta_rule, legendre


@pytest.mark.parametrize(
    ("a", "b"),
    [(0.05, 0.1), (0.9, 1.6), (1, 1), (2, 2), (4, 3000), (10, 40), (300, 200), (60, 5001)],
)
def test_moments_of_a_beta_law(a: float, b: float):
    p, weights = beta_rule(a, b)
    mean = a / (a + b)
    assert weights @ p == pytest.approx(mean, rel=2e-12)
    assert weights @ p**2 == pytest.approx(mean * (a + 1) / (a + b + 1), rel=2e-12)


def test_legendre_on_the_unit_interval():
    nodes, weights = legendre(8)
    assert weights @ nodes**15 == pytest.approx(1 / 16, rel=1e-14)


def test_many_points_are_interpolated_as_well_as_computed():
    at = np.geomspace(5, 5000, 300)

    def falls(x: np.ndarray) -> np.ndarray:
        return x / (30 + x) ** 1.5

    assert along(falls, at) == pytest.approx(falls(at), rel=1e-12)
    assert along(falls, at[:10]) == pytest.approx(falls(at[:10]), rel=1e-15)
    assert along(falls, np.full(100, 7.0)) == pytest.approx(np.full(100, falls(np.array(7.0))))
