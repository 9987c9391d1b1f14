from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.config.environment import a_mail_server
from amends.customers.customer import Customer
from amends.mailroom import outbox
from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter, State
from amends.mailroom.mark import Grip, Mark
from amends.mailroom.post import Post
from amends.mailroom.sighting import Sighting
from amends.recovery import intake, journey, letters
from amends.recovery.followup import FollowUp
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Recovery
from amends.recovery.standards import Step
from tests import cast
from tests.mailroom import reports, sightings
from tests.mailroom.mails import mail
from tests.mailroom.names import names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ROBERT = "robert@finch.example"
AWAY = "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All"


@pytest.fixture(autouse=True)
def server(sink, settings):
    settings.AMENDS_MAIL_URL = a_mail_server(sink.url)
    with names() as dns:
        settings.AMENDS_DNS, settings.DNS_PATIENCE = ("127.0.0.1", dns.port), 1.0
        yield sink


def post(body="I am away until 12 June 2026.", *, to="desk@amends.test", sender=ROBERT, **more):
    told = {"subject": "Automatic reply: Your breakfast", "message_id": "<away@x>", "more": AWAY}
    raw = mail(body, to=to, sender=f"Robert Finch <{sender}>", **{**told, **more})
    return intake.take_in(raw, way="smtp", sender="<>", recipients=[to])


def report(raw, *, to="desk@amends.test"):
    return intake.take_in(raw, way="smtp", sender="<>", recipients=[to])


def answered(**more):
    """A recovery in which a letter of ours has left."""
    recovery = cast.understood(**more)
    journey.write(recovery, words="We are looking into it.", by=recovery.owner)
    return recovery, handed_over("answer")


def handed_over(kind):
    Letter.objects.filter(state=State.QUEUED).update(hold_until=None)
    outbox.send_due()
    return Letter.objects.get(kind=kind, state=State.HANDED_OVER)


def one_of_us(person, recovery):
    """A letter to somebody who works here, about this recovery."""
    promise = recovery.promises.first() or journey.promise(
        recovery, words="We ring", by=person, due=recovery.known_at + timedelta(days=1)
    )
    return letters.promise_broken(promise, person=person)


def notices(recovery):
    return [notice.words for notice in recovery.notices.filter(about=About.POST)]


