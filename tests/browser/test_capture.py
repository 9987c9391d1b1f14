"""Hearing somebody out on the floor: a phone, a thumb, a few seconds; by keys alone; without script."""

import pytest

from amends.recovery.recovery import Recovery
from tests import cast
from tests.browser.conftest import TOUCH, fits, troubles

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CAPTURE = "/desk/capture/"
KEEP = "Keep it, and see to it"


class Thumb:
    """Counts what it presses."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, what):
        box = what.bounding_box()
        top, bottom = box["y"], box["y"] + box["height"]
        assert 0 <= top < bottom <= TOUCH["height"], "a thumb would have to scroll first"
        assert box["height"] >= 44, "too small for a thumb"
        what.tap()
        self.taps += 1


def chip(page, words):
    """What is pressed to say what went wrong: the box round its words."""
    return page.locator(".choices label", has=page.get_by_text(words, exact=True))


def test_s3_17_two_taps_on_a_phone(desk):
    page = desk(cast.ana(), **TOUCH)
    page.goto("/desk/today/")
    page.get_by_role("link", name="Hear", exact=True).tap()
    thumb = Thumb(page)
    thumb.tap(chip(page, "What we made or sold"))
    thumb.tap(page.get_by_role("button", name=KEEP))
    page.get_by_role("heading", name="A guest", level=1).wait_for()
    assert thumb.taps == 2
    assert fits(page)
    assert Recovery.objects.get().failures.get().kind == "core"


def test_s3_17_who_it_is_is_found_while_one_types(desk):
    cast.heard(by=cast.ana())
    page = desk(cast.ana(), **TOUCH)
    page.goto(CAPTURE)
    page.locator("#id_who").press_sequentially("Finc", delay=20)
    page.locator("#found label", has_text="Robert Finch").tap()
    chip(page, "It came late, or not at all").tap()
    page.get_by_placeholder("What exactly?").locator("visible=true").fill("Forty minutes")
    page.get_by_role("button", name=KEEP).tap()
    page.get_by_role("heading", name="Robert Finch", level=1).wait_for()
    assert Recovery.objects.count() == 2
    assert len({recovery.customer_id for recovery in Recovery.objects.all()}) == 1


def test_without_script_it_is_the_same_form(desk):
    cast.heard(by=cast.ana())
    page = desk(cast.ana(), java_script_enabled=False, **TOUCH)
    page.goto(CAPTURE)
    page.get_by_label("Name, e-mail or telephone").fill("Finch")
    chip(page, "Price or payment").tap()
    page.get_by_role("button", name="Look").tap()
    page.locator("#found label", has_text="Robert Finch").tap()
    assert page.get_by_role("checkbox", name="Price or payment", exact=True).is_checked()
    page.get_by_label("What did they say?").fill("Charged twice.")
    page.get_by_role("button", name=KEEP).tap()
    page.get_by_role("heading", name="Robert Finch", level=1).wait_for()
    assert Recovery.objects.filter(complaints__words="Charged twice.").count() == 1


def tab_to(page, name):
    """With the Tab key alone, as far as it takes."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText"
        )
        if (here or "").strip().startswith(name):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"no way to {name!r} by keys")


def test_by_keys_alone_from_the_door_to_a_recovery(open_page, transactional_db):
    ana = cast.person("Ana Reyes", password="marmalade-on-toast-7")
    page = open_page()
    page.goto(f"/accounts/login/?next={CAPTURE}")
    tab_to(page, "E-mail address")
    page.keyboard.type(ana.email)
    tab_to(page, "Password")
    page.keyboard.type("marmalade-on-toast-7")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What went wrong?").wait_for()
    tab_to(page, "How we behaved")
    page.keyboard.press("Space")
    tab_to(page, "What did they say?")
    page.keyboard.type("Nobody looked up.")
    tab_to(page, KEEP)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="A guest", level=1).wait_for()
    assert Recovery.objects.get().complaints.get().words == "Nobody looked up."


def test_the_first_key_leads_past_the_menu(desk):
    page = desk(cast.ana())
    page.goto(CAPTURE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert troubles(page) == []
