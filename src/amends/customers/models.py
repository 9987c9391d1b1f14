"""Customers, their addresses, orders and visits."""

from amends.customers.customer import Address, Customer
from amends.customers.order import Order
from amends.customers.visit import Visit

__all__ = ["Address", "Customer", "Order", "Visit"]
