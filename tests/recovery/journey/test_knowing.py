from datetime import timedelta

import pytest

from amends.customers.customer import Customer
from amends.customers.merging import Merge, TwoPeople
from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.link import Link
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Verb, first_broken
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def other():
    return Customer.met(name="R. Finch", email="bob@finch.example", place=cast.place())


def test_both_histories_say_that_two_are_one_and_then_two(other):
    mine = cast.heard()
    theirs = cast.heard(customer=other)
    made = journey.merge_customers(mine.customer, merged=other, by=cast.mona())
    told = "R. Finch and Robert Finch are one."
    for recovery in (mine, theirs):
        entry = recovery.timeline.get(verb=Verb.ONE_CUSTOMER)
        assert (entry.words, entry.by, entry.facts) == (told, cast.mona(), {"merge": made.ref})
    journey.unmerge_customers(made, by=cast.ana())
    for recovery in (mine, theirs):
        assert recovery.timeline.get(verb=Verb.TWO_CUSTOMERS).by == cast.ana()
        assert first_broken(recovery) is None


def test_what_is_closed_is_left_as_it_was_written(other):
    closed = cast.heard(customer=other)
    journey.let_go(closed, why="They moved away.", by=cast.mona())
    journey.merge_customers(cast.finch(), merged=other, by=cast.mona())
    assert not closed.timeline.filter(verb=Verb.ONE_CUSTOMER).exists()
    assert Recovery.objects.get(pk=closed.pk).customer == cast.finch()


def test_credits_companions_letters_and_the_link_follow_their_recovery(other):
    recovery = cast.agreed(customer=other)
    journey.name_companion(recovery, name="Jo Finch", relation="his wife", by=cast.ana())
    link = Link.objects.filter(recovery=recovery).first()
    journey.merge_customers(cast.finch(), merged=other, by=cast.mona())
    now_of = Recovery.objects.get(pk=recovery.pk)
    assert now_of.customer == cast.finch()
    assert now_of.companions.get().name == "Jo Finch"
    assert now_of.offers.get().lines.count() == 2
    assert Letter.objects.filter(thread=now_of.ref).exists()
    assert Link.opened(link.token, at=link.made_at).recovery.customer == cast.finch()


def test_a_letter_from_either_address_is_theirs(other):
    from amends.recovery.participants import TakesPart, part_of

    recovery = cast.heard()
    journey.merge_customers(recovery.customer, merged=other, by=cast.mona())
    assert part_of(cast.fresh(recovery), "bob@finch.example") == TakesPart.CUSTOMER


def test_who_looked_and_saw_two_is_remembered(other):
    journey.not_the_same(cast.finch(), other=other, by=cast.ana())
    assert TwoPeople.apart_from(other) == {cast.finch().pk}
    assert not Merge.objects.exists()


def test_t14_whoever_said_so_to_one_of_us_is_left_in_peace_and_what_is_open_stays_open():
    recovery = cast.put_right()
    journey.plan_follow_up(recovery, about="miss_you", due=now() + timedelta(days=3))
    journey.leave_customer_in_peace(recovery.customer, by=cast.ana())
    journey.leave_customer_in_peace(recovery.customer, by=cast.mona())
    assert recovery.timeline.get(verb=Verb.GAVE_PEACE).by == cast.ana()
    assert not recovery.followups.open().exists()
    assert Recovery.objects.get(pk=recovery.pk).closed_at is None
    assert first_broken(recovery) is None


def test_what_was_planned_is_planned_again_when_peace_is_taken_back():
    recovery = cast.put_right()
    asked = recovery.followups.get()
    coming = journey.plan_follow_up(recovery, about="miss_you", due=now() + timedelta(days=30))
    journey.leave_customer_in_peace(recovery.customer, by=cast.ana())
    assert journey.end_peace(recovery.customer, by=cast.mona()) == 2
    assert set(recovery.followups.open()) == {asked, coming}
    last = recovery.timeline.filter(verb=Verb.PLANNED).latest("number")
    assert (last.by, last.words) == (cast.mona(), "How are things?")
    assert first_broken(recovery) is None


def test_what_was_due_long_ago_is_not_asked_any_more(clock):
    recovery = cast.put_right()
    late = journey.plan_follow_up(recovery, about="status", due=now() + timedelta(days=20))
    away = journey.plan_follow_up(recovery, about="thanks", due=now() + timedelta(days=40))
    journey.leave_customer_in_peace(recovery.customer, by=cast.ana())
    clock.shift(timedelta(days=25))
    recovery.customer.is_away(now().date() + timedelta(days=60))
    assert journey.end_peace(recovery.customer, by=cast.ana()) == 2
    assert set(recovery.followups.open()) == {late, away}
    assert min(one.due_at for one in recovery.followups.open()) > now() + timedelta(days=60)


def test_what_was_dropped_for_another_reason_or_planned_anew_stays_as_it_is():
    closed, open_ = cast.put_right(), cast.put_right()
    other = open_.followups.get()
    journey.leave_customer_in_peace(open_.customer, by=cast.ana())
    anew = journey.plan_follow_up(open_, about=other.about, due=now() + timedelta(days=2))
    journey.let_go(closed, why="They moved away.", by=cast.mona())
    assert journey.end_peace(open_.customer, by=cast.ana()) == 0
    assert open_.followups.open().get() == anew
    assert not closed.followups.open().exists()


def test_peace_can_be_taken_back_and_both_are_written_down():
    recovery = cast.heard()
    journey.end_peace(recovery.customer, by=cast.ana())
    journey.leave_customer_in_peace(recovery.customer, by=cast.ana())
    journey.end_peace(recovery.customer, by=cast.mona())
    assert Customer.objects.get().left_in_peace_at is None
    assert recovery.timeline.get(verb=Verb.PEACE_OVER).by == cast.mona()
