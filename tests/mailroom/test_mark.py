from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.mark import Grip, Mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ADDRESS = "Ida@Moss.example"


def put(grip, why="the mailbox is full"):
    return Mark.put(ADDRESS, grip, why=why, at=now())


def stands():
    return Mark.on([ADDRESS.lower()], at=now()).get(ADDRESS.lower())


def test_zammad_3389_a_soft_mark_passes_by_itself(clock):
    """Guarantee 12."""
    put(Grip.SOFT)
    assert stands()
    clock.shift(timedelta(days=3))
    assert stands() is None


def test_a_second_soft_one_stays_longer(clock):
    put(Grip.SOFT)
    put(Grip.SOFT)
    clock.shift(timedelta(days=4))
    assert stands()
    for _ in range(40):
        put(Grip.SOFT)
    assert stands().until == now() + timedelta(days=30)


def test_zammad_3389_a_hard_mark_stays_until_somebody_lifts_it(clock):
    """Guarantee 12."""
    put(Grip.HARD, "there is no such mailbox")
    clock.shift(timedelta(days=1_000))
    assert stands().closes
    assert Mark.lift(ADDRESS)
    assert stands() is None
    assert not Mark.lift(ADDRESS)


def test_a_soft_one_never_takes_the_place_of_a_graver():
    put(Grip.HARD, "there is no such mailbox")
    put(Grip.SOFT)
    assert stands().grip == Grip.HARD


def test_zammad_1661_a_corrected_address_is_free_of_it():
    """Guarantee 12: the mark is the address's, not the person's."""
    put(Grip.HARD)
    assert Mark.on(["ida.moss@moss.example", ""], at=now()) == {}