class TestAutomaticAnswers:
    def test_osticket_1041_an_out_of_office_is_kept_and_never_answered(self):
        """Guarantee 7: kept with its conversation; no letter, no clock, nobody is called."""
        recovery, _ = answered()
        before = Letter.objects.filter(direction="out").count()
        post(to=address_for(recovery.ref))
        letter = Letter.objects.get(kind="away")
        assert (letter.thread, letter.automatic) == (recovery.ref, True)
        assert letter.signs
        assert Letter.objects.filter(direction="out").count() == before
        assert cast.fresh(recovery).waiting_since is None
        assert not recovery.clocks.running().filter(step=Step.ANSWER).exists()

    def test_alga_psa_2772_a_machine_opens_nothing_again(self):
        """Guarantee 7."""
        recovery = cast.put_right()
        post("It is not fixed.", to=address_for(recovery.ref), subject="Re: x")
        assert cast.fresh(recovery).put_right_at

    def test_a_machine_stops_no_clock(self):
        """Guarantee 7."""
        recovery = cast.understood()
        post(to=address_for(recovery.ref))
        assert recovery.clocks.running().filter(step=Step.APOLOGY).exists()
        assert cast.fresh(recovery).waiting_since == recovery.waiting_since

    def test_away_until_a_day_is_shown_and_nothing_is_asked_before(self):
        recovery = cast.put_right()
        planned = recovery.followups.open().get()
        assert planned.due_at.date() < date(2026, 6, 12)
        post(to=address_for(recovery.ref))
        assert cast.fresh(recovery).customer.away_until == date(2026, 6, 12)
        moved = FollowUp.objects.get(pk=planned.pk)
        assert moved.due_at.date() == date(2026, 6, 13)
        assert recovery.timeline.filter(words__contains="away until 12 June").exists()

    def test_a_stranger_cannot_say_that_they_are_away(self):
        recovery, _ = answered()
        post(to=address_for(recovery.ref), sender="eve@x.test")
        assert cast.fresh(recovery).customer.away_until is None

    def test_a_machine_that_a_person_may_write_through_is_looked_at_once_a_day(self):
        """Guarantee 8: no clock, and yet nobody is overlooked."""
        recovery, _ = answered()
        for number in range(3):
            post(
                "Please call me.",
                to=address_for(recovery.ref),
                subject="[Support] Re: x",
                message_id=f"<{number}@zendesk>",
                more="Auto-Submitted: auto-generated",
            )
        assert Letter.objects.filter(kind="machine").count() == 3
        assert len([words for words in notices(recovery) if "machine" in words]) == 1

    def test_what_looks_automatic_is_heard_all_the_same(self):
        """Guarantee 8: the acknowledgement is withheld, with the reason; the recovery is not."""
        cast.ana()
        post("My vase is broken.", sender="no-reply@shop.example", subject="Order 7")
        recovery = Recovery.objects.get()
        assert recovery.complaints.get().words == "My vase is broken."
        held = Letter.objects.get(kind="acknowledgement")
        assert held.state == State.HELD
        assert held.trouble

    def test_faveo_helpdesk_150_a_robot_opens_one_recovery_and_not_one_a_day(self, clock):
        """Guarantee 7: what it sends later is kept with what it sent first."""
        cast.ana()
        for number in range(4):
            post(f"Job {number} failed.", message_id=f"<{number}@cron>", subject=f"Job {number}")
            clock.shift(timedelta(days=1))
        assert Recovery.objects.count() == 1
        assert Letter.objects.filter(direction="in").count() == 4

    def test_zammad_3022_two_desks_that_number_each_other_do_not_play_ping_pong(self):
        """Guarantee 7: the other desk's machine is kept where it belongs, whatever it strips."""
        _recovery, ours = answered()
        post("Your ticket INC001", subject="INC001", more=f"{AWAY}\nReferences: {ours.message_id}")
        assert Recovery.objects.count() == 1

    def test_freescout_c269311e_an_absence_of_one_of_us_is_no_answer_to_the_customer(self):
        """Guarantee 5: an out-of-office of ours goes nowhere."""
        cast.mona()
        recovery = cast.heard(channel="e-mail")
        ana = cast.ana()

        told = one_of_us(ana, recovery)
        out = Letter.objects.filter(direction="out").count()
        post(
            to=address_for(told.ref),
            sender=ana.email,
            more=f"{AWAY}\nIn-Reply-To: {told.message_id}",
        )
        post(sender=ana.email, message_id="<away-2@x>")
        kept = Letter.objects.filter(kind="away")
        assert {letter.thread for letter in kept} == {recovery.ref, ""}
        assert Letter.objects.filter(direction="out").count() == out
        assert Recovery.objects.count() == 1

    def test_a_letter_of_ours_that_comes_round_is_no_complaint(self):
        recovery, ours = answered()
        post("We are looking into it.", sender="desk@amends.test", message_id=ours.message_id)
        assert Letter.objects.get(kind="ours").thread == recovery.ref
        assert Recovery.objects.count() == 1


class TestWhoIsHeard:
    def test_dj_90621f57_our_own_address_is_never_a_customer(self):
        """Guarantee 7: a form that writes in our name, and names whom to answer."""
        cast.ana()
        post(
            "Broken.", sender="desk@amends.test", subject="Form", more="Reply-To: ida@moss.example"
        )
        assert Recovery.objects.get().customer.email == "ida@moss.example"

    def test_libredesk_dce33238_nor_one_of_a_place(self):
        cast.ana()
        cast.place("larder-york", mail_address="york@larder.example")
        post("Broken.", sender="York@larder.example", subject="Form", more="")
        assert Recovery.objects.get().customer.email == ""
        assert not Letter.objects.filter(direction="out", channel="email").exists()

    def test_zammad_6025_whom_a_rule_of_microsoft_365_passed_on_is_heard_and_acknowledged(self):
        """Guarantee 8: the inner sender is the customer, and the clock runs."""
        cast.ana()
        cast.place("larder-york", mail_address="york@larder.example")
        post(
            "From: Ida Moss <ida@moss.example>\nSent: Monday\nTo: York\nSubject: Vase\n\nIt broke.\n",
            sender="york@larder.example",
            subject="FW: Vase",
            more="Auto-Submitted: auto-generated\nX-MS-Exchange-Inbox-Rules-Loop: york@larder.example",
        )
        recovery = Recovery.objects.get()
        assert recovery.customer.email == "ida@moss.example"
        assert recovery.clocks.running().filter(step=Step.APOLOGY).exists()
        assert Letter.objects.get(kind="acknowledgement").state == State.QUEUED


