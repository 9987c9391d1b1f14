"""A wish far above what Ana may give: she stays, somebody who may say yes is asked with a clock, and
nobody ever hears a bare no (S0-09, S2-16, T18)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.recovery.authority import Approval
from amends.recovery.offer import State
from tests import cast
from tests.journeys.town import MINUTE, the_recovery, ticked, verbs, words_of

WISH = "Two nights on the house for the six of us. It was my mother's birthday."
BEHIND = "She wanted all six together once more; a table for six would come close."


@pytest.fixture
def ana(town):
    return town.works(cast.ana)


@pytest.fixture
def mona(town):
    return town.works(cast.mona)


@pytest.fixture
def olive(town):
    return town.works(cast.olive)


@pytest.fixture
def wren(town, ana, mona, olive):
    """She has been heard, understood, and told sorry; now she has said what she thinks fair."""
    wren = town.customer("Wren Adair", "wren@adair.example")
    wren.writes(cast.STORY, subject="My mother's birthday")
    recovery = the_recovery()
    ana.has_listened(recovery)
    ana.says_back(recovery, cast.RESTATED)
    wren.opens("Have we understood you?").press("Yes, that is it")
    ana.says_sorry(recovery, cast.SORRY)
    ana.asks(recovery)
    page = wren.opens("What would you think would be fair?")
    page.press("Tell Ana", on="/wish/", words=WISH)
    return wren


@pytest.fixture
def asked(ana, wren):
    """Ana offers what she may not give alone."""
    ana.opens(the_recovery()).shows(WISH, "£50 is yours to give here without asking")
    ana.offers(the_recovery(), "Your six, once more.", Credit="600")
    ana.shows("Mona Hart is asked")
    return Approval.objects.get()


def test_t18_she_keeps_her_contact_and_sees_nothing_half_decided(town, ana, wren, asked):
    assert asked.offer.state == State.HELD
    assert "What I would like to do for you" not in [x["Subject"] for x in wren.letters]
    page = wren.opens("I am sorry")
    page.hides("600", "Mona", "What we would like to do")
    page.shows("Ana")
    assert the_recovery().owner == ana.person


def test_s2_16_the_question_goes_up_when_nobody_answers_in_time(town, ana, mona, olive, asked):
    assert "Ana Reyes asks for your yes" in mona.told
    (letter,) = town.mails_to(mona.person.email)
    assert "by 10:30 on Monday" in words_of(letter)
    town.later(29 * MINUTE)
    assert "asks for your yes" not in olive.told
    town.later(1 * MINUTE)
    assert "Ana Reyes asks for your yes" in olive.told
    asked.refresh_from_db()
    assert (asked.of, asked.passed_on) == (olive.person, 1)
    assert asked.due_at == now() + 30 * MINUTE
    olive.open("/desk/approvals/").shows("Wren Adair", "passed on once")
    assert verbs(the_recovery()).count("passed_on") == 1


def test_s2_16_a_yes_sends_the_offer_at_once(town, ana, mona, wren, asked):
    mona.today().shows("Ana asks for your yes")
    mona.follow("Answer Ana").press("Yes, do it")
    assert "Mona Hart said yes." in ana.told
    wren.opens("What I would like to do for you").shows("Credit", "£600", "Your six, once more.")
    assert the_recovery().offers.get().sent_at == now()


def instead(mona, words):
    """No button says no: only something else can be put forward."""
    mona.open("/desk/approvals/").follow("Something else")
    assert not {"No", "Refuse", "Decline"} & set(mona.buttons)
    mona.press("Put this forward", status=422, words="It is too much.", lines=[])
    mona.shows("Choose at least one thing to offer.")
    lines = {cast.remedy("Credit"): "120", cast.remedy("Ask for me next time"): ""}
    mona.press("Put this forward", words=words, **ticked(lines))


def test_s0_09_an_alternative_is_put_forward_and_she_takes_it(town, ana, mona, wren, asked):
    ana.opens(the_recovery()).press("Write it down", on="/wish/", words=WISH, behind_it=BEHIND)
    town.later(10 * MINUTE)
    instead(mona, "A table for the six of you, and I will look after you myself.")
    assert "Mona Hart proposed something else." in ana.told
    page = wren.opens("What I would like to do for you")
    page.shows("A table for the six of you", "£120", "Ask for me next time")
    page.press("Yes, please")
    recovery = the_recovery()
    assert recovery.customer_decided
    assert recovery.agreed_at
    held, taken = recovery.offers.all()
    assert (held.state, taken.state) == (State.WITHDRAWN, State.ACCEPTED)
    assert taken.value == Decimal(120)
    order = ["wished", "offered", "asked_leave", "refused", "accepted"]
    assert [verb for verb in dict.fromkeys(verbs(recovery)) if verb in order] == order


def test_s0_09_letting_go_without_an_alternative_is_refused(ana, wren):
    page = ana.opens(the_recovery()).press("Let go", status=422, why="It is far too much.")
    page.shows("Put something to them first: they told us their wish.")
    assert the_recovery().closed_at is None


def test_s0_02_within_her_limit_nobody_is_asked(ana, mona, wren):
    ana.offers(the_recovery(), "From me to you.", Credit="50")
    assert "asks for your yes" not in mona.told
    wren.opens("What I would like to do for you").shows("£50")
    ana.opens(the_recovery())
    assert the_recovery().offers.get().made_at > now() - timedelta(minutes=1)
