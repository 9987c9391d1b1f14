"""SPF (RFC 7208): whether a domain lets this server send in its name."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from amends.mailroom.resolver import Resolver

Result = Literal["pass", "fail", "softfail", "neutral", "none", "permerror"]
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
QUALIFIERS: dict[str, Result] = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
TERM = re.compile(
    r"([+?~-]?)(all|include|a|mx|ptr|exists)(?::(\S+?))?((?:/\d{1,3})?(?://\d{1,3})?)", re.I
)
IP_TERM = re.compile(r"([+?~-]?)(ip4|ip6):(\S+)", re.I)
REDIRECT = re.compile(r"redirect=(\S+)", re.I)
MACRO = re.compile(r"%(?:\{([slodipvhcrt])(\d*)(r?)([.+,/_=-]*)\}|([%_-]))", re.I)
MOST_QUESTIONS = 10
MOST_EXCHANGES = 10


class Broken(Exception):
    """The record makes no sense, or asks too much."""


def check(ip: str, sender: str, resolver: Resolver) -> Result:
    """For the sender of the envelope. Raises DnsAway when nothing is known."""
    domain = sender.rpartition("@")[2].lower()
    if not domain:
        return "none"
    try:
        return _Check(_address(ip), sender, resolver).host(domain)
    except (Broken, ValueError):
        return "permerror"


@dataclass
class _Check:
    """One question, with the count of what it has cost so far."""

    ip: Ip
    sender: str
    resolver: Resolver
    questions: int = 0

    def host(self, domain: str) -> Result:
        records = [
            text
            for text in self.resolver.texts(domain)
            if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")
        ]
        if len(records) != 1:
            if records:
                raise Broken("two records")
            return "none"
        terms = records[0].split()[1:]
        for term in terms:
            result = self._term(term, domain)
            if result is not None:
                return result
        return self._elsewhere(terms, domain)

    def _elsewhere(self, terms: list[str], domain: str) -> Result:
        for term in terms:
            if found := REDIRECT.fullmatch(term):
                self._ask()
                result = self.host(self._filled(found[1], domain))
                if result == "none":
                    raise Broken("redirected to nothing")
                return result
        return "neutral"

    def _term(self, term: str, domain: str) -> Result | None:
        if re.match(r"[a-z][a-z0-9_.-]*=", term, re.I):
            return None  # a modifier
        found = IP_TERM.fullmatch(term) or TERM.fullmatch(term)
        if found is None:
            raise Broken(term)
        name = found[2].lower()
        if name in ("ip4", "ip6"):
            fits = self._in_network(found[3])
        else:
            fits = self._fits(name, found[3] or "", found[4] or "", domain)
        return QUALIFIERS[found[1] or "+"] if fits else None

    def _fits(self, name: str, value: str, masks: str, domain: str) -> bool:
        if name == "all":
            return True
        self._ask()
        target = self._filled(value, domain) if value else domain
        if name == "include":
            return self._includes(target)
        if name == "exists":
            return bool(self.resolver.addresses(target, six=False))
        if name == "mx":
            hosts = self.resolver.exchanges(target)
            if len(hosts) > MOST_EXCHANGES:
                raise Broken("too many mail servers")
            return any(self._is_at(host, masks) for host in hosts)
        return name == "a" and self._is_at(target, masks)  # ptr is not to be used, and fits nobody

    def _includes(self, target: str) -> bool:
        result = self.host(target)
        if result == "none":
            raise Broken("includes nothing")
        return result == "pass"

    def _is_at(self, host: str, masks: str) -> bool:
        four, _, six = masks.partition("//")
        is_six = self.ip.version == 6
        width = six if is_six else four.lstrip("/")
        found = self.resolver.addresses(host, six=is_six)
        return any(self._in_network(f"{each}/{width or (128 if is_six else 32)}") for each in found)

    def _in_network(self, network: str) -> bool:
        return self.ip in ipaddress.ip_network(network, strict=False)

    def _ask(self) -> None:
        self.questions += 1
        if self.questions > MOST_QUESTIONS:
            raise Broken("too many questions")

    def _filled(self, text: str, domain: str) -> str:
        return MACRO.sub(lambda found: self._macro(found, domain), text)

    def _macro(self, found: re.Match[str], domain: str) -> str:
        if found[5]:
            return {"%": "%", "_": " ", "-": "%20"}[found[5]]
        local, _, of = self.sender.rpartition("@")
        told = {
            "s": self.sender,
            "l": local or "postmaster",
            "o": of,
            "d": domain,
            "h": domain,
            "i": self._spelled(),
            "v": "in-addr" if self.ip.version == 4 else "ip6",
        }.get(found[1].lower(), "unknown")
        pieces = re.split("[" + re.escape(found[4] or ".") + "]", told)
        pieces = pieces[::-1] if found[3] else pieces
        return ".".join(pieces[-int(found[2]) :] if found[2] else pieces)

    def _spelled(self) -> str:
        if self.ip.version == 4:
            return str(self.ip)
        return ".".join(self.ip.exploded.replace(":", ""))


def _address(text: str) -> Ip:
    ip = ipaddress.ip_address(text)
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return mapped or ip
