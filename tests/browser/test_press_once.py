"""An impatient thumb: a form that is under way goes once, and can be used again afterwards."""

import pytest

from amends.recovery.recovery import Recovery
from tests import cast
from tests.browser.conftest import TOUCH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TWICE = """button => {
  button.form.requestSubmit(button);
  setTimeout(() => button.form?.requestSubmit(button), 5);
}"""


def posts_of(page):
    sent = []
    page.on("request", lambda asked: asked.method == "POST" and sent.append(asked.url))
    return sent


def test_a_whole_page_pressed_twice_goes_once(desk):
    cast.place()
    page = desk(cast.ana(), **TOUCH)
    page.goto("/desk/capture/")
    page.get_by_role("checkbox", name="What we made or sold").check()
    sent = posts_of(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Keep it, and see to it").evaluate(TWICE)
    assert len(sent) == 1
    assert Recovery.objects.count() == 1


def test_a_part_of_a_page_pressed_twice_goes_once_and_then_again(desk):
    recovery = cast.heard()
    page = desk(cast.ana())
    page.goto(f"/desk/recoveries/{recovery.ref}/")
    form = page.locator("form[hx-post]", has=page.locator("textarea")).last
    address = form.get_attribute("action")
    sent = posts_of(page)
    with page.expect_response(lambda said: said.request.method == "POST"):
        form.evaluate("form => form.noValidate = true")
        form.locator("button").last.evaluate(TWICE)
    page.locator("form[aria-busy]").first.wait_for(state="detached")
    again = page.locator(f"form[action='{address}']").first
    with page.expect_response(lambda said: said.request.method == "POST"):
        again.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    page.locator("form[aria-busy]").first.wait_for(state="detached")
    assert len(sent) == 2
