"""Quiet customers, watches and incidents in the browser: as axe sees them, and keeping themselves fresh."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.signals import reaching
from amends.signals.models import Signal, Watch
from tests import cast
from tests.browser.test_looks import seen
from tests.signals import shop
from tests.signals.test_reaching import guests, incident, listed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_everybody_can_use_the_pages_of_those_who_say_nothing(desk):
    cast.place(hours=False)
    shop.signal()
    made = incident(f"{listed(guests(3))}\nnobody we know")
    page = desk(cast.olive())
    watch = f"/desk/settings/watches/{Watch.objects.get(sees='late').ref}/"
    a_year_ago = (now() - timedelta(days=365)).date()
    addresses = [
        "/desk/quiet/",
        f"/desk/quiet/{Signal.objects.get().ref}/",
        "/desk/incidents/",
        "/desk/incidents/new/",
        f"/desk/incidents/{made.ref}/",
        "/desk/settings/watches/",
        f"{watch}?try=1&as_of={a_year_ago}&window=90&silence=60",
        "/desk/settings/watches/new/quiet/",
    ]
    assert [one for address in addresses for one in seen(page, address)] == []


def test_how_far_an_incident_is_shows_without_a_press(desk):
    cast.place(hours=False)
    made = incident(listed(guests(3)))
    page = desk(cast.mona())
    page.goto(f"/desk/incidents/{made.ref}/")
    page.get_by_role("button", name="Write to 3 customers").click()
    page.get_by_text("0 of 3 seen to").wait_for()
    reaching.go_on()
    page.get_by_text("3 of 3 seen to").wait_for()
    reaching.go_on()
    page.get_by_text("All 3 are seen to").wait_for()
    assert page.locator("progress").get_attribute("value") == "3"


def test_the_coach_stands_beside_the_letter_to_somebody_quiet(desk):
    cast.place(hours=False)
    shop.signal()
    page = desk(cast.ana())
    page.goto(f"/desk/quiet/{Signal.objects.get().ref}/")
    page.get_by_label("Your apology").fill("I am sorry, but that is our policy.")
    page.locator(".coach-note").first.wait_for()
    assert page.locator(".coach-under mark").count() >= 1


def test_the_coach_stands_beside_the_words_of_an_incident_and_nothing_is_lost(desk):
    cast.place(hours=False)
    page = desk(cast.mona())
    page.goto("/desk/incidents/new/")
    page.get_by_label("What happened, in a few words").fill("The oven failed on Saturday")
    page.get_by_label("What we saw").fill("We saw that your order came cold.")
    page.get_by_label("The apology").fill("I am sorry, but that is our policy.")
    page.locator(".coach-note").first.wait_for()
    assert page.locator(".coach-under mark").count() >= 1
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": b"a@b.example"}
    page.get_by_label("Or a file").set_input_files(file)
    page.get_by_role("button", name="Keep it, and look at the list").click()
    page.get_by_text("a@b.example").wait_for()


def test_the_coach_stands_beside_the_apology_of_a_watch(desk):
    cast.place(hours=False)
    page = desk(cast.olive())
    page.goto(f"/desk/settings/watches/{shop.watch('late', on=False).ref}/")
    page.get_by_label("The apology").fill("I am sorry, but that is our policy.")
    page.locator(".coach-note").first.wait_for()
    assert page.locator(".coach-under mark").count() >= 1
    page.get_by_role("button", name="Keep it", exact=True).click()
    page.get_by_text("is kept").wait_for()
    assert Watch.objects.get(sees="late").sorry == "I am sorry, but that is our policy."
