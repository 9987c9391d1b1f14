"""A customer with a phone and a link: telling, deciding, asking for a person; with and without script."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.link import Link
from amends.recovery.recovery import Recovery
from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
HEAVIEST = 60_000  # bytes, gzipped, first visit


def address(recovery):
    return f"/r/{Link.to(recovery, at=now()).token}/"


def clean(page):
    return [
        (found["id"], node["html"])
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"]
    ]


def waiting_for_an_answer():
    recovery = cast.heard()
    journey.restate(recovery, words="You waited an hour.", by=cast.ana(), hurt_most="My one treat.")
    return recovery


def test_s4_18_the_customer_swaps_the_extra_and_accepts(open_page):
    offer = cast.offered("Refund", "A handwritten note")
    page = open_page(**PHONE)
    page.goto(address(offer.recovery))
    page.get_by_text("Choose something else instead").click()
    page.get_by_role("radio", name="A small gift").check()
    page.get_by_label("Is there something you do not care for?").fill("No cards, please")
    page.get_by_role("button", name="I would like this instead").click()
    page.get_by_text("Changed. Say yes below").wait_for()
    page.get_by_role("button", name="Yes, please").click()
    page.get_by_role("heading", name="What we promised").wait_for()
    assert "A small gift" in page.locator("#promises").inner_text()
    assert cast.fresh(offer.recovery).customer_decided


def test_half_written_words_survive_a_step_elsewhere_on_the_page(open_page):
    page = open_page(**PHONE)
    page.goto(address(waiting_for_an_answer()))
    page.get_by_label("In your own words").fill("A proper breakf")
    page.get_by_role("button", name="Yes, that is it").click()
    page.get_by_text("you told us that it is right").wait_for()
    assert page.get_by_label("In your own words").input_value() == "A proper breakf"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_s3_23_told_on_a_phone_and_a_person_asked_for(open_page, script):
    cast.place()
    cast.ana()
    page = open_page(**PHONE, java_script_enabled=script)
    page.goto("/tell/")
    page.wait_for_timeout(3_100)  # nobody writes quicker than that
    page.get_by_label("What happened?").fill(cast.STORY)
    page.get_by_label("Your name").fill("Robert Finch")
    page.get_by_role("button", name="Send it to a person").click()
    page.get_by_role("heading", name="Robert, this is what happens next").wait_for()
    page.get_by_text("A person, please").click()
    page.get_by_label("How and when may we reach you?").fill("After six.")
    page.get_by_role("button", name="Ask for a person").click()
    page.get_by_text("A person knows").wait_for()
    assert Recovery.objects.get().waiting_since


def test_s2_05_what_happens_next_stands_within_one_screen(open_page):
    page = open_page(**PHONE)
    page.goto(address(cast.heard(channel="e-mail")))
    now_step = page.locator(".steps [aria-current=step]").bounding_box()
    assert now_step["y"] + now_step["height"] < PHONE["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_by_keyboard_alone(open_page):
    page = open_page(**PHONE)
    page.goto(address(waiting_for_an_answer()))
    page.get_by_text("Not quite").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("It was two hours.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("You put us right").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_read_it(open_page, width, scheme):
    cast.place("larder-wells", name="The Larder, Wells")
    offer = cast.offered("Refund", "A handwritten note")
    done = cast.put_right(customer=cast.finch(email="other@finch.example"))
    business = offer.recovery.place.business
    business.accent = "#f2c230"
    business.save()
    page = open_page(width=width, color_scheme=scheme, bypass_csp=True)  # axe brings its own style
    its = address(offer.recovery)
    paths = [its, address(done), f"{its}my-data/", f"{its}leave-me-be/"]
    for path in [*paths, "/tell/", "/tell/larder-bath/", "/r/nobody.knows/"]:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert clean(page) == [], path


def test_the_first_visit_is_light(open_page):
    offer = cast.offered("Refund", "A handwritten note")
    page, bodies = open_page(**PHONE), {}
    page.on("response", lambda got: bodies.setdefault(got.url, got))
    page.goto(address(offer.recovery), wait_until="networkidle")
    weight = sum(len(gzip.compress(got.body())) for got in bodies.values())
    assert weight <= HEAVIEST, {url: len(gzip.compress(got.body())) for url, got in bodies.items()}
