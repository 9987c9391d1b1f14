from decimal import Decimal

import pytest

from amends.kit.money import show


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (Decimal("12"), "GBP", "£12"),
        (Decimal("1234.5"), "EUR", "€1,234.50"),
        (Decimal("0"), "GBP", "£0"),
        (None, "GBP", ""),
    ],
)
def test_money_is_written_as_people_write_it(amount, currency, shown):
    assert show(amount, currency) == shown
