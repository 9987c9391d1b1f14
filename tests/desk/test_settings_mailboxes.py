"""The pages of mailboxes: owners only, plain words, no secret on any of them."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from amends.mailroom import heard
from amends.mailroom.mailbox import Mailbox
from amends.mailroom.stuck import Stuck
from tests import cast
from tests.mailroom import provider as provider_page
from tests.recovery.test_mailboxes import ENTERED, added

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'csrfmiddlewaretoken" value="\w+"')
BOXES = "/desk/settings/mailboxes/"


@pytest.fixture
def owner(client):
    client.force_login(cast.olive())
    return client


@pytest.fixture
def provider(settings):
    with provider_page.running() as page:
        settings.AMENDS_SIGN_IN_APPS = {"microsoft": ("our-id", "our-secret"), "google": None}
        settings.AMENDS_SIGN_IN_AT = {"microsoft": page.at, "google": page.at}
        yield page


def words(response) -> str:
    return " ".join(response.content.decode().split())


def entered(**more) -> dict:
    return {**ENTERED, "place": cast.place().ref, **more}


def test_an_owner_adds_one_and_sees_how_it_goes(owner):
    assert "No mailbox yet" in words(owner.get(BOXES))
    answer = owner.post(f"{BOXES}new/", entered())
    box = Mailbox.objects.get()
    assert answer["Location"] == f"{BOXES}{box.ref}/"
    page = words(owner.get(answer["Location"]))
    assert "The first look is being taken." in page
    assert "sesame" not in page
    assert box.sealed_password not in page
    listed = words(owner.get(BOXES))
    assert "hello@larder.example" in listed
    assert "The Larder, Bath" in listed


def test_what_is_wrong_is_said_beside_it_and_the_rest_kept(owner):
    answer = owner.post(f"{BOXES}new/", entered(port="many", host=""))
    assert answer.status_code == 422
    assert 'value="hello@larder.example"' in words(answer)
    answer = owner.post(f"{BOXES}new/", entered(security="none"))
    assert answer.status_code == 422
    assert "cross the net" in words(answer)
    assert "sesame" not in words(answer)


def test_it_is_changed_stopped_and_read_again(owner):
    box = added()
    assert (
        owner.post(f"{BOXES}{box.ref}/", entered(folder="Complaints", password="")).status_code
        == 303
    )
    assert Mailbox.objects.get().folder == "Complaints"
    owner.post(f"{BOXES}{box.ref}/stop/")
    assert "It is not read." in words(owner.get(f"{BOXES}{box.ref}/"))
    owner.post(f"{BOXES}{box.ref}/on/")
    assert Mailbox.objects.get().stopped_at is None


def test_a_test_is_begun_by_one_button_and_followed_in_place(owner):
    box = added()
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{BOXES}{box.ref}/"}
    answer = owner.post(f"{BOXES}{box.ref}/test/", headers=asked)
    assert answer.status_code == 200
    assert "The test is running" in words(answer)
    assert "<html" not in words(answer)
    later = words(owner.get(f"{BOXES}{box.ref}/signs/", headers=asked))
    assert TOKEN.sub("", later) == TOKEN.sub("", words(answer))
    assert "The test is running" in words(owner.get(f"{BOXES}{box.ref}/"))


def test_zammad_2591_what_is_stuck_is_listed_with_its_reason(owner):
    """Guarantee 14."""
    box = added()
    Stuck.note(box, 7, "It takes too long to come.")
    assert "Message 7: It takes too long to come." in words(owner.get(f"{BOXES}{box.ref}/"))


def test_the_other_ways_in_show_their_last_mail(owner, settings):
    """Guarantee 14."""
    settings.AMENDS_WEBHOOK_SECRET = ""
    page = words(owner.get(BOXES))
    assert "<dt>SMTP</dt><dd>no mail yet</dd>" in page
    assert "<dt>LMTP</dt><dd>off</dd>" in page
    assert "Postmark" not in page
    heard._seen.clear()
    heard.note("smtp")
    heard.note("postmark")
    page = words(owner.get(BOXES))
    assert "<dt>SMTP</dt><dd>last mail" in page
    assert "<dt>Postmark</dt><dd>off</dd>" in page


def test_a_provider_that_is_turned_away_or_asks_something_is_shown(owner, settings, clock):
    """Guarantee 14: without a look into the log."""
    settings.AMENDS_WEBHOOK_SECRET = "amends:a password of some length"
    heard._seen.clear()
    heard.turned_away("postmark")
    heard.asks("amazon-ses", "https://sns.eu-west-1.amazonaws.com/?Token=1&amp")
    page = words(owner.get(BOXES))
    assert "the password or key that Postmark was given is not ours" in page
    assert 'href="https://sns.eu-west-1.amazonaws.com/?Token=1&amp;amp"' in page
    clock.shift(timedelta(minutes=1))
    heard.note("postmark")
    heard.note("amazon-ses")
    page = words(owner.get(BOXES))
    assert "is not ours" not in page
    assert "Say yes" not in page


def test_nobody_but_owners_sees_any_of_it(client):
    box = added(auth="password")
    pages = ["", "new/", f"{box.ref}/", f"{box.ref}/signs/", f"{box.ref}/sign-in/", "signed-in/"]
    for person in (cast.ana(), cast.mona(), cast.audrey()):
        client.force_login(person)
        assert all(client.get(f"{BOXES}{page}").status_code == 403 for page in pages)
        for step in ("test/", "stop/", "on/", ""):
            assert client.post(f"{BOXES}{box.ref}/{step}").status_code == 403
        assert BOXES not in words(client.get("/desk/settings/"))


def test_signing_in_goes_there_and_back_with_what_we_remember(owner, provider):
    box = added(auth="microsoft", password="")
    there = owner.get(f"{BOXES}{box.ref}/sign-in/")
    asked = parse_qs(urlsplit(there["Location"]).query)
    back = {"code": "a-code", "state": asked["state"][0]}
    answer = owner.get(f"{BOXES}signed-in/", back)
    assert answer["Location"] == f"{BOXES}{box.ref}/"
    assert (
        provider.asked[0]["redirect_uri"] == "http://amends.test/desk/settings/mailboxes/signed-in/"
    )
    assert Mailbox.objects.get().refresh_token == "refresh-1"
    page = words(owner.get(f"{BOXES}{box.ref}/"))
    assert "Signed in. The mailbox is read from now on." in page
    assert not any(secret in page for secret in ("refresh-1", "access-1", "our-secret", "a-code"))
    again = owner.get(f"{BOXES}signed-in/", back)
    assert again["Location"] == BOXES
    assert len(provider.asked) == 1


@pytest.mark.parametrize("state", ["", "guessed", "é"])
def test_a_sign_in_that_was_not_begun_here_is_refused(owner, provider, state):
    """Somebody else's code must not connect their mailbox to our desk."""
    box = added(auth="microsoft", password="")
    owner.get(f"{BOXES}{box.ref}/sign-in/")
    owner.get(f"{BOXES}signed-in/", {"code": "theirs", "state": state})
    assert "not begun here" in words(owner.get(BOXES))
    assert provider.asked == []


