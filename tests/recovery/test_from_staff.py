from email.message import EmailMessage

import pytest

from amends.mailroom.addresses import address_for, staff_address, staff_token_in
from amends.mailroom.letter import Letter
from amends.recovery import intake, journey, letters
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Verb
from tests import cast
from tests.mailroom.names import names
from tests.mailroom.sealing import record_of, rsa
from tests.recovery.mailing import arrive, mail, of, sealed, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORDS = "I will bring you a fresh plate myself."


@pytest.fixture
def dns(settings):
    """The domain of the people who work here publishes its key."""
    with names() as server:
        server.text("one._domainkey.larder.example", record_of(rsa()))
        settings.AMENDS_DNS, settings.DNS_PATIENCE = ("127.0.0.1", server.port), 5.0
        yield server


def token(recovery, person, *, is_note=False):
    return staff_address(recovery.ref, person.ref, is_note=is_note)


def by_mail(recovery, person, words=WORDS, *, to="", proven=True, **more):
    """This person answers by e-mail."""
    to = to or token(recovery, person)
    raw = mail(words, to=to, **{"sender": of(person), **more})
    return take_in(sealed(raw) if proven else raw, to).letter


def to_customer(recovery):
    return Letter.objects.filter(thread=recovery.ref, direction="out", kind="answer")


def notes(recovery):
    noted = recovery.timeline.filter(verb=Verb.NOTED)
    return " ".join(noted.values_list("words", flat=True))


def told(person):
    return Letter.objects.filter(kind="not_sent", recipient=person.email)


def test_a_token_and_a_proven_sender_write_to_the_customer(dns):
    """Guarantee 5."""
    recovery = cast.understood()
    letter = by_mail(recovery, cast.ana())
    [sent] = to_customer(recovery)
    assert WORDS in sent.text
    assert (sent.recipient, sent.by_name) == ("robert@finch.example", "Ana Reyes")
    assert (letter.kind, letter.standing, letter.signed_by) == ("staff", "proven", "larder.example")


def test_cve_2026_47123_a_forged_from_sends_nothing_to_a_customer(dns):
    """Guarantee 5: who knows the token and writes the right From is still nobody."""
    recovery = cast.understood()
    letter = by_mail(recovery, cast.ana(), "Send your card number.", proven=False)
    assert not to_customer(recovery).exists()
    assert letter.kind == "refused"
    assert "Send your card number." in notes(recovery)
    assert "card number" not in told(cast.ana()).get().text
    ours = Letter.objects.filter(thread=recovery.ref, direction="out").first()
    arrive(body="Pay here.", sender=of(cast.ana()), In_Reply_To=ours.message_id)
    assert not to_customer(recovery).exists()


def test_ghsa_8vm3_wwq4_ggfx_an_unsigned_or_altered_token_is_no_token(dns):
    """Guarantee 5: no shape from before is accepted, and no signature made for something else."""
    recovery = cast.understood()
    good = token(recovery, cast.ana())
    for bad in (
        good.replace(cast.ana().ref, cast.ben().ref),
        good.replace("desk+c-", "desk+n-"),
        f"desk+c-{recovery.ref}-{cast.ana().ref}@amends.test",
        address_for(f"c-{recovery.ref}-{cast.ana().ref}"),
    ):
        assert staff_token_in(bad) is None
        by_mail(recovery, cast.ana(), to=bad)
    assert not to_customer(recovery).exists()


def test_freescout_4044_from_another_own_address_is_refused_clearly_and_kept(dns):
    """Guarantee 5."""
    recovery = cast.understood()
    by_mail(recovery, cast.ana(), sender="Ana <ana@home.example>")
    assert not to_customer(recovery).exists()
    said = told(cast.ana()).get()
    assert "It came from ana@home.example, and you are known here as ana.reyes@larder" in said.text
    assert WORDS not in said.text
    assert WORDS in notes(recovery)


def test_a_refusal_is_told_once_and_never_to_a_machine(dns):
    recovery = cast.understood()
    for _ in range(3):
        by_mail(recovery, cast.ana(), proven=False)
    assert told(cast.ana()).count() == 1
    by_mail(recovery, cast.ben(), proven=False, Auto_Submitted="auto-replied")
    assert not told(cast.ben()).exists()


def test_freescout_c269311e_out_of_office_is_no_answer_to_the_customer(dns):
    """Guarantee 5: also when it is signed."""
    recovery = cast.understood()
    by_mail(recovery, cast.ana(), "I am away.", Auto_Submitted="auto-replied")
    assert not to_customer(recovery).exists()
    assert not told(cast.ana()).exists()


def test_odoo_13717_a_note_by_mail_has_an_address_of_its_own(dns):
    recovery = cast.understood()
    person = cast.ana()
    by_mail(recovery, person, "She is my aunt.", to=token(recovery, person, is_note=True))
    assert not to_customer(recovery).exists()
    assert "She is my aunt." in notes(recovery)
    assert token(recovery, person) != token(recovery, person, is_note=True)


def test_letters_to_us_say_where_an_answer_goes(dns):
    recovery = cast.understood()
    told_of = letters.not_sent(recovery, person=cast.ana(), why="x")
    assert staff_token_in(told_of.reply_to) == (recovery.ref, cast.ana().ref, True)
    assert (
        "Your answer is kept as a note among us. To write to Robert Finch: desk+c-" in told_of.text
    )
    assert "Your answer is kept" in told_of.html


