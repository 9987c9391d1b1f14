"""Whether letters from our domain will be believed: its SPF, DKIM and DMARC as the world sees them,
in plain words, each with what to add."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from amends.mailroom.resolver import DnsAway, the_resolver
from amends.mailroom.road import configured
from amends.mailroom.sending import Sending
from amends.mailroom.spf import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amends.mailroom.resolver import Resolver

GOOD, SOON, BROKEN, UNKNOWN = "good", "soon", "broken", "unknown"
FOR_TRYING = re.compile(r"(.*\.)?(localhost|test|example|invalid|local|internal)|[^.]+")
# What a provider asks to be included, by the end of its server's name.
INCLUDES = {
    "amazonaws.com": "amazonses.com",
    "mailgun.org": "mailgun.org",
    "sendgrid.net": "sendgrid.net",
    "postmarkapp.com": "spf.mtasv.net",
    "office365.com": "spf.protection.outlook.com",
    "google.com": "_spf.google.com",
    "gmail.com": "_spf.google.com",
    "mailjet.com": "spf.mailjet.com",
    "brevo.com": "spf.brevo.com",
}
USUAL_SELECTORS = [
    "default",
    "dkim",
    "mail",
    "selector1",
    "selector2",
    "google",
    "s1",
    "s2",
    "k1",
    "k2",
    "k3",
    "pm",
    "mta",
    "smtp",
    "mx",
    "key1",
    "fm1",
    "mailjet",
    "mandrill",
    "mlgn",
    "pic",
    "brevo1",
    "brevo2",
    "zoho",
    "protonmail",
]
AWAY = (
    "The name servers cannot be reached from here, so this could not be looked up. That says "
    "nothing about whether it is right."
)


class Finding(NamedTuple):
    """One thing looked up: how it is, and the record that would mend it."""

    about: str
    state: str
    words: str
    add: str = ""


def look_at_sending(*, own_people: int = 0) -> list[Finding]:
    """Of this installation. `own_people` is how many of us have addresses at the same domain."""
    hosts = [server.host for server in configured().values() if server.host]
    rules = Sending.rules()
    return look_at(
        settings.AMENDS_MAIL_DOMAIN,
        hosts=hosts,
        selector=rules.dkim_selector,
        resolver=the_resolver(),
        own_people=own_people,
    )


def look_at(
    domain: str, *, hosts: list[str], selector: str, resolver: Resolver, own_people: int = 0
) -> list[Finding]:
    if FOR_TRYING.fullmatch(domain):
        words = f"{domain} is a name for trying things: the world knows nothing of it."
        return [Finding("Domain", UNKNOWN, words)]
    try:
        return [*_look_at(domain, hosts, selector, resolver), *_own_people(domain, own_people)]
    except DnsAway:
        return [Finding("Domain", UNKNOWN, AWAY)]


def _look_at(domain: str, hosts: list[str], selector: str, resolver: Resolver) -> Iterator[Finding]:
    spf = [*_spf(domain, hosts, resolver)]
    dkim = _dkim(domain, selector, resolver)
    yield _answers(domain, resolver)
    yield from spf
    yield dkim
    yield _dmarc(domain, resolver, proven=any(found.state == GOOD for found in [*spf, dkim]))


def _answers(domain: str, resolver: Resolver) -> Finding:
    if resolver.exchanges(domain):
        return Finding("Answers", GOOD, f"There is a mail server for {domain}.")
    words = f"No mail server is named for {domain}: answers to our letters go nowhere."
    return Finding("Answers", BROKEN, words, f"{domain}. MX 10 the.server.that.takes.mail.")


def _spf(domain: str, hosts: list[str], resolver: Resolver) -> Iterator[Finding]:
    records = [text for text in resolver.texts(domain) if re.match(r"v=spf1( |$)", text, re.I)]
    if len(records) > 1:
        words = f"{domain} has {len(records)} SPF records. Then none of them counts: make them one."
        yield Finding("SPF", BROKEN, words)
    elif not records:
        words = f"{domain} has no SPF record: nobody can tell that our server may send for it."
        wanted = " ".join(_term(host) for host in hosts) or "a:our.mail.server"
        yield Finding("SPF", BROKEN, words, f'{domain}. TXT "v=spf1 {wanted} ~all"')
    else:
        yield from (_lets(records[0], domain, host, resolver) for host in hosts)
        if not hosts:
            words = "There is an SPF record. Which server sends for us is not set up yet."
            yield Finding("SPF", UNKNOWN, words)


def _lets(record: str, domain: str, host: str, resolver: Resolver) -> Finding:
    """Whether the record names this way out, by the provider's include or by its addresses."""
    include = _include(host)
    if include and include in record.lower():
        return Finding("SPF", GOOD, f"SPF lets {host} send for {domain}.")
    ips = [] if include else _ips(host, resolver)
    if not include and not any(ipaddress.ip_address(ip).is_global for ip in ips):
        words = (
            f"Letters leave by {host}, which the world knows under another address. Make sure that "
            "the SPF record names that one."
        )
        return Finding("SPF", UNKNOWN, words)
    if ips and all(check(ip, f"desk@{domain}", resolver) == "pass" for ip in ips):
        return Finding("SPF", GOOD, f"SPF lets {host} send for {domain}.")
    words = f"The SPF record of {domain} does not name {host}, by which our letters leave."
    return Finding("SPF", BROKEN, words, f'in the record "{record}": {_term(host)}')