def test_a_sign_in_that_took_too_long_or_was_refused_says_so(owner, provider, clock):
    box = added(auth="microsoft", password="")
    state = there(owner, box)
    clock.shift(1_000)
    owner.get(f"{BOXES}signed-in/", {"code": "late", "state": state})
    assert "not begun here just now" in words(owner.get(BOXES))
    refused = {"state": there(owner, box), "error": "access_denied", "error_description": "<b>No"}
    owner.get(f"{BOXES}signed-in/", refused)
    assert "not granted: &lt;b&gt;No" in words(owner.get(f"{BOXES}{box.ref}/"))
    provider.refuse("invalid_grant", "The code has expired.")
    answer = owner.get(f"{BOXES}signed-in/", {"code": "old", "state": there(owner, box)})
    assert answer.status_code == 422
    assert "The code has expired." in words(answer)


def there(client, box) -> str:
    answer = client.get(f"{BOXES}{box.ref}/sign-in/")
    return parse_qs(urlsplit(answer["Location"]).query)["state"][0]


def test_a_mailbox_with_a_password_has_nowhere_to_sign_in(owner):
    assert owner.get(f"{BOXES}{added().ref}/sign-in/").status_code == 404


def test_the_list_asks_little_however_many_there_are(owner, django_assert_max_num_queries):
    for number in range(5):
        added(login=f"box{number}")
    with django_assert_max_num_queries(9):
        owner.get(BOXES)
