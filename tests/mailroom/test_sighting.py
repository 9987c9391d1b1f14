"""What others saw of letters in our name, as it adds up."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.mailroom.dmarc import MOST_LETTERS
from amends.mailroom.enclosure import Enclosure
from amends.mailroom.sighting import Sighting, forget_old_sightings, note, seen_lately
from tests.mailroom.sightings import END, record, xml

pytestmark = pytest.mark.django_db
NAME = "google.com!amends.test!1780000000!1780086400.xml"
OTHER = "198.51.100.7"


@pytest.fixture(autouse=True)
def next_day(clock):
    clock.move_to(datetime.fromtimestamp(END, UTC) + timedelta(hours=6))
    return clock


def noted(*records, name=NAME, **about):
    note([Enclosure(name, "application/xml", xml(*records, **about))])


def test_letters_add_up_by_reporter_and_the_doubted_come_first():
    noted(record(count=12), record(count=3))
    noted(record(count=5), number="18")
    noted(
        record(count=40, dkim="fail", spf="pass"),
        record(OTHER, 3, dkim="fail", fate="quarantine"),
        record("192.0.2.1", 1, dkim="fail"),
        by="Outlook",
    )
    assert [tuple(each) for each in seen_lately()] == [
        ("Outlook", 44, 4, 3, [OTHER, "192.0.2.1"]),
        ("google.com", 20, 0, 0, []),
    ]


def test_a_report_that_comes_again_changes_nothing():
    for _ in range(2):
        noted(record(count=12))
    assert seen_lately()[0].letters == 12


def test_what_goes_out_under_another_name_is_not_ours():
    noted(record(domain="shop.amends.test"), record(domain=""))
    assert not Sighting.objects.exists()


def test_what_cannot_be_read_or_is_something_else_says_nothing():
    note([Enclosure(NAME, "application/xml", b"<feedback>")])
    noted(name="statement.xml")
    assert seen_lately() == []


def test_only_the_last_month_counts_and_it_is_forgotten_later(next_day):
    noted()
    next_day.shift(timedelta(days=30))
    assert seen_lately() == []
    assert forget_old_sightings() == 0
    next_day.shift(timedelta(days=30))
    assert forget_old_sightings() == 1


def test_a_report_without_end_is_kept_like_any_other():
    noted(*[record(count=10**30, spf="pass") for _ in range(1_100)], by="b" * 2_000)
    assert Sighting.objects.get().count == 1_000 * MOST_LETTERS


def test_nobody_can_have_seen_the_future():
    noted(end=10_000_000_000)
    assert Sighting.objects.get().ends_at < datetime(2027, 1, 1, tzinfo=UTC)
