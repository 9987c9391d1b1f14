from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery.journey.waiting import answered, waits
from amends.recovery.notice import Notice
from amends.recovery.standards import Step
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_they_wait_since_the_first_word_until_we_answer(clock):
    recovery = cast.heard()
    first = now()
    waits(recovery, at=first, words="Robert wrote to us.")
    clock.shift(timedelta(minutes=9))
    waits(recovery, at=now(), words="Robert wrote again.")
    assert cast.fresh(recovery).waiting_since == first
    assert Notice.objects.filter(person=recovery.owner, words__startswith="Robert").count() == 2
    answered(recovery, at=now())
    assert cast.fresh(recovery).waiting_since is None
    assert recovery.clocks.get(step=Step.ANSWER).is_met
