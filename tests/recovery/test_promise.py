from datetime import timedelta

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.recovery import journey
from amends.recovery.failure import Failure
from amends.recovery.promise import Promise, Trigger
from tests import cast

STEPS = {
    "keep": lambda promise: promise.keep(by=cast.ana(), at=now()),
    "release": lambda promise: promise.release(why="Never mind", at=now()),
    "break": lambda promise: promise.break_(Failure.note(promise.recovery, at=now()), at=now()),
    "move": lambda promise: promise.move(
        to=now() + timedelta(days=2), breaks=now() + timedelta(days=3), at=now()
    ),
    "nudge": lambda promise: promise.nudge(at=now()),
}
ENDS = {"keep": "kept", "release": "released", "break": "broken"}


class TestLifeOfAPromise(TestCase):
    """Whatever happens in whatever order, a promise ends at most once, and stays as it ended."""

    @given(st.lists(st.sampled_from(sorted(STEPS)), max_size=6))
    def test_it_ends_at_most_once(self, happens):
        promise = Promise.make(
            cast.heard(),
            words="Ring her",
            owner=cast.ana(),
            at=now(),
            due=now() + timedelta(days=1),
            breaks=now() + timedelta(days=2),
        )
        expected = "open"
        for step in happens:
            over = expected != "open"
            try:
                STEPS[step](Promise.objects.get(pk=promise.pk))
            except Impossible:
                assert over
            else:
                expected = ENDS.get(step, expected) if not over else expected
                assert not over or step == "nudge"
            assert Promise.objects.get(pk=promise.pk).state == expected
        ended = Promise.objects.filter(
            Q(kept_at__isnull=False) | Q(broken_at__isnull=False) | Q(released_at__isnull=False)
        )
        assert ended.count() == (0 if expected == "open" else 1)


@pytest.mark.django_db
def test_the_event_a_promise_waits_for_is_told_in_words(clock):
    _, promise = cast.asked_for_ana()
    assert promise.event == "At the next visit"
    assert promise.ended_at is None
    promise.trigger = Trigger.IN_STOCK
    assert promise.event == "When back in stock"


@pytest.mark.django_db
def test_what_concerns_a_visit_is_what_is_open_and_what_hung_on_it(clock):
    recovery, promise = cast.asked_for_ana()
    visit = journey.is_here(recovery.customer, place=recovery.place, by=cast.ben())
    journey.left(visit, by=cast.ben())
    promise.refresh_from_db()
    assert promise.broken_at
    assert promise in Promise.objects.concerning([visit])
    assert promise not in Promise.objects.concerning([])
