import base64

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom import dkim
from amends.mailroom.resolver import DnsAway
from tests.mailroom.mails import mail
from tests.mailroom.names import names
from tests.mailroom.sealing import ed25519, record_of, rsa, seal

# RFC 8463, appendix A: signed by others, with both kinds of key.
RFC_8463 = b"""\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
"""


@pytest.fixture
def dns():
    with names() as server:
        yield server


@pytest.fixture
def shop(dns):
    """A domain that publishes its key."""
    dns.text("one._domainkey.shop.test", record_of(rsa()))
    return dns


def look(raw, dns):
    return dkim.signatures(raw, dns.resolver())


def sealed(**more):
    raw = more.pop("raw", mail("Two  lines \t\nand an end.\n\n\n", sender="Bo <bo@shop.test>"))
    return seal(raw, more.pop("key", rsa()), **{"domain": "shop.test", **more})


@pytest.mark.parametrize("relaxed", [True, False])
def test_a_signature_that_fits_holds(shop, relaxed):
    assert look(sealed(relaxed=relaxed), shop) == [("shop.test", True, "")]


def test_ed25519_holds_too(dns):
    dns.text("one._domainkey.shop.test", record_of(ed25519()))
    assert look(sealed(key=ed25519()), dns)[0].holds


def test_what_somebody_else_signed_and_published_holds(dns):
    dns.text(
        "brisbane._domainkey.football.example.com",
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    )
    first = look(RFC_8463, dns)[0]
    assert first == ("football.example.com", True, "")


def test_line_ends_changed_on_the_way_do_no_harm(shop):
    assert look(sealed().replace(b"\r\n", b"\n"), shop)[0].holds


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda raw: raw.replace(b"Two", b"Six"), "the letter was changed on its way"),
        (lambda raw: raw.replace(b"Chipped", b"Broken"), "the signature does not fit the letter"),
        (
            lambda raw: raw.replace(b"From: Bo", b"From: Eve <eve@x.test>\r\nX: "),
            "the signature does not fit the letter",
        ),
        (lambda raw: raw.replace(b"; d=shop.test", b""), "the signature is incomplete"),
        (lambda raw: raw.replace(b"s=one", b"s=two"), "the domain publishes no such key"),
        (lambda raw: raw.replace(b"h=from:", b"h="), "the sender is not signed"),
    ],
)
def test_a_signature_that_does_not_fit_says_why(shop, change, why):
    [found] = look(change(sealed()), shop)
    assert (found.holds, found.why) == (False, why)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"more": "l=3; "}, "only a part of the letter is signed"),
        ({"more": "x=1000; "}, "the signature has expired"),
        ({"more": "i=bo@other.test; "}, "the signature names two domains"),
        ({"names": "to:subject"}, "the sender is not signed"),
    ],
)
def test_a_weak_signature_counts_as_none(shop, more, why):
    assert look(sealed(**more), shop)[0].why == why


def test_a_short_key_and_a_withdrawn_one_prove_nothing(dns):
    short = rsa(1024)
    dns.text("one._domainkey.shop.test", record_of(short))
    assert look(sealed(key=short), dns)[0].holds  # the least that is allowed
    dns.text("one._domainkey.shop.test", "v=DKIM1; p=")
    assert not look(sealed(), dns)[0].holds
    dns.text("one._domainkey.shop.test", "v=DKIM1; p=" + base64.b64encode(b"nonsense").decode())
    assert look(sealed(), dns)[0].why == "the domain's key cannot be read"


def test_a_second_from_below_the_signed_one_is_seen(shop):
    """The lowest is signed; one put above it is what people would see."""
    raw = sealed(names="from:from:to")
    assert look(raw, shop)[0].holds
    assert not look(raw.replace(b"From: Bo", b"From: Eve <eve@x.test>\r\nFrom: Bo"), shop)[0].holds


def test_when_nobody_answers_nothing_is_known(shop):
    shop.silent.add("one._domainkey.shop.test")
    with pytest.raises(DnsAway):
        look(sealed(), shop)


def test_only_a_few_signatures_are_looked_at(shop):
    raw = sealed()
    for _ in range(20):
        raw = seal(raw, rsa(), domain="shop.test")
    assert len(look(raw, shop)) == dkim.MOST


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff",
        b"DKIM-Signature: ",
        b"DKIM-Signature: b=b=b\n\n",
        b"DKIM-Signature:" + b";=" * 5000,
        b"a" * 2_000_000,
        b"a:" * 1_000_000,
        b"DKIM-Signature: b=\r\n " * 50_000,
    ],
)
def test_any_bytes_are_looked_at_without_a_fall(dns, raw):
    assert all(not found.holds for found in look(raw, dns))


@given(body=st.binary(max_size=300), relaxed=st.booleans())
@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
def test_any_body_that_was_signed_holds_and_with_another_byte_does_not(shop, body, relaxed):
    body = body.replace(b"\r", b"")
    raw = seal(mail(body, sender="Bo <bo@shop.test>"), rsa(), domain="shop.test", relaxed=relaxed)
    assert look(raw, shop)[0].holds
    assert not look(raw + b"x", shop)[0].holds
