"""Who really sent a letter: what the trusted hop says of it, else what DKIM and SPF say; and what
nobody outside may say about it at all."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from publicsuffixlist import PublicSuffixList

from amends.kit.clock import now
from amends.mailroom import dkim, spf
from amends.mailroom.letter import Direction, Letter, Standing
from amends.mailroom.parsing import Parsed
from amends.mailroom.resolver import DnsAway, Resolver, the_resolver

if TYPE_CHECKING:
    from amends.mailroom.post import Post

LARGEST = 30 * 1024 * 1024
STILL_WORTH_ASKING = timedelta(days=1)
ENOUGH_SILENCE = 2  # letters for which no name server answered
LONGEST = 10.0  # seconds for all that is asked about one letter
REST = 600.0  # seconds; each of those questions took its time, and the worker has other work
NOWHERE = ".example"  # reserved for samples: there is nothing to look up
# What mail servers and desks say to themselves. From outside it is a forgery, whoever's it is; that
# a machine wrote it may be said by anybody.
MARKERS = re.compile(
    r"(?!x-(?:otrs|znuny|rt)-loop|x-freescout-(?:auto-reply|mail-type))(?:authentication-results|arc-.*|received-spf|.*-authentication-results"
    r"|x-(amends|zammad|rt|otrs|znuny|freescout|helpdesk|internal|staff|agent)(-.*)?"
    r"|x-.*(crypto|pgp|smime|encrypt|signature)-?(status|verified|result|ok)?|.*-verified)"
)
COMMENT = re.compile(r"\([^()]*\)")
CLAIM = re.compile(r"\s*([a-z0-9-]+)(?:/\d+)?\s*=\s*([a-z]+)", re.I)
PROPERTY = re.compile(r"([a-z]+)\.([a-z-]+)\s*=\s*(\"[^\"]*\"|\S+)", re.I)


class Resting:
    """While nobody answers, nobody is asked for a while; of one process."""

    until = 0.0

    def begin(self) -> None:
        self.until = monotonic() + REST

    def is_over(self) -> bool:
        return monotonic() >= self.until


resting = Resting()


class Verdict(NamedTuple):
    """Whether the sender is who the letter says, which domain vouches for it, and why we think so."""

    standing: Standing
    signed_by: str = ""
    why: str = ""

    @property
    def is_proven(self) -> bool:
        return self.standing == Standing.PROVEN


def without_markers(parsed: Parsed) -> Parsed:
    """Nobody outside says of a letter that it is checked, signed, or ours. What the trusted hop said
    stands on top, or it is not from there; the original is kept as it came."""
    kept = {name: said for name, said in parsed.headers.items() if not MARKERS.fullmatch(name)}
    if said := _said_by_hop(parsed):
        kept["authentication-results"] = [said]
    return replace(parsed, headers=kept)


def by_the_hop(parsed: Parsed) -> Verdict | None:
    """What our own mail server found out; None when there is none that we trust."""
    said = _said_by_hop(parsed)
    if not said:
        return None
    domain = _domain(parsed.sender.address)
    claims = [(found, piece) for piece in _pieces(said) if (found := CLAIM.match(piece))]
    for found, piece in claims:
        vouched = _vouched(found[1].lower(), piece)
        if found[2].lower() == "pass" and vouched and are_one(vouched, domain):
            return Verdict(Standing.PROVEN, vouched, f"{settings.AMENDS_MAIL_HOP} checked it.")
    if any(found[1].lower() == "dmarc" and found[2].lower() == "fail" for found, _ in claims):
        return Verdict(Standing.REFUTED, "", f"{domain} did not send it.")
    return Verdict(Standing.UNPROVEN, "", "Nothing in it shows who sent it.")


def judge(post: Post, parsed: Parsed, resolver: Resolver | None = None) -> Verdict:
    """Asks the net unless the trusted hop has spoken; never inside a transaction."""
    domain = _domain(parsed.sender.address)
    if not domain:
        return Verdict(Standing.UNPROVEN, "", "It names no sender.")
    if len(parsed.headers.get("from", [])) > 1:
        return Verdict(Standing.UNPROVEN, "", "It names several senders.")
    said = by_the_hop(parsed)
    if said is not None:
        return said
    if post.size > LARGEST:
        return Verdict(Standing.UNKNOWN, "", "It is too large to be checked.")
    try:
        return _find_out(post, domain, (resolver or the_resolver()).within(LONGEST))
    except DnsAway:
        return Verdict(Standing.UNKNOWN, "", "The names of the net could not be looked up.")


def look_into_senders(limit: int = 20) -> int:
    """Letters of which nobody has looked yet who sent them, away from the way in; how many are known
    now. What cannot be looked up is asked again for a day, in no order, so that one name that never
    answers holds up nobody else."""
    known = away = 0
    at = now()
    if not resting.is_over():
        return 0
    waiting = Letter.objects.filter(direction=Direction.IN, channel="email", standing="")
    real = waiting.exclude(post=None).exclude(sender__iendswith=NOWHERE)
    for letter in real.select_related("post").order_by("?")[:limit]:
        assert letter.post is not None  # asked for above
        verdict = judge_post(letter.post)
        if verdict.standing == Standing.UNKNOWN and letter.made_at > at - STILL_WORTH_ASKING:
            away += 1
            if away >= ENOUGH_SILENCE:
                resting.begin()
                break
            continue
        known += Letter.objects.filter(pk=letter.pk, standing="").update(**verdict._asdict())
    return known


def judge_post(post: Post) -> Verdict:
    """By its headers alone; how it reads is of no concern here."""
    try:
        raw = post.raw()
    except OSError:
        return Verdict(Standing.UNKNOWN, "", "The original cannot be read.")
    return judge(post, without_markers(Parsed.unreadable(raw)))


def _find_out(post: Post, domain: str, resolver: Resolver) -> Verdict:
    away: DnsAway | None = None
    troubles: list[str] = []
    for look in (_by_dkim, _by_spf):
        try:
            vouched, trouble = look(post, domain, resolver)
        except DnsAway as nobody:
            away = nobody
            continue
        if vouched:
            return Verdict(Standing.PROVEN, vouched, "")
        troubles += [trouble] if trouble else []
    if away is not None:
        raise away
    why = "; ".join(troubles)[:200]
    if _asks_for_refusal(domain, resolver):
        return Verdict(Standing.REFUTED, "", why or f"{domain} signs what it sends, and not this.")
    return Verdict(Standing.UNPROVEN, "", why or "Nothing in it shows who sent it.")


def _by_dkim(post: Post, domain: str, resolver: Resolver) -> tuple[str, str]:
    """The domain that vouches for the sender; else why nobody does."""
    signed = dkim.signatures(post.raw(), resolver, of=lambda other: are_one(other, domain))
    good = next((each.domain for each in signed if each.holds), "")
    return good, "" if good else next((each.why for each in signed), "")


def _by_spf(post: Post, domain: str, resolver: Resolver) -> tuple[str, str]:
    sender = post.sender.strip("<>")
    if not _is_public(post.peer) or not are_one(_domain(sender), domain):
        return "", ""
    if spf.check(post.peer, sender, resolver) == "pass":
        return _domain(sender), ""
    return "", f"the server that brought it may not send for {_domain(sender)}"


def _asks_for_refusal(domain: str, resolver: Resolver) -> bool:
    """Whether the domain wants what is not proven to be refused (DMARC)."""
    for name in dict.fromkeys([domain, organisation_of(domain)]):
        records = [dkim.tags_of(text) for text in resolver.texts(f"_dmarc.{name}")]
        for record in records:
            if record.get("v", "").upper() == "DMARC1":
                policy = (
                    record.get("p", "") if name == domain else record.get("sp", record.get("p"))
                )
                return (policy or "").lower() in ("reject", "quarantine")
    return False


def are_one(one: str, other: str) -> bool:
    """Two domains of one organisation: DMARC's relaxed alignment."""
    return bool(one and other) and organisation_of(one) == organisation_of(other)


