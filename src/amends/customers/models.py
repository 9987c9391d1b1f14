"""Customers, their addresses, orders and visits, and what they are worth."""

from amends.customers.appraisal import Appraisal
from amends.customers.call import Call
from amends.customers.customer import Address, Customer
from amends.customers.merging import Merge, TwoPeople
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.customers.rhythm import Rhythm
from amends.customers.terms import Terms
from amends.customers.visit import Visit
from amends.customers.vocabulary import Word
from amends.customers.worth import Worth

__all__ = [
    "Address",
    "Appraisal",
    "Call",
    "Customer",
    "Merge",
    "Order",
    "Rating",
    "Rhythm",
    "Terms",
    "TwoPeople",
    "Visit",
    "Word",
    "Worth",
]
