"""Letters that one must look at twice, as they are seen: pictures by click, strangers by one press."""

import pytest

from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter
from tests import cast
from tests.browser.conftest import PHONE, fits, troubles
from tests.recovery.mailing import EVE, arrive, take_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HTML = b"""From: Robert Finch <robert@finch.example>
To: desk@amends.test
Subject: My breakfast
Message-ID: <html@finch.example>
Reply-To: robert@elsewhere.example
Content-Type: text/html; charset=utf-8

<p>The <b>bacon</b> was greasy. <a href="https://evil.example/pay">www.bank.example</a></p>
<img src="LIVE/static/kit/icons.svg" alt="our plate"><script>document.title='taken'</script>
"""


@pytest.fixture
def recovery(live):
    """A letter in HTML, a stranger's, and one under a new subject."""
    cast.place(hours=False)
    cast.mona()
    letter = take_in(HTML.replace(b"LIVE", live.url.encode())).letter
    Letter.objects.filter(pk=letter.pk).update(standing="refuted")
    found = cast.Recovery.objects.get(ref=letter.thread)
    arrive(address_for(found.ref), sender=EVE, body="I was there too, and it was awful.")
    arrive(address_for(found.ref), subject="The parking ticket", body="And who pays that?")
    return found


def test_pictures_are_loaded_by_a_press_and_no_earlier(recovery, desk):
    """Guarantee 10."""
    page = desk(cast.mona())
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/desk/recoveries/{recovery.ref}/")
    page.get_by_text("As they sent it").first.click()
    frame = page.frame_locator("iframe.letter-frame").first
    frame.get_by_text("bacon").wait_for()
    assert "[evil.example]" in frame.locator("body").inner_text()
    assert not frame.locator("img").first.get_attribute("src")
    page.get_by_role("link", name="Load them").first.click()
    frame.locator("img[src]").wait_for()
    assert page.title() != "taken"


@pytest.mark.parametrize("size", [{}, PHONE], ids=["wide", "phone"])
def test_what_is_doubtful_is_seen_and_decided_with_one_press(recovery, desk, size):
    """Guarantee 4."""
    page = desk(cast.mona(), **size)
    page.goto(f"/desk/recoveries/{recovery.ref}/")
    page.get_by_text("This is probably not from robert@finch.example").wait_for()
    assert fits(page)
    assert troubles(page) == []
    page.get_by_role("button", name="Not for us").click()
    page.get_by_text("Put aside. It is kept below.").wait_for()
    page.get_by_role("button", name="It belongs here").click()
    page.get_by_text("Good. It stays here.").wait_for()
    assert page.get_by_role("button", name="Not for us").count() == 0


def test_the_heading_of_a_letter_reads_well(recovery, desk):
    page = desk(cast.mona(), **PHONE)
    page.goto(f"/desk/recoveries/{recovery.ref}/")
    page.get_by_role("link", name="Its heading").first.click()
    page.get_by_text("Message-ID: <html@finch.example>").wait_for()
    assert fits(page)
    assert troubles(page) == []
