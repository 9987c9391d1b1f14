import pytest

from amends.mailroom import spf
from amends.mailroom.resolver import DnsAway
from tests.mailroom.names import names


@pytest.fixture(scope="module")
def dns():
    with names() as server:
        server.text("none.test", "something else")
        server.text("ip.test", "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all")
        server.text("soft.test", "v=spf1 ~all")
        server.text("open.test", "v=spf1 ?all")
        server.text("plain.test", "v=spf1")
        server.text("a.test", "v=spf1 a -all")
        server.zone["a.test", "A"] = ["192.0.2.7"]
        server.zone["a.test", "AAAA"] = ["2001:db8::7"]
        server.text("wide.test", "v=spf1 a:a.test/24//64 -all")
        server.text("mx.test", "v=spf1 mx -all")
        server.zone["mx.test", "MX"] = ["10 a.test."]
        server.text("inc.test", "v=spf1 include:ip.test include:a.test -all")
        server.text("broken-inc.test", "v=spf1 include:none.test -all")
        server.text("to.test", "v=spf1 redirect=ip.test")
        server.text("exists.test", "v=spf1 exists:%{ir}.%{l}.list.test -all")
        server.zone["7.2.0.192.bo.list.test", "A"] = ["127.0.0.2"]
        server.text("loop.test", "v=spf1 include:loop.test -all")
        server.text("bad.test", "v=spf1 ip4:999 -all")
        server.text("worse.test", "v=spf1 nonsense -all")
        server.text("two.test", "v=spf1 -all", "v=spf1 +all")
        server.text("ptr.test", "v=spf1 ptr -all")
        yield server


@pytest.mark.parametrize(
    ("ip", "domain", "result"),
    [
        ("192.0.2.7", "nobody.test", "none"),
        ("192.0.2.7", "none.test", "none"),
        ("192.0.2.7", "ip.test", "pass"),
        ("192.0.3.7", "ip.test", "fail"),
        ("2001:db8::1", "ip.test", "pass"),
        ("::ffff:192.0.2.7", "ip.test", "pass"),
        ("192.0.2.7", "soft.test", "softfail"),
        ("192.0.2.7", "open.test", "neutral"),
        ("192.0.2.7", "plain.test", "neutral"),
        ("192.0.2.7", "a.test", "pass"),
        ("192.0.2.8", "a.test", "fail"),
        ("2001:db8::7", "a.test", "pass"),
        ("192.0.2.8", "wide.test", "pass"),
        ("2001:db8::9", "wide.test", "pass"),
        ("192.0.2.7", "mx.test", "pass"),
        ("192.0.2.9", "inc.test", "pass"),
        ("198.51.100.1", "inc.test", "fail"),
        ("192.0.2.7", "broken-inc.test", "permerror"),
        ("192.0.2.7", "to.test", "pass"),
        ("192.0.2.7", "exists.test", "pass"),
        ("192.0.2.8", "exists.test", "fail"),
        ("192.0.2.7", "loop.test", "permerror"),
        ("192.0.2.7", "bad.test", "permerror"),
        ("192.0.2.7", "worse.test", "permerror"),
        ("192.0.2.7", "two.test", "permerror"),
        ("192.0.2.7", "ptr.test", "fail"),
        ("nonsense", "ip.test", "permerror"),
    ],
)
def test_who_may_send_for_a_domain(dns, ip, domain, result):
    assert spf.check(ip, f"bo@{domain}", dns.resolver()) == result


def test_when_nobody_answers_nothing_is_known(dns):
    dns.silent.add("away.test")
    with pytest.raises(DnsAway):
        spf.check("192.0.2.7", "bo@away.test", dns.resolver())
    dns.silent.clear()


def test_without_a_sender_nothing_is_asked(dns):
    assert spf.check("192.0.2.7", "", dns.resolver()) == "none"
