from datetime import date

import pytest

from amends.customers.appraisal import Appraisal
from amends.kit.clock import now

pytestmark = pytest.mark.django_db


def test_the_last_reckoning_counts_and_says_how_much_may_be_said():
    assert Appraisal.last() is None
    for rung in ("counted", "compared"):
        Appraisal.objects.create(made_at=now(), as_of=date(2026, 5, 30), customers=9, rung=rung)
    assert Appraisal.last().said.startswith("Learnt from your customers, and checked")
