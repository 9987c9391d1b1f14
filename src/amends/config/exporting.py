"""`amends export customer`: all that we hold about one person, for that person."""

from amends.customers.customer import AddressKind, Customer
from amends.kit.clock import now
from amends.recovery.held import as_csv, as_json, held_of
from amends.recovery.journey import took_out

WRITTEN = {"json": as_json, "csv": as_csv}


class NobodyThere(Exception):
    """There is no such customer; the message says so."""


def customer(whose: str, *, how: str) -> str:
    """By reference or e-mail address. That it was taken out is written down."""
    known = Customer.objects.filter(merged_into=None).called_for(whose).first()
    known = known or Customer.at(AddressKind.EMAIL, whose)
    if known is None:
        raise NobodyThere(f"Nobody is known by {whose}: give a reference or an e-mail address.")
    written = WRITTEN[how](held_of(known))
    took_out(known, by=None, at=now())
    return written
