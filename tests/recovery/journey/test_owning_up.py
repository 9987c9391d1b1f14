from decimal import Decimal

import pytest

from amends.mailroom.letter import Letter, State
from amends.recovery import journey
from amends.recovery.apology import AlreadySorry
from amends.recovery.authority import Approval
from amends.recovery.gate import BY_ITSELF
from amends.recovery.journey.heard import WentWrong
from amends.recovery.journey.owning_up import AlreadyOwnedUp, TheyToldUs
from amends.recovery.offer import LineGiven
from amends.recovery.recovery import FoundBy
from amends.recovery.standards import Step
from amends.recovery.timeline import first_broken
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SAW = "We saw that your order 1234, promised for Tuesday, came on Friday."
SORRY = "I am sorry that we kept you waiting for it."


def spotted(**more):
    cast.ana()
    failure = WentWrong(kind="delay", words="Order 1234 came three days late")
    told = {"customer": cast.finch(), "place": cast.place(), "failures": [failure], **more}
    return journey.spot(**told)


def own_up(recovery, *names, **more):
    lines = [cast.line(name) for name in names]
    told = {"we_saw": SAW, "sorry": SORRY, "lines": lines, "by": cast.ana(), **more}
    return journey.own_up(recovery, **told)


def test_t5_what_we_saw_ourselves_is_one_letter_with_sorry_in_it():
    recovery = spotted()
    own_up(recovery, "A handwritten note")
    recovery = cast.fresh(recovery)
    letter = Letter.objects.get(thread=recovery.ref)
    assert letter.subject == "We saw that something went wrong"
    told = [letter.text.index(words) for words in (SAW, SORRY, "- A handwritten note.")]
    assert told == sorted(told)
    assert recovery.found_by == FoundBy.SYSTEM
    assert recovery.sorry_at
    assert recovery.clocks.get(step=Step.APOLOGY).stopped_at
    assert recovery.offers.get().is_first_move
    assert first_broken(recovery) is None


def test_s2_09_a_second_sorry_for_the_same_is_refused():
    recovery = spotted()
    own_up(recovery)
    with pytest.raises(AlreadyOwnedUp):
        own_up(recovery)
    with pytest.raises(AlreadySorry):
        journey.apologise(recovery, words=cast.SORRY, by=cast.ana())
    assert Letter.objects.filter(thread=recovery.ref).count() == 1


def test_whoever_told_us_is_answered_and_not_told_what_we_saw():
    with pytest.raises(TheyToldUs):
        own_up(cast.heard())


def test_a_silence_is_asked_about_and_not_apologised_for():
    recovery = spotted()
    journey.own_up(recovery, we_saw="We have missed you since March.", by=cast.ana())
    letter = Letter.objects.get(thread=recovery.ref)
    assert letter.kind == "quiet"
    assert "sorry" not in letter.text.lower()
    assert cast.fresh(recovery).sorry_at is None


def test_a_first_move_above_the_authority_waits_for_a_yes_and_the_letter_does_not():
    cast.mona()
    recovery = spotted()
    dear = LineGiven(cast.remedy("Credit"), value=Decimal(400))
    journey.own_up(recovery, we_saw=SAW, sorry=SORRY, lines=[dear], by=cast.ana())
    letter = Letter.objects.get(thread=recovery.ref)
    assert "Credit" not in letter.text
    journey.approve(Approval.objects.get(), by=cast.mona())
    later = Letter.objects.get(thread=recovery.ref, kind="offer")
    assert "Credit" in later.text


def test_by_itself_it_says_that_a_machine_sent_it():
    own_up(spotted(), by_itself=True)
    assert Letter.objects.get(kind="we_saw").automatic


def test_what_nobody_asked_for_is_braked_whoever_sends_it():
    for _ in range(3):
        own_up(spotted())
    states = list(
        Letter.objects.filter(kind="we_saw").order_by("pk").values_list("state", flat=True)
    )
    assert states == [State.QUEUED, State.QUEUED, State.HELD]
    assert {BY_ITSELF["we_saw"], BY_ITSELF["quiet"]} == {"unasked"}


def test_they_confirm_what_we_saw_on_their_page():
    recovery = spotted()
    journey.confirm(own_up(recovery))
    assert cast.fresh(recovery).understood_at
