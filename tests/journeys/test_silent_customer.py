"""S3-21: she said nothing at all. Somebody saw it, said sorry first, and she came back."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery.recovery import FoundBy, Outcome
from tests import cast
from tests.journeys.town import DAYS, MINUTE, Screen, the_recovery, ticked, verbs

SAW = "She left her eggs and went without a word."
SORRY = "I saw that your eggs came back cold, and I am sorry that you left hungry."
PHONE = "+44 7700 900123"


@pytest.fixture
def ana(town):
    return town.works(cast.ana)


@pytest.fixture
def spotted(ana):
    ana.open("/desk/capture/").press(
        "Keep it, and see to it",
        kinds=["core"],
        what_core="Cold eggs",
        who="Ada Moss",
        reach=PHONE,
        words=SAW,
        channel="saw",
    )
    return the_recovery()


def test_s3_21_what_staff_saw_needs_no_complaint(ana, spotted):
    assert spotted.found_by == FoundBy.STAFF
    assert not spotted.complaints.exists()
    assert spotted.owner == ana.person
    assert not spotted.apologies.exists()
    ana.shows("We saw this ourselves; they have not told us anything.", "Next: Say sorry to Ada")
    assert "I have read this" not in ana.buttons  # there is no story to wait for (T5)


def sorry_first(ana, recovery):
    """Before anything is asked; the desk gives her link, to be sent by text message."""
    ana.says_sorry(recovery, SORRY)
    (link,) = ana.to_copy
    page = Screen(link)
    page.shows("Ada, this is what happens next", "We saw that something went wrong", SORRY)
    ana.press("Write it down", on="/notes/", words="Sent her the link.", channel="text message")
    return page


def she_answers(ana, page):
    page.press("Tell Ana", on="/wish/", words="Warm eggs would do.", wants="put_right")
    ana.says_back(the_recovery(), "Your eggs came back cold, and nobody asked.")
    page.open(page.url).press("Yes, that is it")
    lines = {cast.remedy("Do it again, properly"): "", cast.remedy("A small gift"): ""}
    ana.opens(the_recovery()).press("Put it to Ada", words="Come and see.", **ticked(lines))
    page.open(page.url).press("Yes, please")
    assert the_recovery().customer_decided


def she_returns(town, ana):
    town.later(2 * DAYS)
    ana.open("/desk/arrivals/?q=Ada")
    ana.press("They are here", customer=the_recovery().customer.ref, table="3")
    ana.shows("Here now", "Ada Moss", "Table 3", "Do it again, properly")
    ana.press("I have greeted Ada")
    recovery = the_recovery()
    for promise in recovery.promises.open():
        ana.opens(recovery).press("It is kept", on=promise.ref)
    assert the_recovery().put_right_at == now()
    assert the_recovery().returns.get().visit.table == "3"


def test_s3_21_sorry_first_then_a_link_then_she_comes_back(town, ana, spotted):
    town.later(3 * MINUTE)
    page = sorry_first(ana, spotted)
    she_answers(ana, page)
    she_returns(town, ana)
    ana.opens(spotted).press("Thank Ada", how="In person")
    ana.press("It was a one-off", why="The pass was short of a person that morning.")
    page.open(page.url).press("Tell Ana", on="/trust/", trust="yes")
    recovery = the_recovery()
    assert recovery.outcome == Outcome.WON_BACK
    assert town.sink.box.letters == []  # she has no address: all of it stands on her page
    assert verbs(recovery)[0] == "spotted"
    assert recovery.known_at < now() - timedelta(days=1)
