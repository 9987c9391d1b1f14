from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom import heard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forgotten():
    heard._seen.clear()


def test_each_way_has_its_last_mail_and_is_written_seldom(clock, django_assert_num_queries):
    """Guarantee 14."""
    heard.note("smtp")
    first = now()
    clock.shift(timedelta(seconds=5))
    with django_assert_num_queries(0):
        heard.note("smtp")
    heard.note("postmark")
    assert heard.last_by(["smtp", "postmark", "lmtp"]) == {"smtp": first, "postmark": now()}
    clock.shift(timedelta(seconds=6))
    heard.note("smtp")
    with django_assert_num_queries(1):
        assert heard.last_by(["smtp"]) == {"smtp": now()}
