"""The list Django needs."""

from amends.people.business import Business
from amends.people.invitation import Invitation
from amends.people.person import Person, Work
from amends.people.place import OpeningHours, Place, SpecialDay
from amends.people.roster import Away, Shift
from amends.people.token import Token

__all__ = [
    "Away",
    "Business",
    "Invitation",
    "OpeningHours",
    "Person",
    "Place",
    "Shift",
    "SpecialDay",
    "Token",
    "Work",
]