class TestLettersThatComeBack:
    def test_zammad_182_a_letter_that_comes_back_is_seen_and_they_wait_again(self):
        """Guarantee 12."""
        recovery, letter = answered()
        assert recovery.clocks.filter(step=Step.ANSWER).count() == 0
        report(reports.delivery_status(letter.message_id, to=ROBERT))
        letter.refresh_from_db()
        assert letter.state == State.CAME_BACK
        assert "no such mailbox" in letter.trouble
        assert cast.fresh(recovery).waiting_since
        assert recovery.clocks.running().filter(step=Step.ANSWER).exists()
        (words,) = notices(recovery)
        assert "came back" in words
        assert "Another way" in words
        kept = Letter.objects.get(kind="bounce")
        assert (kept.thread, kept.needs_check) == (recovery.ref, False)

    def test_zammad_1239_a_closed_recovery_is_open_again(self):
        """Guarantee 12."""
        recovery, letter = answered()
        journey.let_go(cast.fresh(recovery), why="They moved away.", by=cast.ana())
        report(reports.delivery_status(letter.message_id, to=ROBERT))
        assert cast.fresh(recovery).closed_at is None

    def test_whoever_asked_for_peace_keeps_it(self):
        recovery, letter = answered()
        journey.leave_me_be(cast.fresh(recovery))
        report(reports.delivery_status(letter.message_id, to=ROBERT))
        assert cast.fresh(recovery).closed_at
        assert cast.fresh(recovery).waiting_since is None
        assert notices(recovery)

    def test_a_clock_that_the_letter_stopped_runs_on_from_where_it_began(self, clock):
        """Guarantee 12: the promise clock does not look kept."""
        recovery = cast.understood()
        clock.shift(timedelta(minutes=3))
        journey.apologise(recovery, words=cast.SORRY, by=recovery.owner)
        stopped = recovery.clocks.get(step=Step.APOLOGY)
        assert stopped.is_met
        letter = handed_over("apology")
        clock.shift(timedelta(days=2))
        report(reports.delivery_status(letter.message_id, to=ROBERT))
        stopped.refresh_from_db()
        assert stopped.is_met is None
        assert stopped.due_at < stopped.started_at + timedelta(days=1)
        assert cast.fresh(recovery).waiting_since == stopped.started_at
        journey.note(cast.fresh(recovery), words="Rang him.", by=cast.ana(), channel="telephone")
        stopped.refresh_from_db()
        assert stopped.is_met is False

    def test_a_follow_up_that_never_arrived_is_due_again(self):
        """Guarantee 12."""
        recovery = cast.put_right()
        planned = recovery.followups.open().get()
        journey.follow_up(planned, words="How is it now?", by=cast.ana())
        letter = handed_over("follow_up")
        report(reports.delivery_status(letter.message_id, to=ROBERT))
        assert FollowUp.objects.get(pk=planned.pk).done_at is None

    def test_a_promise_to_write_is_still_owed(self):
        """Guarantee 12: and what was promised and done by other means stays kept."""
        recovery = cast.agreed()
        ana = recovery.owner
        refund = recovery.promises.exclude(line=None).first()
        word = journey.promise(
            recovery, words="We write by Friday", by=ana, due=recovery.known_at + timedelta(days=3)
        )
        journey.write(recovery, words="It was the toaster.", by=ana)
        journey.keep(word, by=ana)
        journey.keep(refund, by=ana)
        letter = handed_over("answer")
        report(reports.delivery_status(letter.message_id, to=ROBERT))
        word.refresh_from_db()
        refund.refresh_from_db()
        assert (word.is_open, refund.is_open) == (True, False)

    def test_a_forged_bounce_marks_nobody(self):
        """Guarantee 12: without our signature it is kept, and has no effect."""
        _recovery, letter = answered()
        forged = letter.message_id.replace(".", ".0", 1)
        report(reports.delivery_status(forged, to=ROBERT))
        letter.refresh_from_db()
        assert letter.state == State.HANDED_OVER
        assert not Mark.objects.exists()
        assert Letter.objects.get(kind="bounce").needs_check
        assert Recovery.objects.count() == 1

    def test_chatwoot_5131_bounces_of_nothing_of_ours_open_no_recovery_after_recovery(self):
        """Guarantee 7."""
        cast.ana()
        for number in range(3):
            report(reports.delivery_status("<x@y>", id_of_report=f"<{number}@mx.example>"))
        assert Recovery.objects.count() == 0
        assert Letter.objects.filter(kind="bounce", thread="").count() == 3

    def test_zammad_5429_7_129_ends_with_the_first(self):
        """Guarantee 12: whatever the figure, no second letter goes by itself."""
        _recovery, letter = answered()
        raw = reports.delivery_status(
            letter.message_id, to=ROBERT, status="5.7.129", said="smtp; 550 5.7.129 restricted"
        )
        report(raw)
        assert Mark.objects.get().grip == Grip.SOFT
        intake.take_in(mail("More", sender=ROBERT, message_id="<n@x>"), way="smtp")
        assert Letter.objects.filter(state=State.QUEUED).count() == 0

    def test_a_delay_only_informs(self):
        recovery, letter = answered()
        report(reports.delayed(letter.message_id))
        letter.refresh_from_db()
        assert letter.state == State.HANDED_OVER
        assert "Still on its way" in letter.trouble
        assert not Mark.objects.exists()
        assert cast.fresh(recovery).waiting_since is None

    def test_the_thread_alone_marks_for_a_while_only(self):
        """Guarantee 12: what does not name the letter itself proves less."""
        recovery, letter = answered()
        report(reports.delivery_status(to=ROBERT), to=address_for(recovery.ref))
        letter.refresh_from_db()
        assert letter.state == State.CAME_BACK
        assert Mark.objects.get().grip == Grip.SOFT

    def test_two_reports_of_one_letter_count_once(self):
        recovery, letter = answered()
        for number in range(2):
            raw = reports.delivery_status(
                letter.message_id, to=ROBERT, id_of_report=f"<{number}@mx.example>"
            )
            report(raw)
        assert len(notices(recovery)) == 1

    def test_what_came_back_can_go_once_more(self, server):
        _recovery, letter = answered()
        report(reports.delivery_status(letter.message_id, to=ROBERT))
        letter.refresh_from_db()
        journey.send_again(letter, by=cast.ana())
        before = len(server.box.letters)
        outbox.send_due()
        assert len(server.box.letters) == before + 1
        assert server.box.envelopes[-1].rcpt_tos == [ROBERT]

    def test_zammad_1131_a_notice_to_one_of_us_that_comes_back_is_told_on_the_desk(self):
        """Guarantee 12: a manager hears it, by no letter, and nothing more goes to that address."""

        mona = cast.mona()
        recovery = cast.heard(channel="e-mail")
        ana = recovery.owner
        one_of_us(ana, recovery)
        told = handed_over("promise_broken")
        out = Letter.objects.filter(direction="out").count()
        report(reports.delivery_status(told.message_id, to=ana.email))
        assert Letter.objects.filter(direction="out").count() == out
        assert Notice.objects.filter(person=mona, about=About.POST).count() == 1
        one_of_us(ana, recovery)
        assert Letter.objects.filter(kind="promise_broken").latest("pk").state == State.HELD
        assert Notice.objects.filter(person=mona, about=About.POST).count() == 2

    def test_a_bounce_of_a_notice_by_its_envelope_alone(self):

        mona = cast.mona()
        recovery = cast.heard(channel="e-mail")
        ana = recovery.owner
        one_of_us(ana, recovery)
        told = handed_over("promise_broken")
        report(reports.delivery_status(to=ana.email), to=address_for(told.ref))
        assert Notice.objects.filter(person=mona, about=About.POST).count() == 1


