"""A signal becomes a recovery: by a press, or by the watch itself where the owner allows it."""

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.failure import NO_FAULT
from amends.recovery.recovery import FoundBy, Recovery
from amends.signals import looking, opening, watching
from amends.signals.models import Signal
from amends.signals.opening import NotNow
from amends.signals.signal import NoWords, Settled, State
from tests import cast
from tests.signals import shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def make_right(signal, *, by=None, **more):
    we_saw, sorry = opening.words_for(signal, at=now())
    told = {"we_saw": we_saw, "sorry": sorry, "by": by or cast.ana(), **more}
    return opening.make_right(signal, **told)


def test_t5_one_press_and_they_have_what_we_saw_and_our_apology():
    signal = shop.signal()
    recovery = make_right(signal, lines=[cast.line("A handwritten note")])
    letter = Letter.objects.get(thread=recovery.ref)
    assert f"We saw that your order {signal.order.outside_id} was promised for" in letter.text
    assert "I am sorry." in letter.text
    assert "A handwritten note" in letter.text
    assert letter.recipient == "judith.lane@lane.example"
    assert (recovery.owner, recovery.found_by) == (cast.ana(), FoundBy.STAFF)
    assert cast.fresh(recovery).sorry_at
    failure = recovery.failures.get()
    assert (failure.kind, failure.order) == ("delay", signal.order)
    assert "not said a word" not in recovery.about
    signal.refresh_from_db()
    assert (signal.state, signal.recovery) == (State.OPENED, recovery)


def test_of_two_who_press_one_does_it():
    signal = shop.signal()
    same = Signal.objects.with_people().get(pk=signal.pk)
    make_right(signal)
    with pytest.raises(NotNow):
        make_right(same, by=cast.ben())
    assert Recovery.objects.count() == 1
    with pytest.raises(Settled):
        opening.leave(same, why="Too late.", by=cast.ben())


def test_s3_21_somebody_may_ring_first_and_write_nothing():
    recovery = opening.see_to_it(shop.signal(), by=cast.ana())
    assert not Letter.objects.filter(thread=recovery.ref).exists()
    assert recovery.sorry_at is None
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), channel="telephone")


def test_it_can_be_left_alone_and_why_is_kept():
    signal = shop.signal()
    with pytest.raises(NoWords):
        opening.leave(signal, why=" ", by=cast.ana())
    opening.leave(signal, why="He sells it himself.", by=cast.ana())
    assert Signal.objects.get().left_why == "He sells it himself."


def test_much_may_have_happened_since_they_were_named():
    signal = shop.signal()
    signal.customer.leave_in_peace(at=now())
    with pytest.raises(NotNow, match="left in peace"):
        make_right(signal)
    assert Signal.objects.get().state == State.NEW
    assert not Recovery.objects.exists()


def by_itself(sees="late", **more):
    cast.ana()
    watch = shop.watch(sees, opens=True, **more)
    looking.look(watch, at=now())
    return opening.open_by_themselves()


def test_by_itself_it_is_signed_by_whoever_it_falls_to():
    shop.order()
    assert by_itself(remedy=cast.remedy("A handwritten note")) == 1
    recovery = Recovery.objects.get()
    letter = Letter.objects.get(kind="we_saw")
    assert recovery.found_by == FoundBy.SYSTEM
    assert recovery.owner == cast.ana()
    assert letter.by_name == "Ana Reyes"
    assert letter.automatic
    assert recovery.offers.get().is_first_move


def test_or_by_the_one_the_owner_chose_who_is_their_contact_from_then_on():
    shop.order()
    by_itself(signs=cast.mona(), sorry="I am sorry, that was a long wait for you.")
    recovery = Recovery.objects.get()
    letter = Letter.objects.get(kind="we_saw")
    assert (recovery.owner, letter.by_name) == (cast.mona(), "Mona Hart")
    assert "a long wait for you" in letter.text


def test_opened_once_however_often_the_clock_ticks():
    shop.order()
    assert by_itself() == 1
    assert opening.open_by_themselves() == 0
    assert Letter.objects.filter(kind="we_saw").count() == 1


def test_whoever_asked_for_peace_meanwhile_is_left_and_that_is_said():
    cast.ana()
    shop.order()
    looking.look(shop.watch("late", opens=True), at=now())
    shop.customer().leave_in_peace(at=now())
    assert opening.open_by_themselves() == 0
    signal = Signal.objects.get()
    assert (signal.state, signal.left_why) == (
        State.LEFT,
        "Judith Lane asked to be left in peace.",
    )


def test_an_owner_who_thought_better_of_it_leaves_it_to_people():
    cast.ana()
    shop.order()
    watch = shop.watch("late", opens=True)
    looking.look(watch, at=now())
    watching.keep(watch, by=cast.olive(), opens=False)
    assert opening.open_by_themselves() == 0
    assert Signal.objects.get().state == State.NEW
    assert not Signal.objects.get().by_itself


def test_a_silence_is_asked_about_and_nobody_is_sorry_for_what_nobody_knows():
    shop.worth(of=shop.customer(), overdue=0.01, p_alive=0.2)
    by_itself("quiet")
    letter = Letter.objects.get()
    assert letter.kind == "quiet"
    assert "sorry" not in letter.text.lower()
    assert Recovery.objects.get().failures.get().kind in NO_FAULT


def test_a_remedy_that_is_off_the_menu_is_not_promised():
    note = cast.remedy("A handwritten note")
    note.is_active = False
    note.save()
    shop.order()
    by_itself(remedy=note)
    assert not Recovery.objects.get().offers.exists()


def test_whoever_has_no_address_is_rung_and_no_sorry_is_taken_for_said():
    ring = {"of": shop.customer("Ring Me", email="", phone="020 7946 0018")}
    signal = shop.signal(**ring)
    with pytest.raises(NotNow, match="Ring them instead"):
        make_right(signal)
    recovery = opening.see_to_it(signal, by=cast.ana())
    assert recovery.sorry_at is None


def test_by_itself_it_writes_to_nobody_without_an_address():
    shop.order(of=shop.customer("Ring Me", email="", phone="020 7946 0018"))
    assert by_itself() == 1
    recovery = Recovery.objects.get()
    assert (recovery.owner, recovery.sorry_at) == (cast.ana(), None)
    assert not Letter.objects.exists()


def test_whoever_presses_is_the_contact_also_who_works_at_no_place():
    recovery = make_right(shop.signal(), by=cast.olive())
    assert cast.fresh(recovery).owner == cast.olive()
    assert Letter.objects.get(kind="we_saw").by_name == "Olive Grant"
