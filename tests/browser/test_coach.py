"""The coach beside a letter in a real browser: by hand, by keys alone, on a phone."""

import pytest

from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.heeding import Heeded
from tests import cast
from tests.browser.conftest import PHONE, fits, troubles

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = {"width": 1280, "height": 900}
HARSH = "I am sorry, but returns are not permitted under company policy."
PLAIN = "I am sorry about the bacon. Your money is back. Ana"


@pytest.fixture
def writing(desk):
    """Ana's page of a recovery, with the field for a letter in her own words open."""
    recovery = cast.sorry(by=cast.ana())
    page = desk(cast.ana())
    page.goto(f"/desk/recoveries/{recovery.ref}/")
    page.set_default_timeout(7_000)
    page.locator("details.fold-group:has(#step-write) > summary").click()
    page.locator("#step-write > summary").click()
    page.field = page.locator(".composer textarea")
    return page


def letters():
    return [letter.text for letter in Letter.objects.filter(kind="answer")]


def test_notes_come_while_one_writes_with_marks_under_the_words(writing):
    writing.field.fill(HARSH)
    notes = writing.locator(".composer .coach-note")
    notes.first.wait_for()
    assert 1 <= notes.count() <= 2
    marks = writing.locator(".composer .coach-under mark")
    assert marks.count() == notes.count()
    assert all(text in HARSH for text in marks.all_inner_texts())
    under, over = (
        writing.locator(f".composer .coach-{x}").bounding_box() for x in ("under", "over")
    )
    assert under == over
    assert "The coach:" in writing.locator(".composer [role=status]").inner_text()
    assert writing.evaluate("document.activeElement.name") == "words"
    assert troubles(writing) == []
    writing.set_viewport_size(PHONE)
    writing.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert troubles(writing) == []
    assert fits(writing)


def test_a_note_is_set_aside_for_this_letter_by_keys_alone(writing):
    writing.field.fill(HARSH)
    first = writing.locator(".composer .coach-note").first
    first.wait_for()
    key = first.get_attribute("data-key")
    drop = first.locator("[name=coach_drop]")
    drop.focus()
    drop.press("Enter")
    writing.locator(f".composer [data-key='{key}']").wait_for(state="detached")
    assert writing.evaluate("document.activeElement.name") == "words"
    writing.field.press_sequentially(" Goodbye.")
    writing.wait_for_timeout(1_200)
    assert writing.locator(f".composer [data-key='{key}']").count() == 0
    assert Heeded.objects.get(category=key.split(":")[0]).dismissed == 1
    assert letters() == []


def test_a_rewrite_is_put_in_by_a_key_and_can_be_undone(writing):
    writing.field.fill(PLAIN)
    take = writing.locator(".composer [name=coach_take]").first
    take.wait_for()
    put_in, key = take.get_attribute("data-put-in").strip(), take.get_attribute("value")
    writing.field.press("Control+.")
    assert put_in in writing.field.input_value()
    writing.locator(f".composer [data-key='{key}']").wait_for(state="detached")
    writing.field.press("Control+z")
    assert writing.field.input_value() == PLAIN
    assert Heeded.objects.get(accepted=1).category == key.split(":")[0]


def test_before_a_letter_leaves_what_is_missing_is_told_and_a_second_press_sends_it(writing):
    writing.field.fill(PLAIN)
    writing.get_by_role("button", name="Send to Robert").click()
    writing.get_by_role("heading", name="Before you send").wait_for()
    assert letters() == []
    assert troubles(writing) == []
    writing.get_by_role("button", name="Send anyway").click()
    writing.get_by_text("Your words are on their way to Robert.").wait_for()
    assert PLAIN in letters()[0]


@pytest.fixture
def answering(desk):
    """The page of an idea, where the form goes without htmx."""
    cast.mona()
    idea = journey.give_idea(cast.put_right(), words="Warm the plates.")
    page = desk(cast.mona())
    page.set_default_timeout(7_000)
    page.goto(f"/desk/ideas/{idea.ref}/")
    page.idea = idea
    page.field = page.get_by_label("What becomes of it")
    return page


def test_before_an_answer_to_an_idea_leaves_it_is_looked_at_too(answering):
    answering.field.fill("Dear customer, the plates are warm now.")
    button = answering.get_by_role("button", name="Answer ", exact=False)
    button.click()
    answering.get_by_role("heading", name="Before you send").wait_for()
    answering.idea.refresh_from_db()
    assert answering.idea.answered_at is None
    answering.get_by_role("button", name="Send anyway").click()
    answering.get_by_text("Answered. Your words are on their way.").wait_for()


def test_an_answer_that_lacks_nothing_goes_at_the_first_press(answering):
    called = answering.idea.recovery.customer.first_name
    answering.field.fill(f"{called}, thank you: the plates are warm since Monday. Mona")
    answering.get_by_role("button", name="Answer ", exact=False).click()
    answering.get_by_text("Answered. Your words are on their way.").wait_for()


def test_a_coach_that_does_not_answer_holds_nobody_up(writing):
    writing.route("**/coach/**", lambda route: route.abort())
    writing.field.fill(PLAIN)
    writing.get_by_role("button", name="Send to Robert").click()
    writing.get_by_text("Your words are on their way to Robert.").wait_for()
    assert len(letters()) == 1


def test_s2_01_in_practice_everything_is_said_at_once_and_one_tries_again(desk):
    page = desk(cast.audrey())
    page.goto("/desk/practice/?story=broken-vase")
    field = page.get_by_label("Your answer")
    field.fill(HARSH)
    page.locator(".coach-note").first.wait_for()
    page.get_by_role("button", name="See what the coach says").click()
    page.get_by_role("heading", name="Not in it yet").wait_for()
    assert page.locator(".coach-note").count() > 2
    assert page.locator(".coach-under mark").count() >= 1
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        assert troubles(page) == []
        assert fits(page)
    page.get_by_role("link", name="Try again").click()
    assert page.get_by_label("Your answer").input_value() == ""
    assert Heeded.objects.count() == 0
