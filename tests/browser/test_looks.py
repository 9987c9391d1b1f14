"""Every page of the desk as axe sees it: wide by day, and on a phone by night."""

import pytest

from tests import cast
from tests.browser.conftest import PHONE, fits, troubles
from tests.desk.test_urls import addresses

__all__ = ["addresses"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = {"width": 1280, "height": 900}
DAILY = ["today", "notices", "capture", "recoveries", "recovery", "arrivals", "huddle", "promises"]
MANAGED = ["approvals", "approval", "customers", "customer", "followups", "ideas", "idea", "causes"]
SET = ["cause", "settings", "authority", "standards", "standard", "remedies", "remedy", "letters"]
PLACED = ["letter", "places", "place", "shifts", "people", "person", "business", "invite"]
COACHED = ["practice", "writing", "writing_of", "settings_coach"]
READ = ["mailboxes", "add_mailbox", "mailbox"]
DOOR = ["/accounts/login/", "/accounts/password/reset/"]


def seen(page, address):
    """What is wrong with it, in the two ways of looking that differ the most."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = []
    for size, scheme in [(WIDE, "light"), (PHONE, "dark")]:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        where = f"{address} {size['width']} {scheme}"
        found += [(where, *one) for one in troubles(page)]
        if not fits(page):
            found.append((where, "pushed sideways", ""))
    return found


@pytest.mark.parametrize(
    "names",
    [DAILY, MANAGED, SET, PLACED, COACHED, READ],
    ids=["daily", "managed", "set", "placed", "coached", "read"],
)
def test_everybody_can_use_the_desk(desk, addresses, names):
    page = desk(cast.olive())
    assert [one for name in names for one in seen(page, addresses[name])] == []


def test_everybody_can_come_in(open_page):
    page = open_page()
    assert [one for address in DOOR for one in seen(page, address)] == []


def test_a_refused_step_and_an_empty_day_can_be_read_too(desk):
    cast.place()
    page = desk(cast.ana())
    assert seen(page, "/desk/today/") == []
    page.goto("/desk/capture/")
    page.get_by_role("button", name="Keep it, and see to it").click()
    page.get_by_text("What went wrong? One press is enough.").wait_for()
    assert troubles(page) == []
