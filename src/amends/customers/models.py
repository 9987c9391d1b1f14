"""Customers, their addresses, orders and visits, and where they stand."""

from amends.customers.customer import Address, Customer
from amends.customers.order import Order
from amends.customers.standing import Standing
from amends.customers.visit import Visit

__all__ = ["Address", "Customer", "Order", "Standing", "Visit"]
