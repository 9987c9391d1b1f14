"""One recovery in two browsers at once: Ana at the desk, and Robert with nothing but his letters."""

import pytest

from amends.kit.clock import now
from tests import cast
from tests.browser.conftest import PHONE, fits, troubles
from tests.journeys.town import Town, link_in, the_recovery

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 4_000  # milliseconds: Today looks every two seconds
FAIR = "A proper breakfast next time would be fair."


@pytest.fixture
def town(post_office, sink):
    """Open at every hour: browsers have no clock that could be set."""
    cast.place(hours=False)
    return Town(None, sink, post_office)


@pytest.fixture
def robert(town):
    return town.customer("Robert Finch", "robert@finch.example")


def it_comes_by_itself(page, robert):
    """Today is open, a mail arrives, and nobody reloads anything."""
    page.goto("/desk/today/")
    page.get_by_role("heading", name="Nobody is waiting for us").wait_for()
    robert.writes(cast.STORY, subject="Breakfast on Sunday")
    page.get_by_role("link", name="Read it").click(timeout=SOON)


def listen_and_say_back(page):
    page.get_by_role("button", name="I have read this").click()
    page.get_by_label("What you understood").fill(cast.RESTATED)
    page.get_by_role("button", name="Send it to Robert").click()
    page.get_by_role("heading", name="Next: Say sorry to Robert").wait_for()


def apologise_and_ask(page):
    page.get_by_label("Your apology").fill(cast.SORRY)
    page.get_by_role("button", name="Say sorry", exact=True).click()
    page.get_by_role("button", name="Ask Robert", exact=True).click()
    page.get_by_text("Asked. Robert can answer").wait_for()


def put_an_offer_together(page):
    page.reload()
    page.get_by_role("heading", name="Next: Put an offer together").wait_for()
    lines = page.locator("#next .offer-line")
    lines.filter(has_text="Refund").click()
    page.locator("#next").get_by_label("Worth").locator("visible=true").fill("20")
    lines.filter(has_text="A handwritten note").click()
    page.locator("#next").get_by_label("What you say with it").fill("I have thought about it.")
    page.get_by_role("button", name="Put it to Robert").click()
    page.get_by_text("Your offer is on its way.").wait_for()


def theirs(open_page, robert, subject):
    page = open_page(**PHONE)
    page.goto(link_in(robert.letter(subject)))
    assert fits(page)
    return page


def test_from_a_mail_to_an_agreement_in_two_browsers(desk, open_page, town, robert):
    page = desk(cast.ana())
    it_comes_by_itself(page, robert)
    listen_and_say_back(page)
    phone = theirs(open_page, robert, "Have we understood you?")
    phone.get_by_role("button", name="Yes, that is it").click()
    apologise_and_ask(page)
    phone = theirs(open_page, robert, "What would you think would be fair?")
    phone.get_by_label("In your own words").fill(FAIR)
    phone.locator("#wishes").get_by_role("button", name="Tell Ana").click()
    phone.get_by_text("Ana has it in your own words.").wait_for()
    put_an_offer_together(page)
    assert page.url.count("/desk/recoveries/") == 1
    phone = theirs(open_page, robert, "What I would like to do for you")
    phone.get_by_role("button", name="Yes, please").click()
    phone.get_by_role("heading", name="What we promised").wait_for()
    assert the_recovery().agreed_at
    page.get_by_text("Robert Finch said yes.").wait_for(timeout=7_000)  # a notice, by itself


def test_without_script_an_offer_is_accepted(open_page, town):
    offer = cast.offered("Refund", "A handwritten note")
    phone = open_page(**PHONE, java_script_enabled=False)
    phone.goto(link_in(town.customer("Robert Finch", "robert@finch.example").letters[-1]))
    phone.get_by_text("Choose something else instead").click()
    phone.locator("#offer").get_by_role("radio", name="A small gift").check()
    phone.get_by_role("button", name="I would like this instead").click()
    phone.get_by_role("button", name="Yes, please").click()
    phone.get_by_role("heading", name="What we promised").wait_for()
    assert "A small gift" in phone.locator("#promises").inner_text()
    assert cast.fresh(offer.recovery).customer_decided


def test_an_arrival_is_called_out_wherever_one_is_on_the_desk(desk, town):
    recovery, promise = cast.asked_for_ana()
    page = desk(promise.owner)
    page.goto("/desk/settings/")
    told = {"id": "B-7", "customer": {"email": "robert@finch.example"}, "table": "7"}
    town.till(cast.ben()).tells("visits", **told, arrived_at=now().isoformat())
    banner = page.locator("#now .banner", has_text="Robert Finch is here")
    banner.wait_for(timeout=7_000)
    assert troubles(page) == []
    banner.get_by_role("link", name="Go there").click()
    page.get_by_text("Asked for you").wait_for()
    page.get_by_role("button", name="I have greeted Robert").click()
    page.get_by_text("Robert Finch was greeted by name.").wait_for()
    assert recovery.promises.get(pk=promise.pk).state == "kept"


def test_an_answer_that_crosses_a_newer_letter_is_stopped_and_its_words_are_kept(desk, town):
    recovery = cast.sorry(by=cast.ana())
    page = desk(cast.ana())
    page.goto(f"/desk/recoveries/{recovery.ref}/")
    question = "What would you think would be fair, Robert?"
    page.locator("#next").get_by_label("Your question").fill(question)
    robert = town.customer("Robert Finch", "robert@finch.example")
    robert.answers(robert.letters[-1], "One more thing: it was my birthday.")
    page.get_by_role("button", name="Ask Robert", exact=True).click()
    page.get_by_text("Robert wrote again while you were writing.").wait_for()
    assert page.locator("#next").get_by_label("Your question").input_value() == question
    page.get_by_text("One more thing: it was my birthday.").first.wait_for()
