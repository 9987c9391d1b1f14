"""A sample business to try things with: its people, and stories lived through the journey."""

from amends.demo.custom import buy
from amends.demo.stories import tell
from amends.demo.town import PASSWORD, SIGN_INS, address_of, settle
from amends.demo.watches import watch

__all__ = ["PASSWORD", "SIGN_INS", "address_of", "buy", "settle", "tell", "watch"]
