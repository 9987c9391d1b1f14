from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import clockwork, policy
from amends.recovery.notice import About, Notice
from amends.recovery.timeline import Verb
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_missed_clock_is_told_once(clock):
    recovery = cast.heard(channel="in person")
    clock.shift(timedelta(minutes=5))
    clockwork.what_is_due()
    clockwork.what_is_due()
    assert recovery.timeline.filter(verb=Verb.CLOCK_MISSED).count() == 1
    assert Notice.objects.filter(person=recovery.owner, about=About.CLOCK).count() == 1


def test_nothing_due_costs_few_questions(django_assert_max_num_queries):
    cast.put_right()
    with django_assert_max_num_queries(8):
        assert clockwork.what_is_due() == 0


def test_s2_19_how_long_silence_may_last_is_the_owners_to_say(clock):
    recovery = cast.put_right()
    recovery.followups.update(dropped_at=now())
    policy.set_standard(step="quiet", minutes=600, in_opening_hours=False, by=cast.olive())
    clock.shift(timedelta(hours=11))
    clockwork.what_is_due()
    assert recovery.followups.open().exists()