class TestComplaintFeedback:
    def test_whoever_does_not_want_our_mail_gets_none_by_itself(self):
        """Guarantee 7: the owner is told, once; a person may still write."""
        recovery, letter = answered()
        for number in range(2):
            report(reports.complaint(letter.message_id).replace(b"<arf@", b"<arf%d@" % number))
        assert Mark.objects.get().grip == Grip.UNWANTED
        assert len(notices(recovery)) == 1
        again = cast.heard(channel="e-mail", customer=Customer.objects.get(), words="And the tea.")
        assert Letter.objects.get(kind="acknowledgement", thread=again.ref).state == State.HELD
        journey.write(recovery, words="May we ring you?", by=cast.ana())
        assert Letter.objects.filter(kind="answer").latest("pk").state == State.QUEUED

    def test_a_forged_one_marks_nobody(self):
        _, letter = answered()
        report(reports.complaint(letter.message_id.replace(".", ".0", 1)))
        assert not Mark.objects.exists()


@pytest.mark.parametrize("kind", ["google", "microsoft", "mail_ru", "tls"])
def test_wp_proudcity_2937_a_report_on_our_letters_is_nobodys_complaint(kind):
    """They come once a day to the address that our DMARC record names: read, kept, and not answered."""
    cast.ana()
    content = sightings.xml(sightings.record(count=12))
    raw = getattr(sightings, kind)(content)
    intake.take_in(raw, way="smtp", sender="x@y.test", recipients=["postmaster@amends.test"])
    letter = Letter.objects.get()
    assert (letter.kind, letter.thread, letter.needs_check) == ("sightings", "", False)
    assert not Recovery.objects.exists()
    assert sum(one.count for one in Sighting.objects.all()) == (0 if kind == "tls" else 12)


