from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from amends.config.environment import a_mail_server
from amends.customers.customer import AddressKind, Customer
from amends.kit.clock import now
from amends.mailroom import outbox, writing
from amends.mailroom.letter import Letter, State
from amends.mailroom.mark import Grip, Mark
from amends.recovery import gate, intake, journey, letters
from amends.recovery.notice import About
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom.mails import mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
IDA = "ida@moss.example"


def write_in(body="My vase came broken.", *, sender=IDA, to="desk@amends.test", **more):
    raw = mail(body, sender=f"Ida Moss <{sender}>", to=to, **{"subject": "Vase", **more})
    return intake.take_in(raw, way="smtp", sender=sender, recipients=[to])


def acknowledgements(state=State.QUEUED):
    return Letter.objects.filter(kind="acknowledgement", state=state)


def bounced(address, grip=Grip.HARD):
    Mark.put(address, grip, why="There is no such mailbox.", at=now())


def test_zammad_3667_a_person_whose_mailer_offers_to_unsubscribe_is_acknowledged():
    """Guarantee 8."""
    cast.ana()
    write_in(more="List-Unsubscribe: <mailto:off@moss.example>\nPrecedence: bulk")
    assert acknowledgements().count() == 1


def test_a_list_that_is_our_own_front_door_is_no_list():
    """Guarantee 8: a group of Google's that everybody writes to is answered like a mailbox."""
    cast.ana()
    cast.place("larder-york", mail_address="support@amends.test")
    more = "List-Id: <{0}.amends.test>\nPrecedence: list\nList-Post: <mailto:{0}@amends.test>"
    write_in(more=more.format("support"))
    assert acknowledgements().count() == 1
    write_in(more=more.format("chatter"), sender="ben@moss.example", message_id="<2@x>")
    assert acknowledgements(State.HELD).get().trouble == "It came through a mailing list."


def test_osticket_pr_1529_what_is_held_back_is_seen_with_the_reason():
    """Guarantee 7: nothing is silently gone."""
    cast.ana()
    write_in(more="X-Auto-Response-Suppress: All")
    held = acknowledgements(State.HELD).get()
    assert held.thread == Recovery.objects.get().ref
    assert held.trouble == "It asks for no automatic answer."


def test_zendesk_2025_whatever_is_typed_goes_to_nobody_else(sink, settings):
    """Guarantee 13: one short letter with nothing of what was submitted, not even the name."""
    settings.AMENDS_MAIL_URL = a_mail_server(sink.url)
    cast.ana()
    for number in range(3):
        write_in(
            "BUY PILLS http://evil.example", subject=f"PILLS {number}", message_id=f"<{number}@x>"
        )
    outbox.send_due()
    (raw,) = sink.box.letters
    assert b"PILLS" not in raw
    assert b"evil" not in raw
    assert b"Ida" not in raw
    assert Recovery.objects.count() == 3


def test_libredesk_f6a4ad53_an_acknowledgement_goes_to_the_customer_alone(sink, settings):
    """Guarantee 13: not to those in Cc."""
    settings.AMENDS_MAIL_URL = a_mail_server(sink.url)
    cast.ana()
    write_in(more="Cc: victim@x.test, desk@amends.test")
    outbox.send_due()
    (envelope,) = sink.box.envelopes
    assert envelope.rcpt_tos == [IDA]
    assert envelope.mail_from == "<>"


def test_freescout_5428_it_leaves_from_the_address_written_to():
    cast.ana()
    cast.place("larder-york", mail_address="york@amends.test")
    write_in(to="york@amends.test")
    assert acknowledgements().get().sender == "york@amends.test"
    write_in(sender="ben@moss.example", message_id="<2@x>")
    assert acknowledgements().get(recipient="ben@moss.example").sender == "desk@amends.test"


def test_no_letter_leaves_from_a_domain_that_is_not_ours_to_send_from():
    cast.ana()
    cast.place("larder-york", mail_address="york@larder.example")
    write_in(to="york@larder.example")
    assert acknowledgements().get().sender == "desk@amends.test"


def test_posthog_92017_our_own_addresses_are_never_written_to():
    """Guarantee 7."""
    cast.place("larder-york", mail_address="york@larder.example")
    for own in ("desk@amends.test", "York@larder.example "):
        assert gate.is_own(own)
    assert not gate.is_own(IDA)
    cast.heard(channel="web form", customer=Customer.met(email="york@larder.example"))
    assert not acknowledgements().exists()
    assert acknowledgements(State.HELD).get().trouble == gate.OURS


def test_libredesk_b5000c7b_whoever_has_no_address_is_not_written_to():
    recovery = cast.heard(channel="web form", customer=Customer.met(name="A guest"))
    assert not Letter.objects.filter(thread=recovery.ref, direction="out").exists()


def test_osticket_3966_the_alarm_of_a_loop_names_the_address():
    """Guarantee 7."""
    cast.ana()
    for number in range(12):
        write_in(message_id=f"<{number}@x>", sender="robot@crm.example")
    told = [n for r in Recovery.objects.all() for n in r.notices.filter(about=About.POST)]
    assert told
    assert all("robot@crm.example" in notice.words for notice in told)
    assert len(told) <= 2


def test_zammad_1026_nothing_goes_by_itself_where_letters_come_back_from():
    """Guarantee 12."""
    cast.ana()
    bounced(IDA, Grip.SOFT)
    write_in()
    held = acknowledgements(State.HELD).get()
    assert "came back" in held.trouble
    assert "no such mailbox" in held.trouble


