from email.message import EmailMessage

import pytest

from amends.customers.customer import Customer
from amends.mailroom import post
from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter
from amends.mailroom.post import Post
from amends.recovery import intake, journey
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Recovery
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def mail(body: str = cast.STORY, *, to: str = "desk@amends.test", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = headers.pop("sender", "Robert Finch <robert@finch.example>")
    message["To"] = to
    message["Subject"] = headers.pop("subject", "My breakfast")
    message["Message-ID"] = headers.pop("message_id", "<one@finch.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def take_in(raw: bytes, **more) -> Post:
    told = {"recipients": ["desk@amends.test"], **more}
    return intake.take_in(raw, way="smtp", sender="robert@finch.example", **told)


def test_a_mail_becomes_a_recovery_with_an_owner():
    cast.ana()
    take_in(mail())
    recovery = Recovery.objects.get()
    assert (recovery.about, recovery.owner) == ("My breakfast", cast.ana())
    assert recovery.complaints.get().words == cast.STORY
    assert recovery.customer.name == "Robert Finch"


def test_the_same_mail_twice_has_one_effect():
    cast.ana()
    for _ in range(2):
        take_in(mail())
    assert (Recovery.objects.count(), Post.objects.count()) == (1, 1)


def test_a_reply_finds_its_recovery_by_the_signed_address():
    recovery = cast.understood()
    to = address_for(recovery.ref)
    take_in(mail("It was the toast too.", to=to, message_id="<two@finch.example>"), recipients=[to])
    assert Recovery.objects.count() == 1
    assert cast.fresh(recovery).waiting_since


def test_a_reply_finds_its_recovery_by_our_signed_id():
    recovery = cast.understood()
    ours = Letter.objects.filter(thread=recovery.ref, direction="out").first()
    raw = mail("Yes.", message_id="<3@finch.example>", In_Reply_To=ours.message_id)
    take_in(raw)
    assert Letter.objects.filter(thread=recovery.ref, direction="in").count() == 1


def test_zammad_5064_a_number_in_the_subject_finds_nothing():
    recovery = cast.understood()
    take_in(mail(subject=f"Re: {recovery.ref}", message_id="<4@x.example>"))
    assert Recovery.objects.count() == 2


def test_a_forged_token_opens_a_recovery_of_its_own():
    recovery = cast.understood()
    to = address_for(recovery.ref).replace("desk+", "desk+x")
    take_in(mail(to=to, message_id="<5@x.example>"), recipients=[to])
    assert Recovery.objects.count() == 2


def test_a_stranger_with_the_token_does_not_join_silently():
    recovery = cast.understood()
    to = address_for(recovery.ref)
    raw = mail("Send me her address.", to=to, sender="Eve <eve@x.example>", message_id="<6@x>")
    take_in(raw, recipients=[to])
    assert Letter.objects.get(thread=recovery.ref, direction="in").needs_check
    assert cast.fresh(recovery).waiting_since is None
    assert Notice.objects.filter(person=recovery.owner, about=About.POST).count() == 1


def test_thank_you_by_mail_opens_nothing_and_not_fixed_does():
    recovery = cast.put_right()
    to = address_for(recovery.ref)
    take_in(mail("Thank you, Ana.", to=to, message_id="<7@x>"), recipients=[to])
    assert cast.fresh(recovery).put_right_at
    take_in(mail("It is not fixed.", to=to, message_id="<8@x>"), recipients=[to])
    assert cast.fresh(recovery).put_right_at is None


def test_a_machine_is_not_answered():
    cast.ana()
    take_in(mail("I am out of the office.", Auto_Submitted="auto-replied"))
    assert Recovery.objects.count() == 1
    assert Letter.objects.get(kind="acknowledgement").state == "held"


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe", b"no headers at all", b"From: \r\n\r\n\r\n"])
def test_any_bytes_at_all_become_a_visible_complaint(raw):
    cast.ana()
    post = take_in(raw)
    post.refresh_from_db()
    assert post.read_at
    assert Recovery.objects.get().complaints.get().words


def test_without_a_place_the_post_waits_and_is_opened_later(clock):
    post = take_in(mail())
    for _ in range(5):
        clock.shift(3600)
        assert intake.open_waiting_post() == 0
    assert not Recovery.objects.exists()
    cast.ana()
    assert intake.open_waiting_post() == 1
    post.refresh_from_db()
    assert post.read_at
    assert Recovery.objects.get().complaints.get().words == cast.STORY


def test_the_place_is_the_one_written_to():
    cast.ana()
    other = cast.place("larder-york", mail_address="york@larder.example")
    take_in(mail(to="york@larder.example"), recipients=["york@larder.example"])
    assert Recovery.objects.get().place == other


def test_s4_04_the_conversation_goes_on_beside_any_other_desk():
    cast.ana()
    take_in(mail())
    recovery = Recovery.objects.get()
    journey.listen(recovery, by=cast.ana())
    journey.write(recovery, words="We are on it.", by=cast.ana())
    ours = Letter.objects.get(kind="answer")
    assert "<one@finch.example>" in ours.references
    assert Customer.objects.count() == 1


def test_what_we_only_died_with_is_read_at_the_third_try_and_what_failed_is_shown_as_it_came():
    """Guarantee 1: a machine that is switched off is no fault of the message."""
    cast.ana()
    died = post.store(mail(), way="smtp", recipients=["desk@amends.test"])
    failed = post.store(mail("Other."), way="smtp", recipients=["desk@amends.test"])
    failed.trouble = "it cannot be understood"
    for one in (died, failed):
        one.tries = 3
        assert intake.try_to_open(one)
    assert died.letter.fresh == cast.STORY.strip()
    assert failed.letter.trouble.startswith("This message could not be read.")