def test_whoever_left_or_may_not_see_it_writes_nothing(dns):
    recovery = cast.understood()
    other = cast.person("Yara York", at=cast.place("larder-york"))
    by_mail(recovery, other)
    by_mail(recovery, cast.audrey())
    ben = cast.ben()
    ben.is_active = False
    ben.save()
    by_mail(recovery, ben)
    assert not to_customer(recovery).exists()
    assert Letter.objects.filter(thread=recovery.ref, kind="refused").count() == 2


def test_the_story_is_read_before_anybody_answers_by_mail(dns):
    cast.ana()
    recovery = Recovery.objects.get(ref=arrive().thread)
    by_mail(recovery, cast.ana())
    assert not to_customer(recovery).exists()
    assert "Please read the story first." in told(cast.ana()).get().text


def test_when_dns_is_away_it_is_tried_again_and_then_refused(dns, clock):
    recovery = cast.understood()
    dns.broken.add("one._domainkey.larder.example")
    to = token(recovery, cast.ana())
    post = take_in(sealed(mail(WORDS, to=to, sender=of(cast.ana()))), to)
    assert not Letter.objects.filter(post=post).exists()
    clock.shift(600)
    assert intake.open_waiting_post() == 1
    assert "could not find out" in told(cast.ana()).get().text
    assert WORDS in notes(recovery)


def test_the_answer_alone_goes_out_not_the_notice_it_quotes(dns):
    recovery = cast.understood()
    quoted = f"{WORDS}\n\nOn Monday, Amends wrote:\n> Robert is difficult.\n> Be careful.\n"
    by_mail(recovery, cast.ana(), quoted, In_Reply_To="<notice@amends.test>")
    assert "difficult" not in to_customer(recovery).get().text


def test_files_are_not_left_behind_silently(dns):
    """Guarantee 5: better nothing than «see attached» with nothing attached."""
    recovery = cast.understood()
    to = token(recovery, cast.ana())
    raw = mail_with_file(to)
    letter = take_in(sealed(raw), to).letter
    assert (letter.kind, to_customer(recovery).exists()) == ("refused", False)
    assert "files cannot be sent on by e-mail: plate.jpg" in told(cast.ana()).get().text


def mail_with_file(to):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = of(cast.ana()), to, "Re: My breakfast"
    message.set_content(WORDS)
    message.add_attachment(b"x", maintype="image", subtype="jpeg", filename="plate.jpg")
    return message.as_bytes()


FORWARD = """Please look after her.

---------- Forwarded message ---------
From: Jane Moss <jane@moss.example>
Date: Mon, 1 Jun 2026 at 08:00
Subject: My vase
To: <ana.reyes@larder.example>

The vase came in three pieces.
"""
GERMAN = """Bitte.

-----Ursprüngliche Nachricht-----
Von: Jane Moss [mailto:jane@moss.example]
Gesendet: Montag, 1. Juni 2026 08:00
An: Ana Reyes
Betreff: My vase

The vase came in three pieces.
"""


def forward(body=FORWARD, *, proven=True, subject="Fwd: My vase", sender=""):
    cast.mona()
    raw = mail(body, sender=sender or of(cast.ana()), subject=subject)
    return take_in(sealed(raw) if proven else raw).letter


@pytest.mark.parametrize(("body", "subject"), [(FORWARD, "Fwd: My vase"), (GERMAN, "WG: My vase")])
def test_zammad_1596_a_forward_by_one_of_us_is_the_customers_complaint(dns, body, subject):
    letter = forward(body, subject=subject)
    recovery = Recovery.objects.get(ref=letter.thread)
    assert recovery.customer.email == "jane@moss.example"
    assert recovery.complaints.get().words == "The vase came in three pieces."
    assert (letter.by_name, letter.sender, letter.standing) == (
        "Ana Reyes",
        "jane@moss.example",
        "unproven",
    )
    assert not Letter.objects.filter(direction="out", recipient="jane@moss.example").exists()


@pytest.mark.parametrize("slug", ["osticket_3032", "freescout_1177", "posthog_56916"])
def test_zammad_1596_and_others_what_was_written_above_stays_among_us(dns, slug):
    recovery = Recovery.objects.get(ref=forward().thread)
    assert "Please look after her." in notes(recovery)
    assert "Please look after her." not in recovery.complaints.get().words


def test_freescout_2761_a_forward_by_anybody_else_changes_nobody(dns):
    """2813, 2733: who is guessed from forwarded text may be a spammer, or the wrong one."""
    for sender, proven in (("Eve <eve@stranger.example>", True), (of(cast.ana()), False)):
        letter = forward(sender=sender, proven=proven)
        recovery = Recovery.objects.get(ref=letter.thread)
        assert recovery.customer.email != "jane@moss.example"
        assert letter.by_name == ""


def test_helpy_1266_a_customer_who_forwards_is_still_who_wrote(dns):
    letter = forward(sender="Robert Finch <robert@finch.example>", proven=False)
    assert Recovery.objects.get(ref=letter.thread).customer == cast.finch()


def test_zammad_1596_a_forward_is_undone_with_one_click(dns):
    letter = forward()
    first = Recovery.objects.get(ref=letter.thread)
    own = journey.undo_forward(letter, by=cast.mona())
    letter.refresh_from_db()
    assert own.customer.email == cast.ana().email
    assert letter.thread == own.ref
    assert Recovery.objects.get(pk=first.pk).outcome == "mistaken"
    assert own.came_after == first
    with pytest.raises(Exception, match="nothing to undo"):
        journey.undo_forward(letter, by=cast.mona())


def test_zammad_1351_one_of_us_who_complains_is_a_customer_like_any(dns):
    raw = mail("My own lunch was cold.", sender=of(cast.ana()))
    recovery = Recovery.objects.get(ref=take_in(sealed(raw)).letter.thread)
    assert recovery.customer.email == cast.ana().email
