import pytest

from amends.kit.clock import now
from amends.mailroom.sending import Sending
from amends.mailroom.sighting import Sighting
from tests import cast
from tests.mailroom.names import names
from tests.mailroom.test_outbox import KEEP

pytestmark = pytest.mark.django_db
SENDING = "/desk/settings/sending/"
GOOD = {"undo_seconds": 60, "quotes": "on", "dkim_selector": "larder26"}


@pytest.fixture
def olive(client):
    client.force_login(cast.olive())
    return client


def words(client, **asked) -> str:
    return " ".join(client.get(SENDING, asked).content.decode().split())


def test_an_owner_decides_how_letters_leave(olive):
    assert olive.post(SENDING, GOOD).status_code == 303
    rules = Sending.rules()
    assert (rules.undo_seconds, rules.quotes, rules.dkim_selector) == (60, True, "larder26")
    olive.post(SENDING, {**GOOD, "undo_seconds": 0, "quotes": ""})
    assert Sending.objects.get().undo_seconds == 0
    assert not Sending.rules().quotes


@pytest.mark.parametrize(
    "wrong", [{"undo_seconds": -1}, {"undo_seconds": "x"}, {"dkim_selector": "a b; drop"}]
)
def test_what_makes_no_sense_is_not_kept(olive, wrong):
    assert olive.post(SENDING, {**GOOD, **wrong}).status_code == 422
    assert not Sending.objects.exists()


def test_osticket_6321_the_second_way_is_an_owners_to_allow(olive, settings):
    assert "second_allowed" not in words(olive)
    settings.AMENDS_MAIL_URL_2 = KEEP
    assert "not allowed" in words(olive)
    olive.post(SENDING, {**GOOD, "second_allowed": "on", "second_after_minutes": ""})
    assert Sending.rules().second_allowed
    assert "when the first has been away for 30 minutes" in words(olive)


def test_others_read_it_and_change_nothing(client):
    client.force_login(cast.mona())
    assert 'name="undo_seconds"' not in words(client)
    assert client.post(SENDING, GOOD).status_code == 403


def test_the_names_are_looked_up_when_somebody_asks(olive, settings):
    with names() as world:
        settings.AMENDS_DNS, settings.DNS_PATIENCE = ("127.0.0.1", world.port), 5.0
        settings.AMENDS_MAIL_DOMAIN = "larder.example.org"
        world.text("larder.example.org", "nothing")
        assert "Look it up" in words(olive)
        assert world.asked == []
        page = words(olive, look="1")
    assert "has no SPF record" in page
    assert "Add: <code>larder.example.org. TXT" in page


def test_mailu_2475_who_of_us_is_at_the_same_domain_is_counted(olive, settings):
    with names() as world:
        settings.AMENDS_DNS, settings.DNS_PATIENCE = ("127.0.0.1", world.port), 5.0
        settings.AMENDS_MAIL_DOMAIN = "larder.example.org"
        world.text("larder.example.org", "nothing")
        person = cast.person("Ida Moss")
        person.email = "ida@larder.example.org"
        person.save()
        assert "One of us has an address at larder.example.org" in words(olive, look="1")


def test_when_the_names_cannot_be_reached_it_is_said(olive, settings):
    with names() as world:
        settings.AMENDS_DNS = ("127.0.0.1", world.port)
        settings.AMENDS_MAIL_DOMAIN, settings.DNS_PATIENCE = "larder.example.org", 0.2
        world.silent.add("larder.example.org")
        assert "cannot be reached from here" in words(olive, look="1")


def test_what_others_saw_of_our_letters_is_told(olive):
    assert "Nobody has told us yet." in words(olive)
    seen = {"report": "17", "ends_at": now(), "fate": "none"}
    Sighting.objects.create(
        reporter="google.com", ip="192.0.2.1", count=20, is_believed=True, **seen
    )
    assert "20 letters</span></p> <p>All of them were believed." in words(olive)
    Sighting.objects.create(
        reporter="Out<look>",
        ip="203.0.113.9",
        count=1,
        is_believed=False,
        **{**seen, "fate": "reject"},
    )
    page = words(olive)
    assert 'Out&lt;look&gt; <span class="mark" data-kind="broken">1 letter</span>' in page
    assert "1 could not be proven to be ours, and 1 did not get in. Brought by 203.0.113.9." in page