def test_zammad_3389_whoever_provably_writes_from_there_frees_their_address(settings, clock):
    """Guarantee 12: and nobody who only says so."""
    settings.AMENDS_MAIL_HOP = "mx.amends.test"
    cast.ana()
    bounced(IDA)
    clock.shift(timedelta(days=1))
    write_in()
    assert acknowledgements().count() == 0
    said = "Authentication-Results: mx.amends.test; dkim=pass header.d=moss.example"
    raw = f"{said}\r\n".encode() + mail(sender=f"Ida <{IDA}>", message_id="<2@x>")
    intake.take_in(raw, way="smtp", sender=IDA, recipients=["desk@amends.test"])
    assert acknowledgements().count() == 1
    assert not Mark.objects.exists()


def test_zammad_5428_a_person_sees_at_once_that_there_is_no_such_mailbox():
    """Guarantee 12: and may send it all the same."""
    recovery = cast.heard()
    bounced("robert@finch.example")
    letter = journey.write(recovery, words="Hello.", by=cast.ana())
    assert letter.state == State.FAILED
    assert "no such mailbox" in letter.trouble
    journey.send_again(letter, by=cast.ana())
    letter.refresh_from_db()
    assert letter.state == State.QUEUED


def test_a_full_mailbox_keeps_no_person_from_writing():
    recovery = cast.heard()
    bounced("robert@finch.example", Grip.SOFT)
    assert journey.write(recovery, words="Hello.", by=cast.ana()).state == State.QUEUED


def test_zammad_1661_another_address_is_taken_where_one_is_known():
    """Guarantee 12."""
    recovery = cast.heard()
    recovery.customer.reachable_at(AddressKind.EMAIL, "rob@finch.example")
    bounced("rob@finch.example")
    letter = journey.write(cast.fresh(recovery), words="Hello.", by=cast.ana())
    assert (letter.recipient, letter.state) == ("robert@finch.example", State.QUEUED)


def test_an_address_is_reset_by_whoever_knows_that_it_works():
    recovery = cast.heard()
    bounced("robert@finch.example")
    journey.it_works_again(recovery.customer, address="someone@else.example", by=cast.ana())
    assert Mark.objects.exists()
    journey.it_works_again(recovery.customer, address="Robert@finch.example", by=cast.ana())
    assert not Mark.objects.exists()
    assert recovery.timeline.filter(words__contains="may be written to again").exists()


def test_freescout_2626_each_letter_by_itself_once_for_each_reason():
    """Guarantee 7: also when what set it off happens again."""
    recovery = cast.heard(channel="e-mail")
    for _ in range(3):
        letters.acknowledgement(recovery, at=now(), when="")
    assert acknowledgements().count() == 1
    assert acknowledgements(State.HELD).count() == 3


@pytest.mark.parametrize("name", letters.names())
def test_zammad_3770_every_letter_by_itself_says_so_and_asks_for_no_answer(name, sink, settings):
    """Guarantee 7: whatever the template; and only those of persons do not say so."""
    settings.AMENDS_MAIL_URL = a_mail_server(sink.url)
    recovery = cast.heard()
    told = dict.fromkeys(letters.PLACEHOLDERS, "x") | {"accent": "#000000", "foot": ""}
    written = letters._ours(name, told)
    is_staffs = name in STAFFS
    is_machines = is_staffs or name == "acknowledgement"
    letter = writing.write(
        thread="" if is_staffs else recovery.ref,
        kind=name,
        recipient=IDA,
        subject=written.subject,
        text=written.text,
        html=written.html,
        sender_name="The Larder",
        automatic=is_machines,
    )
    outbox.send_due()
    (envelope,) = sink.box.envelopes
    message = message_from_bytes(sink.box.letters[0], policy=default)
    assert ("Auto-Submitted" in message) is is_machines
    assert (message["X-Auto-Response-Suppress"] == "All") is is_machines
    assert (envelope.mail_from == "<>") is (name == "acknowledgement")
    assert letter.ref in envelope.mail_from or not is_staffs


STAFFS = {"approval_wanted", "promise_broken", "digest", "not_sent"}


def test_what_goes_by_itself_is_in_the_catalogue():
    assert set(gate.BY_ITSELF) <= set(letters.names())


def test_odoo_40591_an_answer_to_the_acknowledgement_calls_a_person(clock):
    """Guarantee 7 the other way round: a person's words always reach a person."""
    cast.ana()
    write_in()
    ours = acknowledgements().get()
    recovery = Recovery.objects.get()
    journey.listen(recovery, by=cast.ana())
    before = recovery.notices.count()
    clock.shift(timedelta(minutes=5))
    write_in("When exactly?", message_id="<2@x>", more=f"In-Reply-To: {ours.message_id}")
    assert recovery.notices.count() == before + 1
    assert Letter.objects.filter(thread=recovery.ref, direction="in").count() == 2


@pytest.mark.parametrize("channel", ["e-mail", "page", "web form", "text message"])
def test_zammad_1322_every_channel_starts_the_same_clock(channel):
    recovery = cast.sorry()
    journey.customer_wrote(recovery, words="And the tea was cold.", channel=channel)
    assert cast.fresh(recovery).waiting_since == now()
    assert recovery.clocks.running().filter(step="answer").count() == 1
    assert recovery.notices.filter(about=About.ANSWER).count() == 1