def organisation_of(domain: str) -> str:
    """`mail.shop.co.uk` is of `shop.co.uk`; a public suffix is only itself."""
    domain = domain.lower().rstrip(".")
    return _suffixes().privatesuffix(domain) or domain


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _said_by_hop(parsed: Parsed) -> str:
    hop = settings.AMENDS_MAIL_HOP
    top = next(iter(parsed.headers.get("authentication-results", [])), "")
    name = COMMENT.sub(" ", top).split(";")[0].split()
    return top if hop and name and name[0].lower() == hop else ""


def _pieces(said: str) -> list[str]:
    while (bare := COMMENT.sub(" ", said)) != said:
        said = bare
    return said.split(";")[1:]


def _vouched(method: str, piece: str) -> str:
    """The domain for which this method says «pass»."""
    wanted = {"dkim": ("d", "i"), "spf": ("mailfrom",), "dmarc": ("from",)}.get(method, ())
    for _, name, value in PROPERTY.findall(piece):
        if name.lower() in wanted:
            return _domain("@" + value.strip('"').rpartition("@")[2])
    return ""


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip(" <>").lower().rstrip(".") if "@" in address else ""


def _is_public(ip: str) -> bool:
    try:
        return ipaddress.ip_address(ip).is_global
    except ValueError:
        return False
