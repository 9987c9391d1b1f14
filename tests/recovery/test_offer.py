from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.recovery import journey
from amends.recovery.offer import MOVES, UNSETTLED, Offer, State, rules_counted, too_much
from amends.remedies.rule import Rule
from tests import cast

STEPS = {
    State.OPEN: lambda offer: offer.put(at=now()),
    State.ACCEPTED: lambda offer: offer.accept(at=now()),
    State.COUNTERED: lambda offer: offer.counter(words="Rather juice", at=now()),
    State.DECLINED: lambda offer: offer.decline(words="", at=now()),
    State.WITHDRAWN: lambda offer: offer.withdraw(at=now()),
}


class TestLifeOfAnOffer(TestCase):
    """Whatever is pressed, in whatever order: only allowed moves happen, and one answer stands."""

    @given(st.lists(st.sampled_from(sorted(STEPS)), max_size=6))
    def test_only_allowed_moves_happen(self, pressed):
        recovery = cast.wished()
        offer = Offer.objects.create(
            recovery=recovery, state=State.HELD, by=cast.ana(), made_at=now()
        )
        for step in pressed:
            before = Offer.objects.get(pk=offer.pk).state
            allowed = step in MOVES.get(before, ())
            try:
                STEPS[step](offer)
            except Impossible:
                assert not allowed
            else:
                assert allowed
            after = Offer.objects.get(pk=offer.pk).state
            assert after == (step if allowed else before)
        offer.refresh_from_db()
        assert (offer.answered_at is None) == (offer.state in UNSETTLED)


@pytest.mark.parametrize(
    ("given", "asked", "price", "warns"),
    [
        (20, 20, 20, False),
        (25, 20, 20, False),  # the wish and a lollipop
        (26, 20, 20, True),
        (31, None, 20, True),  # more than one and a half times the price
        (30, 30, 20, False),
        (500, None, None, False),
    ],
)
def test_s4_14_a_warning_above_the_wish_and_a_lollipop(given, asked, price, warns):
    money = [None if x is None else Decimal(x) for x in (given, asked, price)]
    assert bool(too_much(given=money[0], asked=money[1], price=money[2])) is warns


@pytest.mark.django_db
def test_s4_11_bends_are_counted_for_each_rule():
    recovery = cast.heard()
    often, never = (Rule.objects.create(name=name) for name in ["No refunds", "No dogs"])
    for _ in range(3):
        journey.bend(recovery, rule=often, why="She was in hospital.", by=cast.ana())
    assert [(rule, rule.times) for rule in rules_counted()] == [(often, 3), (never, 0)]


@pytest.mark.django_db
def test_nothing_is_swapped_for_money_of_which_nobody_said_how_much():
    note = cast.offered("Refund", "A handwritten note").lines.get(remedy__name="A handwritten note")
    instead = set(note.choices().values_list("name", flat=True))
    assert "A small gift" in instead
    assert instead.isdisjoint({"Credit", "Thanks for the second trip", "A handwritten note"})
