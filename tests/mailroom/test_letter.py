from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.kit.clock import now
from amends.mailroom.letter import (
    Attachment,
    Direction,
    Letter,
    Priority,
    State,
    enclose,
    file_in,
    log,
)
from amends.mailroom.parsing import Enclosure, Parsed, parse
from amends.mailroom.post import store
from tests.mailroom.mails import mail, multipart

pytestmark = pytest.mark.django_db
LOGO = "Content-Type: image/png; name=logo.png\n\nPNG"


def filed(raw: bytes, **given) -> Letter:
    return file_in(store(raw, way="smtp"), parse(raw), thread="abcde", **given)


def test_a_post_becomes_a_letter_with_its_files():
    letter = filed(multipart("\nThe plate", LOGO), needs_check=True)
    letter.refresh_from_db()
    assert (letter.direction, letter.state, letter.channel) == (
        Direction.IN,
        State.RECEIVED,
        "email",
    )
    assert letter.sender == "ana@customers.test"
    assert letter.sender_name == "Ana Lima"
    assert letter.text == "The plate"
    assert letter.needs_check
    attachment = letter.attachments.get()
    assert (attachment.name, attachment.content_type, attachment.size) == (
        "logo.png",
        "image/png",
        3,
    )
    with attachment.open() as file:
        assert file.read() == b"PNG"


def test_znuny_764_equal_pictures_are_stored_once():
    """Under one name and id they are one file; under many ids the bytes are still kept once."""
    others = [f"Content-ID: <logo{number}@x>\n{LOGO}" for number in range(3)]
    filed(multipart("\nwords", *[LOGO] * 43, *others))
    assert Attachment.objects.count() == 4
    assert Attachment.objects.values("digest").distinct().count() == 1
    assert Attachment.objects.values("ref").distinct().count() == 4


def test_ghsa_wg74_ww4w_2qpc_files_have_names_nobody_can_guess():
    """Guarantee 10."""
    filed(multipart("\nwords", LOGO))
    assert len(Attachment.objects.get().ref) == 26


def test_one_post_is_one_letter_and_never_two():
    filed(mail())
    with pytest.raises(IntegrityError), transaction.atomic():
        filed(mail())
    assert Letter.objects.count() == 1


def test_the_hostile_fits_the_columns():
    sender = f'"{"n" * 5_000}" <{"a" * 200}@{"b" * 250}.test>'
    letter = filed(
        mail(
            sender=sender,
            subject="s" * 15_000,
            message_id=f"<{'m' * 3_000}@x>",
            more=f"References: {' '.join(f'<{n}{chr(97) * 400}@x>' for n in range(300))}",
        )
    )
    letter.refresh_from_db()
    assert len(letter.subject) > 10_000
    assert all(len(each) <= 255 for each in letter.references)


def test_the_unreadable_is_a_letter_too():
    post = store(b"\xff", way="smtp")
    letter = file_in(post, Parsed.unreadable(post.raw(), "broken"), thread="abcde")
    assert "broken" in letter.trouble
    assert letter.attachments.get().name == "message.eml"


def test_what_was_said_is_written_down():
    letter = log(
        "abcde", channel="telephone", direction=Direction.IN, text="It is cold", by_name="Bo"
    )
    enclose(letter, [Enclosure("photo.jpg", "image/jpeg", b"JPG")])
    assert (letter.state, letter.fresh, letter.by_name) == (State.LOGGED, "It is cold", "Bo")
    assert letter.attachments.count() == 1


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
