from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter, Priority
from amends.mailroom.outbox import send_due
from amends.people.person import ByMail, Person
from amends.recovery.digest import is_due, send_digests
from amends.recovery.notice import About, Notice
from tests import cast
from tests.mailroom.test_outbox import KEEP

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def told(words: str, *, about: About = About.ANSWER, person: Person | None = None, **more) -> None:
    Notice.tell(person or cast.ana(), cast.heard(), about, words, at=now(), **more)


def digests() -> list[Letter]:
    return list(Letter.objects.filter(kind="digest").order_by("pk"))


def likes(how: ByMail) -> Person:
    ana = cast.ana()
    Person.objects.filter(pk=ana.pk).update(notices_by_mail=how)
    return ana


def test_freescout_4806_one_letter_an_hour_holds_all_of_it(clock):
    """Guarantee 11's neighbour: notices must not use up what the provider lets out."""
    told("Robert Finch wrote to us.")
    clock.shift(timedelta(minutes=30))
    told("Robert Finch told us more.")
    assert send_digests() == 0
    clock.shift(timedelta(minutes=31))
    assert send_digests() == 1
    assert send_digests() == 0
    (letter,) = digests()
    assert letter.subject.startswith("2 things to know at The Larder")
    assert "- Robert Finch wrote to us.\n  http" in letter.text
    assert letter.recipient == "ana.reyes@larder.example"
    assert (letter.priority, letter.automatic, letter.thread) == (Priority.STAFF, True, "")


def test_what_was_seen_on_the_desk_is_not_sent_after_anybody(clock):
    told("Robert Finch wrote to us.")
    Notice.objects.update(seen_at=now())
    clock.shift(timedelta(hours=2))
    assert send_digests() == 0


@pytest.mark.parametrize("about", [About.CLOCK, About.BROKEN])
def test_what_cannot_wait_comes_at_once_and_takes_the_rest_along(clock, about):
    likes(ByMail.MORNING)
    told("Robert Finch wrote to us.")
    told("Say sorry: that was due.", about=about)
    assert send_digests() == 1
    assert digests()[0].text.count("\n- ") == 2


def test_at_once_is_at_once(clock):
    likes(ByMail.AT_ONCE)
    told("Robert Finch wrote to us.")
    assert send_digests() == 1


def test_what_has_a_letter_of_its_own_or_stands_at_the_door_is_in_no_digest(clock):
    likes(ByMail.AT_ONCE)
    told("A promise was broken.", about=About.BROKEN, has_letter=True)
    told("Robert Finch is here.", about=About.ARRIVAL)
    assert send_digests() == 0


def test_nobody_is_written_to_who_left_and_nothing_old_is_dug_up(clock):
    likes(ByMail.AT_ONCE)
    told("Robert Finch wrote to us.")
    clock.shift(timedelta(days=3))
    assert send_digests() == 0
    told("Robert Finch told us more.")
    Person.objects.update(is_active=False)
    assert send_digests() == 0


def test_customers_letters_go_before_digests(clock, settings):
    settings.AMENDS_MAIL_URL = KEEP
    likes(ByMail.AT_ONCE)
    told("Robert Finch wrote to us.")
    send_digests()
    from amends.recovery import journey

    journey.write(cast.heard(), words="I will ring you.", by=cast.ben())
    assert [letter.kind for letter in Letter.objects.due(now() + timedelta(minutes=1))] == [
        "answer",
        "digest",
    ]
    assert send_due(now() + timedelta(minutes=1)) == 2


@pytest.mark.parametrize(
    ("written", "asked", "due"),
    [
        ("2026-06-01 20:00", "2026-06-02 05:59", False),
        ("2026-06-01 20:00", "2026-06-02 06:00", True),  # seven in London
        ("2026-06-02 06:30", "2026-06-02 23:00", False),
        ("2026-06-02 06:30", "2026-06-03 06:00", True),
        ("2026-06-02 02:00", "2026-06-02 03:00", False),
    ],
)
def test_the_morning_is_where_they_work(written, asked, due):
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    notices = [Notice(about=About.ANSWER, at=at(written))]
    assert is_due(notices, how=ByMail.MORNING, at=at(asked), zone=LONDON) is due
