"""Customers, orders, visits and ratings from other programmes: any table, any size, as often as
anybody likes. History is written in bulk; what happens now goes through the journey."""
