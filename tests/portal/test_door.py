"""The door: who gets in, what a stranger sees, and what every page behind it carries."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.kit.clock import now
from amends.portal.door import GUESSES
from amends.recovery import journey
from amends.recovery.link import LASTS, Link
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAGES = ["", "my-data/", "my-data.json", "leave-me-be/", "files/abc/"]
STEPS = [
    "understood/abc/yes/",
    "understood/abc/no/",
    "wish/",
    "offer/abc/yes/",
    "offer/abc/better/",
    "offer/abc/no/",
    "extra/abc/another/",
    "words/",
    "not-fixed/",
    "put-right/",
    "person/",
    "idea/",
    "trust/",
    "leave-me-be/",
]


def hold_still(recovery):
    """What a stranger must not change."""
    recovery = cast.fresh(recovery)
    return recovery.entries, recovery.closed_at, recovery.waiting_since


@pytest.mark.parametrize("path", PAGES)
def test_a_forged_link_shows_nothing_of_anybody(holder, path):
    page = holder(cast.put_right())
    forged = f"/r/{page.token[:-1]}{'0' if page.token[-1] != '0' else '1'}/{path}"
    response = page.client.get(forged)
    assert response.status_code == 404
    assert "Robert" not in response.content.decode()
    assert "The Larder" not in response.content.decode()
    assert "Tell us what happened" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_an_old_link_says_what_to_do_next(holder, clock, path):
    page = holder(cast.put_right())
    clock.shift(LASTS + timedelta(seconds=1))
    response = page.see(path)
    assert response.status_code == 410
    assert "Answer the last letter" in response.content.decode()
    assert "Robert" not in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_revoked_link_is_closed_at_once(holder, path):
    page = holder(cast.put_right())
    journey.revoke_link(page.recovery, by=cast.ana())
    assert page.see(path).status_code == 410


@pytest.mark.parametrize("path", STEPS)
def test_a_stranger_can_take_no_step(holder, path):
    page = holder(cast.put_right())
    journey.revoke_link(page.recovery, by=cast.ana())
    before = hold_still(page.recovery)
    assert page.press(path, words="x", trust="yes").status_code == 410
    assert page.client.post(f"/r/{'0' * 20}.{'0' * 16}/{path}").status_code == 404
    assert hold_still(page.recovery) == before


@pytest.mark.parametrize("path", STEPS)
def test_a_step_asks_for_the_forms_own_token(holder, path):
    page = holder(cast.put_right())
    page.client = Client(enforce_csrf_checks=True)
    before = hold_still(page.recovery)
    assert page.press(path, words="x", trust="yes").status_code == 403
    assert hold_still(page.recovery) == before


@pytest.mark.parametrize("path", [step for step in STEPS if step != "leave-me-be/"])
def test_opening_the_address_of_a_step_leads_to_the_page(holder, path):
    page = holder(cast.put_right())
    before = hold_still(page.recovery)
    response = page.see(path)
    assert response.status_code == 303
    assert response["Location"] == page.address
    assert hold_still(page.recovery) == before


@pytest.mark.parametrize("origin", ["null", "http://testserver", None])
def test_a_browser_that_sends_no_referrer_may_post(holder, origin):
    page = holder(cast.put_right())
    page.client = Client(enforce_csrf_checks=True)
    page.see()
    token = page.client.cookies["csrftoken"].value
    headers = {"Origin": origin} if origin else {}
    given = {"words": "Hello", "csrfmiddlewaretoken": token}
    response = page.client.post(f"{page.address}person/", given, headers=headers)
    assert response.status_code == 303


def test_another_sites_form_may_not_post(holder):
    page = holder(cast.put_right())
    page.client = Client(enforce_csrf_checks=True)
    page.see()
    token = page.client.cookies["csrftoken"].value
    response = page.client.post(
        f"{page.address}person/",
        {"csrfmiddlewaretoken": token},
        headers={"Origin": "https://evil.example"},
    )
    assert response.status_code == 403


@pytest.mark.parametrize("path", ["", "my-data/", "my-data.json", "leave-me-be/", "files/x/"])
def test_no_page_is_kept_found_or_told_to_others(holder, path):
    page = holder(cast.heard())
    for token in (page.token, "0" * 20 + ".x"):
        response = page.client.get(f"/r/{token}/{path}")
        if path == "files/x/" and token == page.token:
            continue
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]


def test_no_cookie_but_the_forms_own(holder):
    page = holder(cast.offered().recovery)
    page.see()
    page.press("person/", words="Ring me.")
    assert set(page.client.cookies) <= {"csrftoken"}


def test_guessing_is_slowed_down_but_never_shuts_out_who_holds_a_link(holder):
    page = holder(cast.heard())
    for _ in range(GUESSES.most):
        assert page.client.get("/r/guess.guess/").status_code == 404
    assert page.client.get("/r/guess.guess/").status_code == 429
    assert page.see().status_code == 200


def test_two_who_press_at_once_are_told_kindly(holder):
    offer = cast.offered()
    page = holder(offer.recovery)
    assert page.press(f"offer/{offer.ref}/yes/").status_code == 303
    response = page.press(f"offer/{offer.ref}/yes/")
    assert response.status_code == 422
    assert f'href="{page.address}"' in response.content.decode()
    assert page.press_by_htmx(f"offer/{offer.ref}/yes/")["HX-Retarget"] == "#flash"


def test_times_are_told_in_the_places_own_zone(holder):
    place = cast.place("larder-lisbon", timezone="America/New_York")
    recovery = cast.heard(place=place, channel="e-mail")
    due = Link.opened(holder(recovery).token, at=now()).recovery.clocks.get(step="apology").due_at
    local = due.astimezone(place.zone)
    assert f"by {local.hour}:{local.minute:02}" in holder(recovery).reads()
