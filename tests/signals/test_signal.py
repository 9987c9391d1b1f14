"""A signal: seen where its place is, settled once, told in words."""

import pytest
from django.db import IntegrityError

from amends.kit.clock import now
from amends.recovery import journey
from amends.signals import looking
from amends.signals.models import Look, Signal
from amends.signals.signal import Settled, State
from tests import cast
from tests.desk.pressing import stranger
from tests.signals import shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_it_is_seen_by_the_people_of_its_place():
    signal = shop.signal()
    for person in (cast.ana(), cast.mona(), cast.olive(), cast.audrey()):
        assert Signal.objects.visible_to(person).get() == signal
    assert not Signal.objects.visible_to(stranger()).exists()
    gone = cast.ana()
    gone.is_active = False
    assert not Signal.objects.visible_to(gone).exists()


def test_it_is_settled_once_and_whoever_is_second_hears_who_was_first():
    signal = shop.signal()
    signal.settle(State.LEFT, at=now(), by=cast.ana(), left_why="Known.")
    with pytest.raises(Settled, match="Ana Reyes has seen to this already"):
        signal.settle(State.OPENED, at=now(), by=cast.ben())


def test_of_one_order_there_is_one_signal():
    signal = shop.signal()
    Signal.objects.filter(pk=signal.pk)
    twin = {
        f.name: getattr(signal, f.name) for f in Signal._meta.fields if f.name not in ("id", "ref")
    }
    with pytest.raises(IntegrityError):
        Signal.objects.create(**twin)


def test_how_bad_is_said_in_words():
    said = [Signal(severity=severity).how_bad for severity in (0.9, 0.5, 0.1)]
    assert said == ["badly hurt", "hurt", "a little hurt, or not at all"]


def test_a_look_says_whom_it_left_out_in_a_settled_order():
    look = Look(left_out={"open": 2, "peace": 1})
    assert look.reasons == [("asked to be left in peace", 1), ("being put right already", 2)]


def test_who_it_was_goes_when_they_are_erased_and_what_is_counted_stays():
    signal = shop.signal()
    assert "Judith" in signal.why
    journey.erase_customer(signal.customer, by=cast.olive())
    signal.refresh_from_db()
    assert (signal.why, signal.state, signal.watch.sees) == ("", "new", "late")
    looking.look_around()
    assert Signal.objects.get().state == "left"


def test_of_two_who_turn_out_to_be_one_the_signals_are_one_customers():
    one, twin = shop.customer("Judith Lane"), shop.customer("Judy Lane")
    cast.ana()
    for who in (one, twin):
        shop.order(of=who)
    looking.look(shop.watch("late"), at=now())
    journey.merge_customers(one, merged=twin, by=cast.mona())
    assert set(Signal.objects.values_list("customer", flat=True)) == {one.pk}
