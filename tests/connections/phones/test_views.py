import json

import pytest

from amends.connections import urls
from amends.connections.phones.messenger import Messenger
from amends.connections.phones.phone import Phone
from tests import cast
from tests.connections.serving import Browser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.imghdr:DeprecationWarning"),  # of Apprise's own imports
]
PAGE = "/desk/settings/phones/"


def words(answer):
    return " ".join(answer.content.decode().split())


def press(client, way, what, **told):
    return client.post(f"{PAGE}{way._meta.model_name}/{way.ref}/{what}/", told)


def test_yes_on_this_phone_is_kept_and_shown(client, site):
    client.force_login(cast.ana())
    answer = client.post(
        f"{PAGE}this/",
        Browser(site).subscription._asdict(),
        headers={"User-Agent": "Firefox Linux"},
    )
    assert answer.status_code == 303
    page = words(client.get(PAGE))
    assert "Firefox on Linux" in page
    assert "It says names and what is owed." in page
    assert site.url not in page


def test_what_no_browser_says_is_refused(client):
    client.force_login(cast.ana())
    for told in [{}, {"endpoint": "x", "p256dh": "y", "auth": "z"}]:
        client.post(f"{PAGE}this/", told)
    assert not Phone.objects.exists()


def test_names_left_out_and_said_again_tried_and_taken_away(client, phone):
    kept, browser = phone(cast.ana())
    client.force_login(cast.ana())
    press(client, kept, "names", shown="no")
    assert "It says no names." in words(client.get(PAGE))
    press(client, kept, "test")
    assert "Finch" not in browser.titles[0]
    press(client, kept, "forget")
    assert not Phone.objects.exists()


def test_a_messenger_is_kept_and_its_address_never_shown(client, site):
    client.force_login(cast.ana())
    address = f"json://127.0.0.1:{site.port}/secret-hook"
    assert client.post(PAGE, {"url": address, "says_names": "on"}).status_code == 303
    page = words(client.get(PAGE))
    assert "A program of yours" in page
    assert "secret-hook" not in page
    press(client, Messenger.objects.get(), "test")
    assert json.loads(site.asked[0].body)["title"]


def test_a_wrong_address_is_told_beside_the_field(client):
    client.force_login(cast.ana())
    answer = client.post(PAGE, {"url": "mailto://me@mail.example"})
    assert answer.status_code == 422
    assert "Write it as Apprise does" in words(answer)


def test_nobody_reaches_the_phone_of_another(client, phone):
    kept, _ = phone(cast.ana())
    client.force_login(cast.ben())
    for what in ("names", "forget", "test"):
        assert press(client, kept, what).status_code == 404
    assert client.post(f"{PAGE}pager/{kept.ref}/test/").status_code == 404
    assert Phone.objects.exists()


def test_a_browser_signed_in_anew_is_told_again(client, phone):
    kept, browser = phone(cast.ana())
    client.force_login(cast.ana())
    client.post(f"{PAGE}again/", {"endpoint": browser.subscription.endpoint})
    kept.refresh_from_db()
    assert kept.session_id == client.session.session_key


def test_the_worker_keeps_no_page_and_the_manifest_names_nobody(client):
    worker = client.get("/desk/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert b"caches" not in worker.content
    assert "script-src 'self'" in worker["Content-Security-Policy"]
    told = client.get("/desk/app.webmanifest").json()
    assert told["scope"] == "/desk/"
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}


def test_no_page_of_the_connections_opens_to_a_stranger(client):
    public = {"worker", "manifest"}
    for pattern in urls.urlpatterns:
        if pattern.name not in public:
            address = "/desk/" + str(pattern.pattern).replace("<slug:kind>", "phone").replace(
                "<str:ref>", "x"
            )
            answer = client.post(address)
            assert answer["Location"].startswith("/accounts/login/"), address


def test_an_auditor_says_yes_to_nothing(client, site):
    client.force_login(cast.audrey())
    assert client.post(f"{PAGE}this/", Browser(site).subscription._asdict()).status_code == 403
    assert "Add a messenger" not in words(client.get(PAGE))
