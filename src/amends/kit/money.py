"""Money as decimal amount and ISO currency, written the way people write it."""

from decimal import Decimal

from moneyed import Money
from moneyed.l10n import format_money

MEANT = 2  # figures of a rough sum that mean something
LOCALE = "en_GB"


def show(amount: Decimal | None, currency: str) -> str:
    """£12 or £12.50; nothing for no amount."""
    if amount is None:
        return ""
    digits = 0 if amount == amount.to_integral_value() else 2
    pattern = "¤#,##0" if digits == 0 else "¤#,##0.00"
    return format_money(
        Money(amount, currency), format=pattern, locale=LOCALE, currency_digits=False
    )


def roughly(amount: Decimal | float | None, currency: str) -> str:
    """£1,900 for £1,874.31: as one says what is only likely."""
    if amount is None:
        return ""
    exact = Decimal(amount)
    if not exact:
        return show(Decimal(0), currency)
    step = Decimal(10) ** max(0, exact.adjusted() + 1 - MEANT)
    return show((exact / step).quantize(Decimal(1)) * step, currency)
