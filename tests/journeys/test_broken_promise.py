"""S3-16, lived again: the manager apologised and gave his card, «ask for me next time». The customer
came back, and nobody came to the table."""

from datetime import UTC, datetime

import pytest

from amends.recovery.failure import Kind, Severity
from amends.recovery.recovery import Part
from tests import cast
from tests.journeys.town import MINUTE, Screen, link_in, the_recovery, ticked, verbs, words_of

FRIDAY_NOON = datetime(2026, 6, 5, 11, 0, tzinfo=UTC)  # twelve o'clock in Bath
ROBERT = ("Robert Finch", "robert@finch.example")
BOOKED = "Robert Finch has booked: Ask for me next time"
HERE = "Robert Finch is here. Ask for me next time"
WAITING = "Robert Finch is still waiting to be greeted."
BROKE = "A promise to Robert Finch was broken: Ask for me next time"


@pytest.fixture
def mona(town):
    return town.works(cast.mona)


@pytest.fixture
def olive(town):
    return town.works(cast.olive)


@pytest.fixture
def ana(town):
    return town.works(cast.ana)


@pytest.fixture
def robert(town):
    return town.customer(*ROBERT)


def at_the_till(mona, robert):
    """Told in passing to the one who takes the card: two faults, a small thing off the bill."""
    refund = ticked({cast.remedy("Refund"): "4"})
    mona.open("/desk/capture/").press(
        "Keep it, and see to it",
        kinds=["core", "expectation"],
        what_core="Greasy, tough bacon",
        what_expectation="No grapefruit juice",
        who=robert.name,
        reach=robert.address,
        words=cast.STORY,
        **refund,
    )
    assert [failure.words for failure in the_recovery().failures.all()] == [
        "Greasy, tough bacon",
        "No grapefruit juice",
    ]
    mona.press("Send it to Robert", words=cast.RESTATED, face_to_face="on")
    mona.press("Robert said yes")
    mona.press("Say sorry", words=cast.SORRY, channel="in person")
    mona.shows("Met: at once.")


def the_card(mona, robert):
    mona.press("Write it down", on="/wish/", words="Just a good breakfast next time.")
    mona.offers(the_recovery(), "Here is my card.", Ask_for_me_next_time="")
    robert.opens("What I would like to do for you").press("Yes, please")
    assert "Ask for me next time" in words_of(robert.letter("What we promised you"))
    assert "at the next visit" in words_of(robert.letter("What we promised you"))
    assert [promise.asks_for_owner for promise in the_recovery().promises.all()] == [True]


def he_books(town, mona, robert):
    told = {"id": "B-12", "customer": {"email": robert.address}, "table": "7"}
    booked = town.till(mona.person).tells("visits", **told, expected_at=FRIDAY_NOON.isoformat())
    assert booked["visits"][0]["arrived_at"] is None
    assert BOOKED in mona.told


def he_comes(town, ana, mona, olive):
    """Ana sees him come in; Mona is called at once, and nobody else."""
    town.clock.move_to(FRIDAY_NOON)
    town.tick()
    ana.open("/desk/arrivals/").shows("Robert Finch", "Ask for me next time")
    ana.press("Is here")
    ana.shows("Here now", "Asked for Mona Hart", "0 minutes waiting", "Thank you for coming back")
    assert HERE in mona.told
    assert HERE not in olive.told
    mona.today().shows("Robert Finch", "Is here, table 7", "We owe: Ask for me next time")
    mona.hides("Keep it")


@pytest.fixture
def he_is_here(town, mona, olive, ana, robert):
    at_the_till(mona, robert)
    the_card(mona, robert)
    he_books(town, mona, robert)
    he_comes(town, ana, mona, olive)


def nobody_comes(town, ana, mona, olive):
    town.later(4 * MINUTE)
    assert WAITING not in mona.told
    town.later(1 * MINUTE)
    assert WAITING in mona.told
    ana.open("/desk/arrivals/").shows("Still not greeted.", "5 minutes waiting")
    town.later(9 * MINUTE)
    assert BROKE not in olive.told
    assert the_recovery().failures.count() == 2
    town.later(1 * MINUTE)


def it_is_broken(town, ana, mona, olive):
    assert BROKE in olive.told
    letter = town.mails_to(olive.person.email)[-1]
    assert letter["Subject"].startswith("A promise was broken: ")
    assert "Ask for me next time" in words_of(letter)
    recovery = the_recovery()
    failure = recovery.failures.get(kind=Kind.BROKEN_PROMISE)
    assert failure.severity == Severity.SEVERE
    assert failure.severity > max(f.severity for f in recovery.failures.exclude(pk=failure.pk))
    assert recovery.stage is Part.SORRY
    ana.open("/desk/arrivals/").shows("We were not there.")
    mona.today().shows("We were not there: go now, say so, and make it right.")


def it_is_owned_up_to(mona, robert):
    """A sorry is owed again, and his page says what happened."""
    page = Screen(link_in(robert.letter("What we promised you")))
    assert "broken" in page.section("promises")
    mona.today().shows("Say sorry for the promise we broke")
    sorry = "We promised that I would be there, and nobody came. I am sorry for that."
    mona.says_sorry(the_recovery(), sorry)
    assert sorry in words_of(robert.letter("I am sorry"))
    assert the_recovery().apologies.count() == 2


def test_s3_16_the_managers_card_is_not_honoured(town, he_is_here, ana, mona, olive, robert):
    nobody_comes(town, ana, mona, olive)
    it_is_broken(town, ana, mona, olive)
    town.later(5 * MINUTE)
    ana.open("/desk/arrivals/").press("They have left")
    it_is_owned_up_to(mona, robert)
    recovery = the_recovery()
    assert recovery.promises.broken().count() == 1
    happened = verbs(recovery)
    order = ["heard", "apologised", "accepted", "promised", "arrived", "triggered", "nudged"]
    order.append("broke")
    assert [verb for verb in dict.fromkeys(happened) if verb in order] == order
    assert happened.count("broke") == happened.count("nudged") == 1


def test_s3_16_whoever_is_greeted_in_time_is_not_let_down(town, he_is_here, mona, olive):
    town.later(6 * MINUTE)
    mona.open("/desk/arrivals/").press("I have greeted Robert")
    town.later(30 * MINUTE)
    recovery = the_recovery()
    assert recovery.promises.get().state == "kept"
    assert recovery.put_right_at
    assert BROKE not in olive.told
    assert recovery.returns.count() == 1


def test_s3_16_leaving_ungreeted_is_broken_at_once(town, he_is_here, ana, olive):
    town.later(3 * MINUTE)
    ana.open("/desk/arrivals/").press("They have left")
    assert BROKE in olive.told


def test_s3_14_away_that_day_the_deputy_gets_the_promise_and_the_story(
    town, mona, olive, ana, robert
):
    at_the_till(mona, robert)
    the_card(mona, robert)
    away = {"from_at": "2026-06-04T08:00", "until_at": "2026-06-08T08:00"}
    page = olive.open(f"/desk/settings/people/{mona.person.ref}/")
    page.press("Keep", on="/away/", **away, cover=str(ana.person.pk))
    told = {"id": "B-12", "customer": {"email": robert.address}}
    town.till(olive.person).tells("visits", **told, expected_at=FRIDAY_NOON.isoformat())
    assert BOOKED not in mona.told
    assert BOOKED in ana.told
    town.clock.move_to(FRIDAY_NOON)
    ana.open("/desk/arrivals/").shows("asks for you").press("Is here")
    ana.shows("Asked for you; Mona Hart stands in", "The bacon was greasy")
