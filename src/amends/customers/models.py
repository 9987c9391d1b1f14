"""Customers, their addresses, orders and visits, and what they are worth."""

from amends.customers.appraisal import Appraisal
from amends.customers.customer import Address, Customer
from amends.customers.order import Order
from amends.customers.terms import Terms
from amends.customers.visit import Visit
from amends.customers.worth import Worth

__all__ = ["Address", "Appraisal", "Customer", "Order", "Terms", "Visit", "Worth"]
