from decimal import Decimal

import pytest

from amends.kit.money import roughly, show


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


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1874.31", "£1,900"),
        ("2612", "£2,600"),
        ("94.6", "£95"),
        ("4.2", "£4"),
        ("0", "£0"),
        ("996", "£1,000"),
    ],
)
def test_what_is_only_likely_is_said_roughly(amount, words):
    assert roughly(Decimal(amount), "GBP") == words
