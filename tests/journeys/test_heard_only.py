"""S4-21: some just want to be heard. No money, no offer, and it ends well."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery.recovery import Outcome, Part
from tests import cast
from tests.journeys.town import DAYS, the_recovery, verbs, words_of

STORY = "I do not want anything. I would only like you to know how it felt to be waved away."
BACK = "So you came back to us after being waved away. Thank you for telling us, truly."


@pytest.fixture
def ana(town):
    return town.works(cast.ana)


@pytest.fixture
def iris(town, ana):
    iris = town.customer("Iris Bell", "iris@bell.example")
    iris.writes(STORY, subject="How I was treated")
    return iris


def hear_her_out(ana, iris):
    recovery = the_recovery()
    ana.has_listened(recovery)
    ana.says_back(recovery, "You were waved away when you asked for help, in front of everyone.")
    iris.opens("Have we understood you?").press("Yes, that is it")
    ana.says_sorry(recovery, "I am sorry that we waved you away when you needed us.")


def she_wants_nothing_more(ana, iris):
    ana.asks(the_recovery())
    page = iris.opens("What would you think would be fair?")
    page.press("I only wanted you to know")
    assert page.section("offer") == ""
    assert page.section("wishes") == "What you would think fair I only wanted you to know."
    assert "Iris" in page.section("next")


def thank_and_learn(ana, iris):
    recovery = the_recovery()
    ana.opens(recovery).press("Thank Iris", how="By letter", words=BACK)
    assert BACK in words_of(iris.letter("Thank you"))
    ana.press("It was a one-off", why="A new colleague; we spoke about it the same day.")


def test_s4_21_being_heard_was_enough_and_costs_nothing(town, ana, iris):
    hear_her_out(ana, iris)
    she_wants_nothing_more(ana, iris)
    recovery = the_recovery()
    assert (recovery.agreed_at, recovery.put_right_at) == (now(), now())
    assert not recovery.offers.exists()
    assert not recovery.promises.exists()
    thank_and_learn(ana, iris)
    town.later(4 * DAYS)
    ana.today().shows("Iris Bell", "Ask whether it is really fixed")
    iris.opens("Thank you").press("Tell Ana", on="/trust/", trust="yes")
    recovery = the_recovery()
    assert recovery.outcome == Outcome.WON_BACK
    assert not recovery.offers.exists()
    assert "offered" not in verbs(recovery)
    assert {letter["Subject"] for letter in iris.letters} == {
        "We have your message",
        "Have we understood you?",
        "I am sorry",
        "What would you think would be fair?",
        "Thank you",
    }


def test_s4_21_said_to_a_face_it_is_written_down_by_whoever_heard_it(town, ana):
    ana.open("/desk/capture/").press(
        "Keep it, and see to it", kinds=["bad_day"], words="I only want you to know.", table="7"
    )
    ana.shows("Guest at table 7")
    recovery = the_recovery()
    ana.press("Send it to Guest at table 7", words="You had a bad day here.", face_to_face="on")
    ana.press("Guest at table 7 said yes")
    ana.press("Say sorry", words="I am sorry that it was no good day.", channel="in person")
    ana.press("It was enough")
    recovery = the_recovery()
    assert recovery.put_right_at
    assert recovery.stage is Part.LEARNED
    assert not recovery.offers.exists()
    assert town.sink.box.letters == []
    assert recovery.touched_at > now() - timedelta(minutes=1)
