from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.kit.clock import now
from amends.recovery import clockwork, journey
from amends.recovery.agenda import Do, Progress, Whose, agenda, next_step, progress_of
from amends.recovery.offer import LineGiven
from amends.recovery.recovery import Recovery
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def do(recovery):
    recovery = cast.fresh(recovery)
    return next_step(recovery, progress_of([recovery])[recovery.pk])


def lines(person, **how):
    return day(person, **how).lines


def day(person, **how):
    return agenda(Whose(person, **how), at=now(), end=now() + timedelta(hours=15))


def test_s4_22_the_story_is_read_before_anything_else():
    recovery = journey.hear(
        customer=cast.finch(), place=cast.place(), words=cast.STORY, channel="e-mail"
    )
    assert recovery.owner is None
    cast.ana()
    journey.hand_over(recovery, to=cast.ana(), by=cast.mona())
    assert do(recovery) == Do.LISTEN


def test_s4_08_then_we_say_it_back_and_only_then_say_sorry():
    recovery = cast.heard()
    assert do(recovery) == Do.RESTATE
    journey.restate(recovery, words=cast.RESTATED, by=cast.ana())
    assert do(recovery) == Do.APOLOGISE


def test_t5_what_we_found_ourselves_is_apologised_for_at_once():
    went_wrong = [cast.WentWrong(words="A cold plate")]
    recovery = journey.spot(
        customer=cast.finch(), place=cast.place(), failures=went_wrong, by=cast.ana()
    )
    assert do(recovery) == Do.APOLOGISE


def test_s0_08_asking_comes_before_offering():
    recovery = cast.sorry()
    assert do(recovery) == Do.ASK
    journey.ask(recovery, by=cast.ana())
    assert do(recovery) == Do.WAIT_FOR_WISH
    journey.wish(recovery, words=cast.WISH)
    assert do(recovery) == Do.OFFER


def test_an_offer_waits_for_the_customer_and_a_question_of_theirs_for_us():
    offer = cast.offered()
    assert do(offer.recovery) == Do.WAIT_FOR_ANSWER
    journey.customer_wrote(offer.recovery, words="Is the note in French?", channel="page")
    assert do(offer.recovery) == Do.WRITE


def test_an_offer_above_the_authority_waits_for_one_of_ours():
    cast.mona()
    recovery = cast.wished()
    big = [LineGiven(cast.remedy("Refund"), value=80), LineGiven(cast.remedy("A small gift"))]
    journey.offer(recovery, lines=big, by=cast.ana())
    assert do(recovery) == Do.WAIT_FOR_YES
    assert [line.do for line in lines(cast.mona())] == [Do.ANSWER_APPROVAL]


def test_what_is_agreed_is_kept_then_thanked_then_learned_from():
    recovery = cast.agreed()
    assert do(recovery) == Do.KEEP
    for promise in recovery.promises.open():
        journey.keep(promise, by=cast.ana())
    assert do(recovery) == Do.THANK
    journey.thank(cast.fresh(recovery), how="by telephone", by=cast.ana())
    assert do(recovery) == Do.LINK_CAUSE
    journey.name_cause(cast.fresh(recovery), called="The grill is too cold", by=cast.ana())
    assert do(recovery) == Do.IMPROVE


def test_a_closed_recovery_asks_for_nothing():
    recovery = cast.put_right()
    journey.leave_me_be(recovery)
    assert do(recovery) == Do.NOTHING


def test_nothing_done_yet_begins_with_an_owner():
    assert next_step(Recovery(), Progress(has_story=True)) == Do.TAKE


def test_progress_of_many_is_one_query(django_assert_num_queries):
    recoveries = [cast.heard(), cast.heard(), cast.heard()]
    with django_assert_num_queries(1):
        assert len(progress_of(recoveries)) == 3


def test_s0_06_today_is_at_most_a_screenful():
    for _ in range(12):
        cast.heard()
    found = day(cast.ana())
    assert (len(found.lines), found.more) == (8, True)


def test_a_story_just_told_is_seen_however_full_the_day(clock):
    for n in range(12):
        cast.heard(customer=cast.finch(name=f"Guest {n}", email=f"{n}@guest.example"))
    clock.shift(timedelta(minutes=1))
    told = {"place": cast.place(), "words": "Cold tea.", "channel": "e-mail"}
    letters = [
        journey.hear(customer=cast.finch(name=f"New {n}", email=f"n{n}@new.example"), **told)
        for n in range(5)
    ]
    found = [line.recovery for line in lines(cast.ana())]
    assert len(found) == 8
    assert letters[-1] in found
    assert letters[0] not in found


