import pytest
from django.db import IntegrityError, transaction

from amends.mailroom.attachment import enclose
from amends.mailroom.filing import file_in, log
from amends.mailroom.letter import Direction, Letter, State
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
