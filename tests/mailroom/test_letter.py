from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.kit.clock import now
from amends.mailroom.filing import file_in, log
from amends.mailroom.letter import Direction, Letter, Priority, State
from amends.mailroom.parsing import parse
from amends.mailroom.post import store
from tests.mailroom.mails import multipart

pytestmark = pytest.mark.django_db
LOGO = "Content-Type: image/png; name=logo.png\n\nPNG"


def filed(raw: bytes, **given) -> Letter:
    return file_in(store(raw, way="smtp"), parse(raw), thread="abcde", **given)


def test_a_conversation_is_in_the_order_of_writing():
    at = now()
    for minutes, text in ((2, "three"), (0, "one"), (1, "two")):
        log(
            "abcde",
            channel="page",
            direction=Direction.OUT,
            text=text,
            at=at + timedelta(minutes=minutes),
        )
    log("other", channel="page", direction=Direction.OUT, text="elsewhere")
    assert [letter.text for letter in Letter.objects.conversation("abcde")] == [
        "one",
        "two",
        "three",
    ]


def test_a_conversation_asks_for_its_files_once(django_assert_num_queries):
    for number in range(5):
        filed(multipart(f"\nwords {number}", LOGO))
    with django_assert_num_queries(2):
        for letter in Letter.objects.conversation("abcde"):
            assert len(letter.attachments.all()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"direction": Direction.IN, "state": State.QUEUED},
        {"direction": Direction.OUT, "state": State.RECEIVED},
        {"direction": Direction.OUT, "state": "sent"},
        {"direction": Direction.OUT, "state": State.SENDING},
        {"direction": Direction.OUT, "state": State.HANDED_OVER},
    ],
)
def test_the_database_refuses_states_that_cannot_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(channel="email", made_at=now(), **wrong)


def test_freescout_4806_customers_go_before_staff():
    """Guarantee 11."""
    at = now()

    def queued(**given) -> Letter:
        given = {"next_try_at": at, **given}
        return Letter.objects.create(
            direction=Direction.OUT, channel="email", made_at=at, state=State.QUEUED, **given
        )

    staff = queued(priority=Priority.STAFF, next_try_at=at - timedelta(hours=1))
    customer = queued()
    queued(hold_until=at + timedelta(seconds=5))
    queued(next_try_at=at + timedelta(minutes=1))
    assert list(Letter.objects.due(at)) == [customer, staff]
