"""However many count at once, nobody is counted twice or forgotten, and nobody waits for ever."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from amends.kit.clock import now
from amends.mailroom.brakes import brake
from amends.mailroom.mark import Grip, Mark
from amends.mailroom.tally import Counted, Tally
from tests.engines.presses import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]
HOUR = timedelta(hours=1)
NAMES = [Counted(name, "x", HOUR) for name in "abcdef"]


def counting(names, found):
    with transaction.atomic():
        found.append(Tally.count_one(names, at=now()))


def test_all_who_count_at_once_are_counted():
    found = []
    at_once(*[partial(counting, NAMES[turn:] + NAMES[:turn], found) for turn in range(6)])
    assert list(Tally.objects.values_list("count", flat=True)) == [6] * 6
    assert sorted(counts[0] for counts in found) == [1, 2, 3, 4, 5, 6]


def acknowledging(found):
    with transaction.atomic():
        found.append(brake("acknowledgement", to="ida@moss.example", at=now()).why)


def test_of_many_acknowledgements_at_once_to_one_address_one_goes():
    """Guarantee 13."""
    found = []
    at_once(*[partial(acknowledging, found)] * 6)
    assert found.count("") == 1


def test_two_reports_at_once_mark_an_address_once():
    def mark():
        with transaction.atomic():
            Mark.put("ida@moss.example", Grip.SOFT, why="full", at=now())

    at_once(*[mark] * 4)
    assert Mark.objects.get().times == 4
