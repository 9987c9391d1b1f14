"""Two workers, or two ways in, reach for the same thing: one of them does it."""

import threading
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from amends.config.environment import a_mail_server
from amends.kit.clock import lived_at, now
from amends.mailroom import outbox
from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter, State
from amends.mailroom.post import Post, store
from amends.recovery import clockwork, intake, journey
from amends.recovery.authority import Approval
from amends.recovery.failure import Kind
from amends.recovery.followup import FollowUp
from amends.recovery.notice import About, Notice
from amends.recovery.offer import LineGiven
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Verb
from tests import cast
from tests.engines.presses import TOGETHER, at_once, linger_before, meet_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]
LONG_AGO = timedelta(days=60)
MAIL = b"From: Lena <lena@moss.example>\nTo: desk@amends.test\nSubject: Toast\n\nIt was burnt.\n"


def taken(raw=MAIL, **more):
    return intake.take_in(raw, way="smtp", recipients=["desk@amends.test"], **more)


def test_a_letter_goes_out_once(sink, settings, monkeypatch):
    settings.AMENDS_MAIL_URL = a_mail_server(sink.url)
    cast.heard(channel="e-mail")
    linger_before(monkeypatch, outbox, "claim")
    at_once(outbox.send_due, outbox.send_due)
    assert len(sink.box.letters) == 1
    assert Letter.objects.get(direction="out").state == State.HANDED_OVER


def test_a_letter_for_later_is_kept_back_when_they_write_in_the_same_moment():
    recovery = cast.heard(channel="e-mail")
    address = address_for(recovery.ref)
    raw = MAIL.replace(b"Lena <lena@moss.example>", recovery.customer.email.encode())
    post = store(raw, way="smtp", recipients=[address])
    is_written = threading.Event()

    def write():
        with transaction.atomic():
            hour = now() + timedelta(hours=5)
            journey.write(recovery, words="How was it?", by=cast.ana(), send_at=hour)
            is_written.set()
            time.sleep(TOGETHER)

    def open_the_post():
        is_written.wait(10)
        assert intake.try_to_open(post)

    assert at_once(write, open_the_post) == ["done", "done"]
    assert Letter.objects.get(kind="answer").state == State.CANCELLED


def test_a_promise_is_broken_once(monkeypatch):
    cast.mona()
    with lived_at(now() - LONG_AGO):
        recovery = cast.agreed("A handwritten note")
    linger_before(monkeypatch, journey, "break_promise")
    at_once(clockwork.what_is_due, clockwork.what_is_due)
    assert recovery.failures.filter(kind=Kind.BROKEN_PROMISE).count() == 1
    assert recovery.timeline.filter(verb=Verb.BROKE).count() == 1
    assert Letter.objects.filter(kind="promise_broken").count() == 1


def test_a_guest_left_standing_is_called_for_once(monkeypatch):
    with lived_at(now() - timedelta(minutes=7)):
        recovery, promise = cast.asked_for_ana()
        journey.visit(customer=recovery.customer, place=recovery.place, arrived_at=now())
    linger_before(monkeypatch, journey, "nudge")
    at_once(clockwork.what_is_due, clockwork.what_is_due)
    assert recovery.timeline.filter(verb=Verb.NUDGED).count() == 1
    assert promise.owner == cast.ana()


def test_a_question_nobody_answered_is_passed_on_once(monkeypatch):
    with lived_at(now() - timedelta(days=2)):
        cast.mona(), cast.olive()
        lines = [
            LineGiven(cast.remedy("Refund"), value=5_000),
            LineGiven(cast.remedy("A small gift")),
        ]
        journey.offer(cast.wished(), lines=lines, by=cast.ana())
    linger_before(monkeypatch, journey, "pass_on_approval")
    at_once(clockwork.what_is_due, clockwork.what_is_due)
    approval = Approval.objects.get()
    assert (approval.of, approval.passed_on) == (cast.olive(), 1)


def test_a_clock_that_ran_out_is_told_once(monkeypatch):
    with lived_at(now() - timedelta(days=3)):
        recovery = cast.heard()
    linger_before(monkeypatch, clockwork, "tell")
    at_once(clockwork.what_is_due, clockwork.what_is_due)
    assert Notice.objects.filter(recovery=recovery, about=About.CLOCK).count() == 1


def test_whoever_went_quiet_is_thought_of_once(monkeypatch):
    with lived_at(now() - LONG_AGO):
        recovery = cast.put_right()
        journey.follow_up(recovery.followups.get(), words="Is it fixed?", by=recovery.owner)
        recovery.followups.update(dropped_at=now())
    meet_after(monkeypatch, clockwork, "_gone_quiet")
    linger_before(monkeypatch, journey, "plan_follow_up")
    at_once(clockwork.what_is_due, clockwork.what_is_due)
    assert FollowUp.objects.open().filter(recovery=recovery).count() == 1


def test_the_same_post_by_two_ways_is_one_complaint(monkeypatch):
    cast.ana()
    linger_before(monkeypatch, intake, "open_post")
    at_once(taken, taken)
    assert (Post.objects.count(), Recovery.objects.count()) == (1, 1)
    assert Post.objects.get().read_at


def test_post_left_lying_is_opened_by_one_of_two_workers(monkeypatch):
    cast.ana()
    with lived_at(now() - timedelta(minutes=5)):
        monkeypatch.setattr(intake, "try_to_open", lambda _: False)
        taken()
        monkeypatch.undo()
    linger_before(monkeypatch, Post, "take_up")
    at_once(intake.open_waiting_post, intake.open_waiting_post)
    assert Recovery.objects.count() == 1
    assert Post.objects.get().tries == 2


def test_two_mails_from_a_stranger_at_once_have_one_customer_and_one_acknowledgement():
    cast.ana()
    mails = [MAIL.replace(b"Toast", b"Toast %d" % number) for number in range(4)]
    at_once(*[partial(taken, raw) for raw in mails])
    assert Recovery.objects.count() == 4
    assert Recovery.objects.values("customer").distinct().count() == 1
    assert Letter.objects.filter(kind="acknowledgement").exclude(state="held").count() == 1
