from datetime import date, timedelta

import pytest

from amends.customers.customer import AddressKind
from amends.kit.clock import now
from amends.mailroom.letter import Copy, Letter, State
from amends.mailroom.mark import Grip, Mark
from amends.recovery import agenda, journey
from amends.recovery.journey.coming_back import another_way
from amends.recovery.notice import About
from amends.recovery.recovery import Outcome
from amends.recovery.standards import Step
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ROBERT = "robert@finch.example"


def gone(recovery, words="We looked into it.", **more):
    """A letter that the mail server has taken."""
    letter = journey.write(recovery, words=words, by=cast.ana(), **more)
    Letter.objects.filter(pk=letter.pk).update(state=State.HANDED_OVER, handed_over_at=now())
    return Letter.objects.get(pk=letter.pk)


def back(letter, *, to=ROBERT, grip="hard"):
    why = "there is no such mailbox (5.1.1)"
    journey.came_back(letter, to=to, why=why, grip=grip, at=now())
    letter.refresh_from_db()
    return letter


def test_zammad_182_it_is_on_todays_list_of_whoever_owns_it():
    """Guarantee 12: also when everything seemed done."""
    recovery = cast.put_right()
    letter = gone(recovery)
    journey.let_go(cast.fresh(recovery), why="They are served.", by=cast.ana())
    back(letter)
    whose = agenda.Whose(cast.ana())
    lines = agenda.agenda(whose, at=now(), end=now() + timedelta(hours=12)).lines
    assert recovery in [line.recovery for line in lines]


def test_another_way_is_named():
    """Guarantee 12."""
    customer = cast.heard().customer
    assert "on paper" in another_way(customer, but=ROBERT, at=now())
    customer.reachable_at(AddressKind.PHONE, "01225 12345")
    customer.reachable_at(AddressKind.EMAIL, "rob@finch.example")
    customer.refresh_from_db()
    said = another_way(customer, but=ROBERT, at=now())
    assert (
        said == "Another way: ring 01225 12345 or write to rob@finch.example, or a letter on paper."
    )
    Mark.put("rob@finch.example", Grip.HARD, why="Gone.", at=now())
    assert "rob@" not in another_way(customer, but=ROBERT, at=now())


def test_answered_in_another_way_it_is_closed_again_by_itself():
    """What was open only for that letter."""
    recovery = cast.put_right()
    journey.one_off(recovery, why="The supplier's day off.", by=cast.ana())
    letter = gone(cast.fresh(recovery))
    for _ in range(2):
        journey.seen_back(cast.fresh(recovery), by=cast.ana())
    assert cast.fresh(recovery).outcome == Outcome.WON_BACK
    back(letter)
    assert cast.fresh(recovery).closed_at is None
    journey.note(cast.fresh(recovery), words="Rang them.", by=cast.ana(), channel="telephone")
    assert cast.fresh(recovery).outcome == Outcome.WON_BACK


def test_who_only_got_a_copy_is_told_apart():
    """Guarantee 12: the customer has it; nothing is undone."""
    recovery = cast.heard()
    letter = gone(recovery)
    Copy.objects.create(letter=letter, address="wife@finch.example", handed_over_at=now())
    back(letter, to="Wife@finch.example")
    assert letter.state == State.HANDED_OVER
    assert "came back" in letter.also_to.get().trouble
    assert Mark.objects.get().address == "wife@finch.example"
    assert recovery.clocks.running().filter(step=Step.ANSWER).count() == 0


def test_a_letter_that_moved_on_does_not_come_back():
    recovery = cast.heard()
    letter = gone(recovery)
    Letter.objects.filter(pk=letter.pk).update(state=State.CANCELLED)
    back(letter)
    assert letter.state == State.CANCELLED
    assert not recovery.notices.filter(about=About.POST).exists()


def test_what_is_the_letters_own_fault_marks_nobody():
    letter = back(gone(cast.heard()), grip="")
    assert letter.state == State.CAME_BACK
    assert not Mark.objects.exists()


def test_a_delay_is_only_noted():
    letter = gone(cast.heard())
    journey.is_late(letter, why="their mail server does not answer (4.4.1)")
    letter.refresh_from_db()
    assert letter.trouble == "Still on its way: their mail server does not answer (4.4.1)."


def test_not_wanted_is_told_once():
    recovery = cast.heard()
    letter = gone(recovery)
    for _ in range(2):
        journey.not_wanted(letter, at=now())
    assert recovery.notices.filter(words__contains="does not want our mail").count() == 1


def test_away_is_noted_once_and_nothing_is_planned_for_that_time():
    recovery = cast.put_right()
    for _ in range(2):
        journey.says_away(recovery, until=date(2026, 6, 20))
    assert recovery.timeline.filter(words__contains="is away until 20 June").count() == 1
    [planned] = recovery.followups.open()
    assert planned.due_at.date() == date(2026, 6, 21)
    journey.follow_up(planned, words="How is it?", by=cast.ana())
    assert all(each.due_at.date() > date(2026, 6, 20) for each in recovery.followups.open())


def test_what_joined_another_recovery_is_told_there():
    first, second = cast.heard(), cast.heard(words="The toast, too.")
    letter = gone(second)
    journey.join(second, to=first, by=cast.ana())
    back(letter)
    assert cast.fresh(first).waiting_since
    assert cast.fresh(second).closed_at
