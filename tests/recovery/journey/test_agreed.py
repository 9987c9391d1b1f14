from datetime import timedelta
from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.recovery import clockwork, journey
from amends.recovery.authority import Approval, NotAllowed, limit_for
from amends.recovery.journey.agreed import AboveAuthority, NobodyToAsk, OnlyPutBack
from amends.recovery.offer import AnotherOpen, Answered, AskFirst, LineGiven, NoExtra, NoSum, State
from amends.recovery.recovery import Outcome, Part
from amends.recovery.wish import Wants
from amends.remedies.remedy import Side
from amends.remedies.rule import Rule
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def line(name: str, value: int | None = None) -> LineGiven:
    return cast.line(name) if value is None else LineGiven(cast.remedy(name), value=Decimal(value))


def test_s0_08_ask_before_offering():
    recovery = cast.sorry()
    with pytest.raises(AskFirst):
        journey.offer(recovery, lines=[line("A small gift")], by=cast.ana())


def test_s1_08_a_first_move_is_marked_and_does_not_agree_by_itself():
    recovery = cast.sorry()
    move = journey.offer(recovery, lines=[line("Replacement")], by=cast.ana(), is_first_move=True)
    journey.accept(move)
    assert cast.fresh(recovery).agreed_at is None
    journey.wish(cast.fresh(recovery), words="That is all I want.")
    assert cast.fresh(recovery).agreed_at


def test_s0_15_an_offer_has_something_extra_or_says_why_not():
    recovery = cast.wished()
    with pytest.raises(NoExtra):
        journey.offer(recovery, lines=[line("Refund")], by=cast.ana())
    journey.offer(
        recovery, lines=[line("Refund")], by=cast.ana(), no_extra_why="The customer wanted none."
    )


def test_s0_14_a_refund_counts_nothing_towards_the_extra():
    recovery = cast.wished()
    made = journey.offer(recovery, lines=[line("Refund", 20), line("Credit", 5)], by=cast.ana())
    extra = [each.value for each in made.lines.all() if each.side == Side.EXTRA]
    assert (made.value, extra) == (Decimal(25), [Decimal(5)])


def test_s0_02_within_the_limit_nobody_waits():
    made = cast.offered("Refund", "A handwritten note")
    assert made.state == State.OPEN
    assert not Approval.objects.exists()


def test_money_names_its_sum_so_that_no_authority_is_passed():
    recovery = cast.wished()
    with pytest.raises(NoSum):
        journey.offer(recovery, lines=[LineGiven(cast.remedy("Credit"))], by=cast.ana())


def test_t18_above_the_limit_a_named_person_is_asked_with_a_clock():
    cast.mona()
    recovery = cast.wished()
    made = journey.offer(recovery, lines=[line("Credit", 80)], by=cast.ana())
    approval = made.approvals.get()
    assert (made.state, approval.of) == (State.HELD, cast.mona())
    assert approval.due_at == now() + timedelta(minutes=30)
    journey.approve(approval, by=cast.mona())
    made.refresh_from_db()
    assert made.state == State.OPEN
    assert cast.fresh(recovery).owner == cast.ana()


def test_s2_16_an_approval_without_an_answer_goes_to_the_next_person(clock):
    cast.mona()
    cast.olive()
    journey.offer(cast.wished(), lines=[line("Credit", 80)], by=cast.ana())
    clock.shift(timedelta(minutes=30))
    clockwork.what_is_due()
    approval = Approval.objects.get()
    assert (approval.of, approval.passed_on) == (cast.olive(), 1)


def test_s0_09_a_no_puts_something_else_to_the_customer():
    cast.mona()
    recovery = cast.wished()
    made = journey.offer(recovery, lines=[line("Credit", 80)], by=cast.ana())
    instead = journey.refuse(
        made.approvals.get(), lines=[line("Credit", 30)], words="Would this suit?", by=cast.mona()
    )
    made.refresh_from_db()
    assert (made.state, instead.state) == (State.WITHDRAWN, State.OPEN)


def test_the_asker_and_a_colleague_cannot_say_yes():
    cast.mona()
    made = journey.offer(cast.wished(), lines=[line("Credit", 80)], by=cast.ana())
    for person in (cast.ana(), cast.ben()):
        with pytest.raises(NotAllowed):
            journey.approve(made.approvals.get(), by=person)


def test_above_the_limit_with_nobody_to_ask_nothing_is_half_done():
    recovery = cast.wished()
    with pytest.raises(NobodyToAsk):
        journey.offer(recovery, lines=[line("Credit", 80)], by=cast.ana())
    assert not recovery.offers.exists()


def test_the_limit_left_shrinks_with_what_was_given():
    recovery = cast.wished()
    journey.offer(recovery, lines=[line("Credit", 30)], by=cast.ana())
    assert limit_for(cast.ana(), recovery, at=now()).left == Decimal(20)


def test_s0_16_another_extra_and_the_dislike_is_remembered():
    made = cast.offered("Refund", "A small gift")
    extra = made.lines.get(remedy__name="A small gift")
    journey.swap(extra, remedy=cast.remedy("A handwritten note"), dislike="No sweets, please")
    extra.refresh_from_db()
    assert extra.swapped_from == cast.remedy("A small gift")
    assert "No sweets, please" in cast.finch().dislikes
    journey.accept(made)
    with pytest.raises(Answered):
        journey.swap(extra, remedy=cast.remedy("A small gift"))


def test_s4_18_the_customer_decided_and_every_line_is_promised():
    recovery = cast.agreed("Refund", "Ask for me next time")
    assert recovery.customer_decided
    assert recovery.stage == Part.PUT_RIGHT
    assert recovery.promises.count() == 2
    assert recovery.promises.get(asks_for_owner=True).trigger == "next_visit"


def test_one_offer_at_a_time_and_one_answer_each():
    made = cast.offered()
    with pytest.raises(AnotherOpen):
        journey.offer(made.recovery, lines=[line("Credit", 5)], by=cast.ana())
    journey.counter(made, words="I would rather have a proper breakfast.")
    with pytest.raises(Answered):
        journey.accept(made)
    assert cast.fresh(made.recovery).wishes.count() == 2


def test_s4_21_being_heard_was_enough():
    recovery = cast.sorry()
    journey.wish(recovery, words="", wants=Wants.HEARD)
    recovery = cast.fresh(recovery)
    assert recovery.agreed_at
    assert recovery.put_right_at
    assert not recovery.offers.exists()


def test_s3_10_help_elsewhere_closes_well():
    recovery = cast.sorry()
    journey.help_elsewhere(recovery, who="The bakery next door", by=cast.ana())
    assert cast.fresh(recovery).outcome == Outcome.HELPED_ELSEWHERE


def test_s4_10_s4_11_a_rule_is_bent_with_a_reason_and_counted():
    rule = Rule.objects.create(name="Returns within 90 days")
    recovery = cast.heard()
    journey.bend(recovery, rule=rule, why="Home from her honeymoon on day 100", by=cast.ana())
    assert rule.bends.count() == 1


def test_s3_18_put_back_at_the_till_at_once():
    recovery = cast.heard()
    done = journey.put_back_now(recovery, lines=[line("Refund", 9)], by=cast.ana())
    assert done.is_first_move
    assert all(x.delivered_at for x in done.lines.all())
    assert cast.fresh(recovery).agreed_at is None
    with pytest.raises(OnlyPutBack):
        journey.put_back_now(recovery, lines=[line("A small gift")], by=cast.ana())
    with pytest.raises(AboveAuthority):
        journey.put_back_now(recovery, lines=[line("Refund", 900)], by=cast.ana())
