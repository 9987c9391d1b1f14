"""S3-16 and S3-14, lived on two phones: the manager's card, «ask for me», a booking from the till, the
alert in a pocket, the card on both screens, the deputy, the second call, and a promise broken."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from amends.config.schedule import TABLE
from amends.people.roster import Shift
from amends.people.token import Token
from amends.recovery import journey
from amends.recovery.failure import Kind, Severity
from amends.recovery.notice import About, Notice
from tests import cast
from tests.browser.conftest import TOUCH, fits, troubles
from tests.connections.serving import Browser, Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOOKED = {"id": "B-12", "customer": {"email": "robert@finch.example"}, "table": "7"}
FRIDAY = datetime(2026, 6, 5, 11, 0, tzinfo=UTC)  # twelve o'clock in Bath
# A browser asks its maker for a place to send to. Here the maker is a site on this machine.
MAKER = """told => {
  PushManager.prototype.subscribe = async () => ({ toJSON: () => told, endpoint: told.endpoint });
}"""


@pytest.fixture
def site(settings):
    settings.AMENDS_PRIVATE_ADDRESSES = True
    opened = Site()
    yield opened
    opened.close()


@pytest.fixture
def town():
    """Mona manages, Ana serves; Mona works on Fridays. The clock goes on by itself and is moved."""
    with time_machine.travel(FRIDAY - timedelta(days=4), tick=True) as clock:
        cast.place(), cast.olive()
        mona, ana = cast.mona(), cast.ana()
        Shift.objects.create(
            person=mona, place=cast.place(), weekday=4, starts=time(8), ends=time(18)
        )
        yield clock, mona, ana


def tick():
    for row in TABLE:
        row.run()


def phone(desk, site, person):
    """Somebody's phone: they open the page, and say yes."""
    page = desk(person, service_workers="allow", **TOUCH)
    page.context.grant_permissions(["notifications"])
    browser = Browser(site, person.first_name)
    told = browser.subscription
    keys = {"p256dh": told.p256dh, "auth": told.auth}
    given = {"endpoint": told.endpoint, "keys": keys}
    page.add_init_script(f"({MAKER})({json.dumps(given)})")
    page.goto("/desk/settings/phones/")
    page.get_by_role("button", name="Tell me on this phone").click()
    page.get_by_text("will tell you. Try it once.").wait_for()
    assert fits(page)
    assert troubles(page) == []
    return page, browser


def till(person):
    secret, client = Token.issue(person, name="Till")[1], Client()

    def tells(**told):
        headers = {"Authorization": f"Bearer {secret}"}
        answer = client.post(
            "/api/v1/visits", told, content_type="application/json", headers=headers
        )
        assert answer.status_code == 200, answer.content

    return tells


def the_card(mona):
    """He apologised, gave his card: ask for me next time."""
    recovery = cast.wished(by=mona)
    lines = [cast.line(name) for name in ("Refund", "Ask for me next time")]
    journey.accept(journey.offer(recovery, lines=lines, by=mona))
    return recovery, recovery.promises.get(asks_for_owner=True)


# Chromium without a screen sometimes forgets at once what it was given to show: so it is noted as given.
NOTED = """() => {
  self.noted = [];
  const show = self.registration.showNotification.bind(self.registration);
  self.registration.showNotification = (title, told) => {
    self.noted.push([title, told.body, told.tag, told.data.url]);
    return show(title, told);
  };
}"""


def shown_by(page, message):
    """The very message, handed to the part of the app that sleeps; what it puts on the screen."""
    talk = page.context.new_cdp_session(page)
    seen = []
    talk.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: seen.extend(told["registrations"])
    )
    talk.send("ServiceWorker.enable")
    page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    (worker,) = page.context.service_workers
    worker.evaluate(NOTED)
    given = {
        "origin": page.url.split("/desk")[0],
        "registrationId": seen[0]["registrationId"],
        "data": json.dumps(message),
    }
    talk.send("ServiceWorker.deliverPushMessage", given)
    for _ in range(200):
        if noted := worker.evaluate("self.noted"):
            return noted
        page.wait_for_timeout(50)
    return []


