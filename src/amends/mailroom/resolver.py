"""Questions to the domain name system, with a bound on each; injectable, so that tests bring a server
of their own."""

from __future__ import annotations

from copy import copy
from functools import cache
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

import dns.exception
import dns.resolver
import dns.reversename
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.LabelTooLong, dns.name.EmptyLabel)


class DnsAway(Exception):
    """Nobody answered: nothing is known, which is not the same as nothing being there."""


class Resolver:
    """Asks the servers of this machine, or those it is given."""

    deadline = inf

    def __init__(self, *servers: str, port: int = 53, patience: float = 3.0) -> None:
        self.patience = patience
        try:
            self._asked = dns.resolver.Resolver(configure=not servers)
        except dns.exception.DNSException:  # this machine names no server at all
            self._asked = dns.resolver.Resolver(configure=False)
        if servers:
            self._asked.nameservers = list(servers)
        self._asked.port = port
        self._asked.lifetime = self._asked.timeout = patience
        self._asked.cache = dns.resolver.LRUCache(2_000)

    def within(self, seconds: float) -> Resolver:
        """The same, for so long in all: whoever wrote a letter may own slow name servers."""
        hurried = copy(self)
        hurried.deadline = monotonic() + seconds
        return hurried

    def texts(self, name: str) -> list[str]:
        """TXT records, each with its pieces put together."""
        return [
            b"".join(record.strings).decode("utf-8", "replace")  # type: ignore[attr-defined]
            for record in self._records(name, "TXT")
        ]

    def addresses(self, name: str, *, six: bool) -> list[str]:
        return [record.to_text() for record in self._records(name, "AAAA" if six else "A")]

    def exchanges(self, name: str) -> list[str]:
        """The names of the mail servers of a domain."""
        return [
            record.exchange.to_text(omit_final_dot=True)  # type: ignore[attr-defined]
            for record in self._records(name, "MX")
        ]

    def _records(self, name: str, kind: str) -> Iterator[dns.rdata.Rdata]:
        patience = min(self.patience, self.deadline - monotonic())
        if patience <= 0:
            raise DnsAway("nobody is asked")
        try:
            asked = name.rstrip(".") + "."
            yield from self._asked.resolve(asked, kind, search=False, lifetime=patience)
        except NOTHING:
            return
        except dns.exception.SyntaxError:
            return
        except (dns.exception.DNSException, OSError) as away:
            raise DnsAway(f"{kind} {name}: {away}"[:300]) from away


@cache
def resolver_at(server: tuple[str, int] | None, patience: float) -> Resolver:
    if server is None:
        return Resolver(patience=patience)
    return Resolver(server[0], port=server[1], patience=patience)


def the_resolver() -> Resolver:
    """The one of this installation."""
    return resolver_at(settings.AMENDS_DNS, settings.DNS_PATIENCE)
