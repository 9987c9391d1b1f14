"""Telephone numbers: two spellings of one number are compared by what they ring (E.164)."""

from __future__ import annotations

KEY = 40  # characters of a number nobody could read that are compared


def key_of_number(number: str, *, country: str = "") -> str:
    """«020 7946 0000» in Great Britain and «+44 20 7946 0000» anywhere are one. What is no number
    of any country is kept, and compared by its digits."""
    import phonenumbers as known  # its tables are read when the first number comes

    try:
        read = known.parse(number, country.upper() or None)
    except known.NumberParseException:
        return _unread(number)
    if not known.is_valid_number(read):
        return _unread(number)
    rings = known.format_number(read, known.PhoneNumberFormat.E164)
    return f"{rings}x{read.extension}" if read.extension else rings


def ways_to_type(key: str) -> set[str]:
    """The digits by which people look for a number: with and without the country's own prefix."""
    import phonenumbers as known

    digits = _digits(key.partition("x")[0])
    if not key.startswith("+"):
        return {digits} if digits else set()
    try:
        read = known.parse(key.partition("x")[0], None)
    except known.NumberParseException:
        return {digits}
    here = known.format_number(read, known.PhoneNumberFormat.NATIONAL)
    return {digits, _digits(here), known.national_significant_number(read)}


def _unread(number: str) -> str:
    """Without a digit there is nothing to ring: then the words themselves are what is compared."""
    told = "".join(c for c in number if c.isdigit() or c == "+")
    return (told if _digits(told) else " ".join(number.lower().split()))[:KEY]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
