"""The kinds of fields: what is taken, what is refused."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from amends.api import words


def taken(kind, value):
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (words.Text, "a\0b"),
        (words.Text, "\ud800"),
        (words.Text, 5),
        (words.Text, None),
        (words.Line, "x" * 301),
        (words.Email, "nobody"),
        (words.Email, "a@b c"),
        (words.Money, "-1"),
        (words.Money, "1.234"),
        (words.Money, "1e99"),
        (words.Money, "NaN"),
        (words.Money, float("inf")),
        (words.Money, True),
        (words.Money, "12345678901.00"),
        (words.Moment, 5),
        (words.Moment, True),
        (words.Moment, "2026-06-01"),
        (words.Moment, "2026-06-01T09:00"),
        (words.Moment, "0001-01-01T00:00:00Z"),
        (words.Moment, "9999-12-31T23:59:59-14:00"),
        (words.Past, "2100-01-01T00:00:00Z"),
        (words.Currency, "gbp"),
        (words.Currency, "GBP\n"),
        (words.OneOrMany[int], []),
        (words.OneOrMany[int], [1] * 501),
    ],
)
def test_what_makes_no_sense_is_refused(kind, value):
    with pytest.raises(ValidationError):
        taken(kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "meant"),
    [
        (words.Text, "Grüße 🐟\n", "Grüße 🐟\n"),
        (words.Email, "", ""),
        (words.Money, "12.5", Decimal("12.5")),
        (words.Money, 0.1, Decimal("0.1")),
        (words.Currency, "", ""),
        (words.Moment, "2026-06-01T10:00:00+01:00", datetime(2026, 6, 1, 9, tzinfo=UTC)),
        (words.OneOrMany[int], 7, [7]),
        (words.OneOrMany[int], [7, 8], [7, 8]),
        (words.Amount, Decimal("30"), Decimal("30.00")),
    ],
)
def test_what_makes_sense_is_taken(kind, value, meant):
    found = taken(kind, value)
    assert found == meant
    assert str(found) == str(meant)


def test_fields_that_nobody_knows_are_refused():
    class Sorry(words.Told):
        words: str

    with pytest.raises(ValidationError):
        Sorry.model_validate({"words": "x", "word": "y"})
