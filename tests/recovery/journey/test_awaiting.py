"""Whose next order or visit is waited for."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.journey.awaiting import awaited
from amends.recovery.promise import Trigger
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_whoever_has_an_open_recovery_is_waited_for_since_they_told_us(clock):
    assert awaited() == {}
    recovery = cast.heard()
    at = now()
    clock.shift(timedelta(days=1))
    journey.promise(recovery, words="A coffee", by=cast.ana(), trigger=Trigger.NEXT_ORDER)
    assert awaited() == {recovery.customer_id: at}