def test_a_receipt_is_kept_with_its_conversation():
    recovery, _ours = answered()
    raw = reports.delivery_status().replace(b"delivery-status", b"disposition-notification")
    report(raw, to=address_for(recovery.ref))
    assert Letter.objects.get(kind="receipt").thread == recovery.ref
    assert cast.fresh(recovery).waiting_since is None


def test_every_post_of_a_machine_was_read():
    recovery, letter = answered()
    report(reports.delivery_status(letter.message_id))
    post(to=address_for(recovery.ref))
    assert not Post.objects.filter(read_at=None).exists()
    assert Post.objects.exclude(trouble="").count() == 0


SIGNS = [
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-generated",
    "X-Auto-Response-Suppress: All",
    "Precedence: bulk",
    "Precedence: auto_reply",
    "List-Id: <a.b>\nList-Post: <mailto:a@b.test>",
    "X-MS-Exchange-Inbox-Rules-Loop: a@b.test",
    "X-Failed-Recipients: a@b.test",
    "X-Loop: yes",
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    signs=st.lists(st.sampled_from(SIGNS), unique=True),
    sender=st.sampled_from(
        [ROBERT, "ana.reyes@larder.example", "desk@amends.test", "mailer-daemon@x", "x@y.test"]
    ),
    null_sender=st.booleans(),
    to=st.sampled_from(["desk", "thread", "letter", "notice", "nowhere"]),
    answers=st.sampled_from(["", "letter", "notice"]),
    kind=st.sampled_from(["words", "bounce", "complaint"]),
)
def test_whatever_it_is_it_is_one_letter_and_no_machine_is_answered(
    conversation, signs, sender, null_sender, to, answers, kind
):
    """Guarantees 7 and 8: kept once, never lost, never answered by a machine of ours."""
    with transaction.atomic():
        _one_of_any_kind(conversation, signs, sender, null_sender, to, answers, kind)
        transaction.set_rollback(True)


@pytest.fixture
def conversation(server):
    """A recovery, a letter of ours in it, and one to somebody who works here."""
    cast.mona()
    recovery, letter = answered()
    return recovery, letter, one_of_us(cast.ana(), recovery)


def _one_of_any_kind(conversation, signs, sender, null_sender, to, answers, kind):
    recovery, letter, notice = conversation
    before = set(Letter.objects.values_list("pk", flat=True))
    known = {"letter": letter, "notice": notice}
    where = {
        "desk": "desk@amends.test",
        "thread": address_for(recovery.ref),
        "letter": address_for(letter.ref),
        "notice": address_for(notice.ref),
        "nowhere": address_for("nothing"),
    }[to]
    more = "\n".join([*signs, f"In-Reply-To: {known[answers].message_id}" if answers else ""])
    named = known[answers].message_id if answers else "<x@y>"
    raw = {
        "words": mail("Hello.", sender=sender, to=where, more=more.strip()),
        "bounce": reports.delivery_status(named, to=ROBERT, sender=sender),
        "complaint": reports.complaint(named),
    }[kind]
    envelope = "<>" if null_sender else sender
    got = intake.take_in(raw, way="smtp", sender=envelope, recipients=[where])
    got.refresh_from_db()
    assert got.read_at, got.trouble
    new = Letter.objects.exclude(pk__in=before)
    came = new.get(direction="in")
    assert came.thread or came.automatic or came.kind
    sent = new.filter(direction="out", state=State.QUEUED)
    assert not (came.automatic and sent.exists())
    assert not sent.filter(recipient__in=["desk@amends.test", ""]).exists()
