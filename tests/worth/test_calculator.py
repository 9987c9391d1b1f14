import pytest

from amends.worth.calculator import lifetime


def test_s0_17_the_calculator_is_the_formula_and_the_sum_of_its_years():
    """M6: margin per year × r ÷ (1 + i − r)."""
    assert lifetime(300, keep=0.8, rate=0.1) == pytest.approx(800)
    years = sum(300 * (0.8 / 1.1) ** year for year in range(1, 400))
    assert lifetime(300, keep=0.8, rate=0.1) == pytest.approx(years)


def test_whoever_never_comes_again_brings_nothing():
    assert lifetime(300, keep=0, rate=0.1) == 0


@pytest.mark.parametrize(("keep", "rate"), [(1.2, 0.1), (-0.1, 0.1), (0.5, 1.5), (1, 0)])
def test_figures_that_mean_nothing_are_refused(keep, rate):
    with pytest.raises(ValueError, match=r"share|no end"):
        lifetime(300, keep=keep, rate=rate)
