from datetime import timedelta
from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.recovery import clockwork, journey
from amends.recovery.followup import About, Trust
from amends.recovery.journey.back import NoAlternative, NoReason
from amends.recovery.link import Link
from amends.recovery.notice import Notice
from amends.recovery.recovery import Closed, Outcome
from amends.recovery.timeline import Verb, first_broken
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def come_back(recovery):
    journey.visit(
        customer=recovery.customer, place=recovery.place, arrived_at=now(), amount=Decimal(18)
    )


def learned(recovery):
    journey.one_off(recovery, why="A new grill, never again", by=cast.ana())
    return cast.fresh(recovery)


def test_s3_20_one_return_asks_about_trust_and_does_not_close(clock):
    recovery = learned(cast.put_right())
    clock.shift(timedelta(days=6))
    come_back(recovery)
    assert cast.fresh(recovery).back_at is None
    assert Letter.objects.filter(thread=recovery.ref, kind="trust").count() == 1


def test_t10_trust_answered_with_yes_closes_the_circle(clock):
    recovery = learned(cast.put_right())
    clock.shift(timedelta(days=6))
    come_back(recovery)
    journey.answer_trust(recovery, trust=Trust.YES)
    recovery = cast.fresh(recovery)
    assert recovery.outcome == Outcome.WON_BACK
    assert recovery.followups.open().count() == 0
    assert first_broken(recovery) is None


def test_t10_a_second_return_closes_it_too_and_trust_is_asked_once(clock):
    recovery = learned(cast.put_right())
    for _ in range(2):
        clock.shift(timedelta(days=6))
        come_back(recovery)
    assert cast.fresh(recovery).outcome == Outcome.WON_BACK
    assert Letter.objects.filter(thread=recovery.ref, kind="trust").count() == 1


def test_not_yet_wants_a_person():
    recovery = learned(cast.put_right())
    journey.answer_trust(recovery, trust=Trust.NOT_YET, words="Let us see.")
    recovery = cast.fresh(recovery)
    assert recovery.closed_at is None
    assert recovery.waiting_since


def test_back_before_anything_was_learned_stays_open(clock):
    recovery = cast.put_right()
    journey.answer_trust(recovery, trust=Trust.YES)
    assert cast.fresh(recovery).closed_at is None
    learned(recovery)
    assert cast.fresh(recovery).outcome == Outcome.WON_BACK


def test_s2_19_follow_ups_go_on_until_they_are_back(clock):
    recovery = cast.put_right()
    first = recovery.followups.get()
    assert first.due_at == now() + timedelta(days=3)
    clock.move_to(first.due_at)
    journey.follow_up(first, words="Is it really put right?", by=cast.ana())
    assert recovery.followups.open().get().about == About.MISS_YOU


def test_s2_19_thirty_quiet_days_put_it_back_on_the_list(clock):
    recovery = cast.put_right()
    recovery.followups.open().update(dropped_at=now())
    clock.shift(timedelta(days=31))
    clockwork.what_is_due()
    clockwork.what_is_due()
    assert recovery.followups.open().count() == 1


def test_t14_leave_me_be_ends_letters_and_follow_ups():
    recovery = cast.put_right()
    journey.leave_me_be(recovery)
    before = Letter.objects.count()
    journey.write(cast.fresh(recovery), words="Are you sure?", by=cast.ana())
    recovery = cast.fresh(recovery)
    assert (recovery.outcome, Letter.objects.count()) == (Outcome.LEFT_IN_PEACE, before)
    assert recovery.followups.open().count() == 0


def test_t14_nothing_is_due_any_more_for_whoever_is_left_in_peace(clock):
    recovery = cast.heard()
    journey.leave_me_be(recovery)
    assert not recovery.clocks.running().exists()
    assert "Closed: left in peace." in {each.why for each in recovery.clocks.all()}
    clock.shift(timedelta(days=9))
    clockwork.what_is_due()
    assert not recovery.timeline.filter(verb=Verb.CLOCK_MISSED).exists()
    assert not Notice.objects.filter(recovery=recovery, about="clock").exists()


def test_what_was_missed_before_it_was_closed_was_missed(clock):
    recovery = cast.heard()
    clock.shift(timedelta(days=9))
    journey.let_go(recovery, why="She moved away.", by=cast.ana())
    missed = recovery.clocks.get(step="apology").why
    assert missed.startswith("Missed by")
    assert missed.endswith("Closed: let go.")


def test_s2_03_s3_19_letting_go_says_why_and_what_was_lost():
    recovery = cast.heard()
    with pytest.raises(NoReason):
        journey.let_go(recovery, why="", by=cast.ana())
    journey.let_go(
        recovery,
        why="No answer in half a year",
        by=cast.ana(),
        value_lost=Decimal(400),
        lost_to="The café across the street",
    )
    recovery = cast.fresh(recovery)
    assert (recovery.outcome, recovery.value_lost) == (Outcome.LET_GO, Decimal(400))
    with pytest.raises(Closed):
        journey.let_go(recovery, why="Again", by=cast.ana())


def test_s0_09_a_wish_is_not_answered_with_a_bare_no():
    with pytest.raises(NoAlternative):
        journey.let_go(cast.wished(), why="Too much", by=cast.mona())


def test_a_revoked_link_opens_nothing_and_the_next_letter_has_a_new_one():
    recovery = cast.heard()
    old = Link.to(recovery, at=now()).token
    journey.revoke_link(recovery, by=cast.ana())
    assert Link.opened(old, at=now()) is None
    assert Link.opened(Link.to(recovery, at=now()).token, at=now())


def test_a_follow_up_is_planned_for_a_day_to_come():
    with pytest.raises(NoReason):
        journey.plan_follow_up(cast.heard(), about=About.STATUS, due=now(), by=cast.ana())


def test_t14_who_only_claims_an_address_silences_one_recovery_and_no_customer():
    recovery = cast.put_right()
    journey.leave_me_be(recovery, everywhere=False)
    recovery = cast.fresh(recovery)
    assert recovery.outcome == Outcome.LEFT_IN_PEACE
    assert recovery.customer.left_in_peace_at is None
