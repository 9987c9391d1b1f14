import pytest

from amends.mailroom.resolver import DnsAway, the_resolver
from tests.mailroom.names import names


def test_answers_as_they_are_published():
    with names() as dns:
        dns.text("shop.test", "v=spf1 -all", "x" * 600)
        dns.zone["shop.test", "A"] = ["192.0.2.1"]
        dns.zone["shop.test", "MX"] = ["5 mail.shop.test."]
        asked = dns.resolver()
        assert sorted(asked.texts("shop.test")) == ["v=spf1 -all", "x" * 600]
        assert asked.addresses("shop.test", six=False) == ["192.0.2.1"]
        assert asked.exchanges("shop.test") == ["mail.shop.test"]
        assert asked.addresses("shop.test", six=True) == asked.texts("nobody.test") == []
        assert asked.texts("a" * 70 + ".test") == asked.texts("") == asked.texts("..") == []


def test_silence_and_failure_are_not_the_same_as_nothing():
    with names() as dns:
        dns.silent.add("quiet.test")
        dns.broken.add("ill.test")
        for name in ("quiet.test", "ill.test"):
            with pytest.raises(DnsAway):
                dns.resolver().texts(name)


def test_an_installation_has_one(settings):
    with names() as dns:
        dns.text("shop.test", "hello")
        settings.AMENDS_DNS, settings.DNS_PATIENCE = ("127.0.0.1", dns.port), 5.0
        assert the_resolver().texts("shop.test") == ["hello"]
        assert the_resolver() is the_resolver()


def test_all_questions_together_take_no_longer_than_they_may():
    with names() as dns:
        dns.text("shop.test", "hello")
        with pytest.raises(DnsAway):
            dns.resolver().within(0).texts("shop.test")
        assert dns.resolver().within(9).texts("shop.test") == ["hello"]