def test_who_is_here_comes_before_everything_else(clock):
    recovery, owed = cast.asked_for_ana()
    cast.heard(customer=cast.finch(name="Noor Haddad", email="noor@haddad.example"))
    journey.visit(customer=recovery.customer, place=recovery.place, arrived_at=now(), table="7")
    first = lines(cast.ana())[0]
    assert (first.do, first.recovery, first.visit.table) == (Do.GREET, recovery, "7")
    assert owed in first.recovery.owed


def test_whoever_is_here_has_one_line_and_it_says_when_nobody_came(clock):
    recovery, owed = cast.asked_for_ana()
    journey.visit(customer=recovery.customer, place=recovery.place, arrived_at=now())
    assert [line.do for line in lines(cast.ana())].count(Do.GREET) == 1
    assert owed not in [line.promise for line in lines(cast.ana())]
    clock.shift(timedelta(minutes=16))
    clockwork.what_is_due()
    first = lines(cast.ana())[0]
    assert (first.do, first.broke) == (Do.GREET, True)


def test_s3_16_a_broken_promise_comes_before_what_is_merely_due(clock):
    cast.heard(customer=cast.finch(name="Noor Haddad", email="noor@haddad.example"))
    recovery, _ = cast.asked_for_ana()
    journey.visit(customer=recovery.customer, place=recovery.place, arrived_at=now())
    visit = recovery.customer.visits.get()
    journey.left(visit, by=cast.ana())
    first = lines(cast.ana())[0]
    assert (first.recovery, first.do, first.broke) == (recovery, Do.APOLOGISE, True)


def test_s2_10_promises_are_in_the_order_of_their_time(clock):
    recovery = cast.agreed()
    late = journey.promise(recovery, words="Ring", by=cast.ana(), due=now() + timedelta(hours=5))
    soon = journey.promise(recovery, words="Write", by=cast.ana(), due=now() + timedelta(hours=1))
    kept = [line.promise for line in lines(cast.ana()) if line.promise]
    assert kept == [soon, late]


def test_a_recovery_speaks_once():
    recovery = cast.heard(channel="e-mail")
    journey.customer_wrote(recovery, words="Are you there?", channel="e-mail")
    assert len(lines(cast.ana())) == 1


def test_mine_is_what_i_own_and_what_nobody_owns():
    cast.heard(by=cast.ana())
    assert lines(cast.ben(), only_mine=True) == []
    assert len(lines(cast.ben())) == 1


def test_follow_ups_come_when_they_are_due(clock):
    recovery = cast.put_right()
    journey.thank(recovery, how="in person", by=cast.ana())
    journey.one_off(recovery, why="The grill was being mended.", by=cast.ana())
    assert lines(cast.ana()) == []
    clock.shift(timedelta(days=3, hours=1))
    assert [line.do for line in lines(cast.ana())] == [Do.FOLLOW_UP]


def test_people_of_other_places_see_none_of_it():
    cast.heard()
    stranger = cast.person("Zoe Stranger", at=cast.place("elsewhere", name="Elsewhere"))
    assert lines(stranger) == []


def test_a_day_is_a_handful_of_queries_however_full(django_assert_max_num_queries):
    for n in range(6):
        cast.offered(customer=cast.finch(name=f"Guest {n}", email=f"{n}@guest.example"))
        cast.heard(customer=cast.finch(name=f"Other {n}", email=f"{n}@other.example"))
    ana = cast.ana()
    with django_assert_max_num_queries(10):
        lines(ana)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="reads SQLite's own plan")
@pytest.mark.parametrize("only_mine", [True, False])
def test_what_is_due_is_not_searched_among_all_that_ever_were_there(only_mine):
    """Of a million recoveries a place may have half, and a person a thousand; due are ten."""
    cast.agreed("A handwritten note")
    mona = cast.mona()
    with CaptureQueriesContext(connection) as asked:
        day(mona, only_mine=only_mine)
    due = tuple(f'SELECT "recovery_{name}"' for name in ("promise", "clock", "followup"))
    questions = [each["sql"] for each in asked if each["sql"].startswith(due)]
    assert len(questions) == len(due)
    for question in questions:
        assert not {"recovery_list", "recovery_owner"} & set(_plan(question).split()), question


def _plan(question):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {question}")
        return " ".join(row[-1] for row in cursor.fetchall())
