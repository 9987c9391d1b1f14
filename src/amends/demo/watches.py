"""What the sample watches for: what came late, and whose buyers have not said a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.customers.customer import AddressKind
from amends.signals import looking, watching
from amends.signals.signal import Signal
from amends.signals.watch import Sees, Watch

if TYPE_CHECKING:
    from amends.demo.town import Town

ON = (Sees.LATE, Sees.MISSING)


def watch(town: Town) -> int:
    """Switched on, and looked once; how many were named."""
    watching.start_with()
    for known in Watch.objects.filter(sees__in=ON):
        watching.keep(known, by=town.olive, is_on=True, per_day=3)
    named = looking.look_around()
    for signal in Signal.objects.with_people():
        if not signal.customer.email:
            name = signal.customer.name.lower().replace(" ", ".")
            signal.customer.reachable_at(AddressKind.EMAIL, f"{name}@quiet.example")
    return named
