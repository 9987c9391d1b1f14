"""What we saw in words: for us, and for them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from amends.coach import review
from amends.customers.customer import Customer
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.signals import saying
from amends.signals.saying import Event
from amends.signals.watch import RHYTHM, Sees

TODAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
JUDITH = Customer(name="Judith Lane")


def order(**more):
    told = {"outside_id": "1234", "promised_on": date(2026, 3, 3), "refunded": Decimal(0)}
    return Order(**{**told, "delivered_at": datetime(2026, 3, 6, 12, tzinfo=UTC), **more})


def event(**more):
    return Event(zone=LONDON, at=TODAY, **more)


def test_why_says_what_happened_and_that_nobody_said_a_word():
    assert saying.why("late", JUDITH, event(order=order())) == (
        "Order 1234 was promised for Tuesday 3 March and came on Friday 6 March. "
        "Judith has not said a word."
    )


def test_they_read_the_same_as_a_person_would_say_it():
    assert saying.we_saw("late", event(order=order())) == (
        "We saw that your order 1234 was promised for Tuesday 3 March and came on Friday 6 March."
    )


def test_what_was_missing_when_it_was_found_and_has_come_since_is_not_called_missing():
    missing = order(delivered_at=None)
    assert saying.what("missing", event(order=missing)).endswith("and has not come yet.")
    assert saying.what("missing", event(order=order())).endswith("came on Friday 6 March.")


@pytest.mark.parametrize(
    ("sees", "told", "ends"),
    [
        ("cancelled", {"cancelled_at": TODAY}, "order 1234 was cancelled on Monday 9 March."),
        ("short", {"short": True}, "came on Friday 6 March, incomplete."),
        ("refund", {}, "came on Friday 6 March, and money for it went back."),
        ("refund", {"delivered_at": None}, "your order 1234 was paid back."),
        ("late", {"promised_on": None}, "your order 1234 came on Friday 6 March."),
    ],
)
def test_each_event_has_words_of_its_own(sees, told, ends):
    assert saying.we_saw(sees, event(order=order(**told))).endswith(ends)


def test_a_rating_is_named_by_its_stars_and_its_day():
    rating = Rating(score=Decimal("2.00"), best=5, at=datetime(2026, 3, 8, 12, tzinfo=UTC))
    assert saying.we_saw("rating", event(rating=rating)) == (
        "We saw that you gave us 2 of 5 on Sunday 8 March."
    )
    assert "2 of 5" in saying.why("rating", JUDITH, event(rating=rating, order=order()))


def test_a_silence_is_told_by_the_day_it_began():
    since = date(2025, 11, 2)
    assert saying.why("quiet", JUDITH, event(since=since)) == (
        "Judith has not been here since Sunday 2 November 2025; "
        "so long a silence is unusual for them."
    )
    assert "last with us on Sunday 2 November 2025" in saying.we_saw("quiet", event(since=since))
    assert saying.we_saw("quiet", event()) == "We have missed you."
    assert "less and less" in saying.why("falling", JUDITH, event(since=since))


@pytest.mark.parametrize("sees", [each for each in Sees if each not in RHYTHM])
def test_our_own_apologies_stand_before_the_coach(sees):
    assert review(saying.sorry(sees)).notes == ()


def test_there_is_nothing_to_be_sorry_for_when_nobody_knows_of_anything():
    assert [saying.sorry(sees) for sees in RHYTHM] == ["", ""]