def _dkim(domain: str, selector: str, resolver: Resolver) -> Finding:
    for name in [selector] if selector else USUAL_SELECTORS:
        key = _key(f"{name}._domainkey.{domain}", resolver)
        if key:
            return Finding("DKIM", GOOD, f"There is a key to sign with, under {name}.")
        if key == "":
            return Finding("DKIM", BROKEN, f"The key under {name} was taken back: it is empty.")
    if selector:
        words = f"There is no key under {selector}._domainkey.{domain}. Ask your provider for it."
        return Finding("DKIM", BROKEN, words)
    words = (
        "No key was found under the usual names. Your provider signs letters and tells you its "
        "selector: write it above, then it is looked up here."
    )
    return Finding("DKIM", SOON, words)


def _dmarc(domain: str, resolver: Resolver, *, proven: bool) -> Finding:
    where, record = _policy(domain, resolver)
    if not record:
        words = (
            f"{domain} has no DMARC policy: anybody may write in its name, and we hear of nothing."
        )
        add = f'_dmarc.{domain}. TXT "v=DMARC1; p=none; rua=mailto:postmaster@{domain}"'
        return Finding("DMARC", BROKEN, words, add)
    asks = re.search(r"\bp\s*=\s*(none|quarantine|reject)", record, re.I)
    policy = asks[1].lower() if asks else "none"
    if policy != "none" and not proven:
        words = (
            f"{where} asks others to {policy} what is not proven, and neither SPF nor DKIM proves "
            "our letters: they will not arrive. Mend one of the two first."
        )
        return Finding("DMARC", BROKEN, words)
    if "rua=" not in record.lower():
        words = "There is a policy, but nobody gets the reports that say who refuses our letters."
        return Finding("DMARC", SOON, words, f"in the record: rua=mailto:postmaster@{domain}")
    what = "watches, and refuses nothing yet" if policy == "none" else f"asks others to {policy}"
    return Finding("DMARC", GOOD, f"The policy of {where} {what} what is not proven to be ours.")


def _own_people(domain: str, count: int) -> Iterator[Finding]:
    """Our own mail server may take a letter from us to ourselves for a forgery (Mailu#2475)."""
    if count:
        who = "One of us has an address" if count == 1 else f"{count} of us have addresses"
        words = (
            f"{who} at {domain} too. The mail server of {domain} may refuse our letters to them, "
            "because they come from outside in its own name. Let it take mail for "
            f"desk@{domain} from where our letters leave, or send by that very server."
        )
        yield Finding("Our own people", SOON, words)


def _policy(domain: str, resolver: Resolver) -> tuple[str, str]:
    """The domain's own, else the one of the domain above it, up to the last two names."""
    names = domain.split(".")
    for above in range(len(names) - 1):
        asked = ".".join(names[above:])
        texts = resolver.texts(f"_dmarc.{asked}")
        found = next((text for text in texts if text.lower().startswith("v=dmarc1")), "")
        if found:
            return asked, found
    return domain, ""


def _key(name: str, resolver: Resolver) -> str | None:
    """The public key; empty when it was revoked, nothing when there is none."""
    for text in resolver.texts(name):
        if found := re.search(r"(?:^|;)\s*p\s*=\s*([^;]*)", text):
            return found[1].strip()
    return None


def _ips(host: str, resolver: Resolver) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return [*resolver.addresses(host, six=False), *resolver.addresses(host, six=True)]


def _term(host: str) -> str:
    include = _include(host)
    if include:
        return f"include:{include}"
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return f"a:{host}"
    return f"ip{ip.version}:{ip}"


def _include(host: str) -> str:
    return next((name for end, name in INCLUDES.items() if host.lower().endswith(end)), "")