def he_books(pair, mona, mona_page):
    """Whoever he asked for knows at once, wherever she is; nobody else is called."""
    mona_phone, ana_phone = pair
    till(mona)(**BOOKED, expected_at=FRIDAY.isoformat())
    tick()
    assert mona_phone.titles == ["Robert Finch has booked"]
    assert ana_phone.titles == []
    (shown,) = shown_by(mona_page, mona_phone.shown[0])
    assert shown[0] == "Robert Finch has booked"
    assert shown[1].startswith("Ask for me next time")
    assert shown[3] == "/desk/arrivals/"


def he_comes(pair, mona, pages):
    """The card on both phones, without anybody loading a page again."""
    mona_phone, ana_phone = pair
    for page in pages:
        page.goto("/desk/arrivals/")
    till(mona)(**BOOKED, arrived_at=FRIDAY.isoformat())
    tick()
    assert mona_phone.titles[1:] == ["Robert Finch is here"]
    assert ana_phone.titles == ["Robert Finch is here, table 7"]
    mona_page, ana_page = pages
    mona_page.locator("article.arrival").get_by_text("Asked for you").wait_for()
    ana_page.locator("article.arrival").get_by_text("Asked for Mona Hart").wait_for()
    assert fits(mona_page)
    assert troubles(mona_page) == []


def it_is_broken(recovery, promise, mona):
    """A failure of its own, graver than the first; and her manager knows."""
    promise.refresh_from_db()
    assert promise.state == "broken"
    failure = recovery.failures.get(kind=Kind.BROKEN_PROMISE)
    assert failure.severity == Severity.SEVERE
    told = Notice.objects.filter(about=About.BROKEN).values_list("person__email", flat=True)
    assert sorted(told) == [mona.email, cast.olive().email]


def test_s3_16_the_managers_card_on_two_phones(desk, site, town):
    clock, mona, ana = town
    recovery, promise = the_card(mona)
    mona_page, mona_phone = phone(desk, site, mona)
    ana_page, ana_phone = phone(desk, site, ana)
    he_books((mona_phone, ana_phone), mona, mona_page)
    clock.move_to(FRIDAY)
    he_comes((mona_phone, ana_phone), mona, (mona_page, ana_page))
    clock.move_to(FRIDAY + timedelta(minutes=5))
    tick()
    assert mona_phone.titles[2:] == ["Robert Finch is still waiting to be greeted"]
    ana_page.get_by_text("Still not greeted.").wait_for()
    clock.move_to(FRIDAY + timedelta(minutes=15))
    tick()
    ana_page.get_by_text("We were not there.").wait_for()
    it_is_broken(recovery, promise, mona)
    assert mona_phone.titles[3:] == ["A promise to Robert Finch was broken"]


def test_s3_14_the_host_is_off_that_day_and_the_deputy_has_the_card(desk, site, town):
    clock, mona, ana = town
    _, promise = the_card(mona)
    _, mona_phone = phone(desk, site, mona)
    ana_page, ana_phone = phone(desk, site, ana)
    thursday = FRIDAY - timedelta(days=1)
    till(mona)(**BOOKED, expected_at=thursday.isoformat())
    tick()
    assert mona_phone.titles == []
    assert "Robert Finch has booked" in ana_phone.titles
    clock.move_to(thursday)
    ana_page.goto("/desk/arrivals/")
    till(mona)(**BOOKED, arrived_at=thursday.isoformat())
    tick()
    card = ana_page.locator("article.arrival")
    card.get_by_text("Asked for you; Mona Hart stands in").wait_for()
    assert "bacon" in card.inner_text()
    ana_page.get_by_role("button", name="I have greeted Robert").click()
    ana_page.get_by_text("Robert Finch was greeted by name.").wait_for()
    promise.refresh_from_db()
    assert (promise.state, promise.kept_by) == ("kept", ana)
