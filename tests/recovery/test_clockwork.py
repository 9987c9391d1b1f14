from datetime import timedelta

import pytest

from amends.recovery import clockwork
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
