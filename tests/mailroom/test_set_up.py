from types import SimpleNamespace

import pytest

from amends.mailroom.sending import Sending
from amends.mailroom.set_up import BROKEN, GOOD, SOON, UNKNOWN, look_at, look_at_sending
from tests.mailroom.names import Names, names

DOMAIN = "larder-bath.com"
HOST = "mail.larder-bath.com"
KEY = "v=DKIM1; k=rsa; p=MIGf"


@pytest.fixture
def world():
    """A domain whose names are all in order; each test spoils one of them."""
    with names() as served:
        served.zone[DOMAIN, "MX"] = [f"10 {HOST}."]
        served.zone[HOST, "A"] = ["93.184.216.34"]
        served.text(DOMAIN, "google-site-verification=x", f"v=spf1 a:{HOST} -all")
        served.text(f"mail._domainkey.{DOMAIN}", KEY)
        served.text(f"_dmarc.{DOMAIN}", f"v=DMARC1; p=reject; rua=mailto:postmaster@{DOMAIN}")
        yield served


def found(world: Names, domain: str = DOMAIN, host: str = HOST, **more):
    told = {"selector": "", "hosts": [host] if host else [], **more}
    return {each.about: each for each in look_at(domain, resolver=world.resolver(), **told)}


def test_wp_proudcity_2937_what_is_in_order_is_said_to_be(world):
    """Accepted is not delivered: whether letters are believed is looked up before the first."""
    states = {about: each.state for about, each in found(world).items()}
    assert states == {"Answers": GOOD, "SPF": GOOD, "DKIM": GOOD, "DMARC": GOOD}


def test_nobody_is_named_for_the_answers(world):
    del world.zone[DOMAIN, "MX"]
    assert found(world)["Answers"].state == BROKEN


def test_without_spf_the_record_to_add_is_written_out(world):
    world.text(DOMAIN, "nothing of that kind")
    assert found(world)["SPF"].add == f'{DOMAIN}. TXT "v=spf1 a:{HOST} ~all"'
    assert (
        "include:amazonses.com"
        in found(world, host="email-smtp.eu-west-1.amazonaws.com")["SPF"].add
    )
    assert "ip4:93.184.216.34" in found(world, host="93.184.216.34")["SPF"].add


def test_two_spf_records_count_for_none(world):
    world.text(DOMAIN, "v=spf1 -all", f"v=spf1 a:{HOST} -all")
    assert "none of them counts" in found(world)["SPF"].words


def test_a_record_that_does_not_name_our_way_out(world):
    world.text(DOMAIN, "v=spf1 ip4:198.51.100.7 -all")
    spf = found(world)["SPF"]
    assert (spf.state, f"a:{HOST}" in spf.add) == (BROKEN, True)
    assert found(world, host="smtp.sendgrid.net")["SPF"].state == BROKEN
    world.text(DOMAIN, "v=spf1 include:sendgrid.net -all")
    assert found(world, host="smtp.sendgrid.net")["SPF"].state == GOOD


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.5", "nowhere.larder-bath.com"])
def test_a_server_inside_is_known_to_the_world_under_another_address(world, host):
    assert found(world, host=host)["SPF"].state == UNKNOWN


def test_without_a_mail_server_nothing_is_guessed(world):
    assert found(world, host="")["SPF"].state == UNKNOWN


def test_a_key_under_a_name_of_their_own_is_found_when_it_is_told(world):
    world.zone.pop((f"mail._domainkey.{DOMAIN}", "TXT"))
    assert found(world)["DKIM"].state == SOON
    assert found(world, selector="larder26")["DKIM"].state == BROKEN
    world.text(f"larder26._domainkey.{DOMAIN}", KEY)
    assert found(world, selector="larder26")["DKIM"].state == GOOD
    world.text(f"larder26._domainkey.{DOMAIN}", "v=DKIM1; p=")
    assert "taken back" in found(world, selector="larder26")["DKIM"].words


def test_osticket_6321_a_strict_policy_and_nothing_proven_is_said_loudly(world):
    world.text(DOMAIN, "v=spf1 -all")
    world.zone.pop((f"mail._domainkey.{DOMAIN}", "TXT"))
    dmarc = found(world)["DMARC"]
    assert dmarc.state == BROKEN
    assert "they will not arrive" in dmarc.words


def test_a_policy_may_stand_above(world):
    world.zone["desk.larder-bath.com", "MX"] = [f"10 {HOST}."]
    world.text("desk.larder-bath.com", f"v=spf1 a:{HOST} -all")
    assert (
        "larder-bath.com asks others to reject"
        in found(world, "desk.larder-bath.com")["DMARC"].words
    )


def test_without_reports_nobody_hears_of_anything(world):
    world.text(f"_dmarc.{DOMAIN}", "v=DMARC1; p=none")
    assert found(world)["DMARC"].state == SOON
    world.zone.pop((f"_dmarc.{DOMAIN}", "TXT"))
    assert "rua=mailto:postmaster@" in found(world)["DMARC"].add


def test_mailu_2475_our_own_people_are_warned_of_our_own_mail_server(world):
    assert "Our own people" not in found(world)
    assert "One of us has" in found(world, own_people=1)["Our own people"].words
    assert "3 of us have" in found(world, own_people=3)["Our own people"].words


def test_when_nobody_answers_that_is_what_is_said(world):
    world.silent.add(DOMAIN)
    (only,) = found(world).values()
    assert (only.state, "cannot be reached" in only.words) == (UNKNOWN, True)


@pytest.mark.parametrize("domain", ["localhost", "amends.test", "shop.example", "printer.local"])
def test_names_for_trying_things_are_not_asked_for(world, domain):
    (only,) = found(world, domain).values()
    assert (only.state, world.asked) == (UNKNOWN, [])


@pytest.mark.django_db
def test_this_installation_is_looked_at_as_it_is_set_up(world, settings):
    settings.AMENDS_DNS, settings.AMENDS_MAIL_DOMAIN = ("127.0.0.1", world.port), DOMAIN
    settings.AMENDS_MAIL_URL = SimpleNamespace(scheme="smtp", host=HOST)
    settings.DNS_PATIENCE = 5.0
    Sending.objects.create(dkim_selector="mail")
    assert {each.state for each in look_at_sending()} == {GOOD}
