"""Machines that answer our machine: through the real way in and the real outbox they always end."""

from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.config.environment import a_mail_server
from amends.mailroom import brakes, outbox
from amends.mailroom.letter import Letter, State
from amends.mailroom.tally import Tally
from amends.recovery import intake
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom.mails import mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ROUNDS = 400
LONG = (
    "Thank you for writing. Your request has been received and has the number {}. We will answer."
)
MARKED = (
    "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All",
    "Precedence: auto_reply",
    "X-Autoreply: yes",
    "X-OTRS-Loop: yes",
)


@dataclass
class Robot:
    """Another desk, or an absence, that answers whatever it gets."""

    marks: str = ""  # what it says about itself; the worst say nothing
    keeps_token: bool = False  # answers to Reply-To, or to From and so out of the conversation
    keeps_ids: bool = False
    new_address: bool = False  # a character more each time
    new_words: bool = False
    slow: timedelta = timedelta(0)
    gets: int = 0

    def answers(self, raw):
        self.gets += 1
        message = message_from_bytes(raw, policy=default)
        back = message["Reply-To"] if self.keeps_token and message["Reply-To"] else message["From"]
        to = back.addresses[0].addr_spec
        more = self.marks
        if self.keeps_ids:
            more += f"\nIn-Reply-To: {message['Message-ID']}"
        return self._letter(to, more.strip())

    def begins(self):
        return self._letter("desk@amends.test", self.marks)

    def _letter(self, to, more):
        address = f"robot{'x' * self.gets if self.new_address else ''}@crm.example"
        words = LONG.format(self.gets)
        if self.new_words:
            words = f"{words} {'abcdefghij'[self.gets % 10] * (self.gets + 40)}"
        raw = mail(
            words,
            sender=f"Robot <{address}>",
            to=to,
            subject=f"Request {self.gets}",
            message_id=f"<{self.gets}@crm.example>",
            more=more,
        )
        return raw, address, to


def lives_with(robot, sink, clock, settings):
    """From its first letter until nobody writes any more; how many letters left us for it."""
    settings.AMENDS_MAIL_URL = a_mail_server(sink.url)
    sink.box.letters.clear()
    raw, sender, to = robot.begins()
    for _ in range(ROUNDS):
        intake.take_in(raw, way="smtp", sender=sender, recipients=[to])
        outbox.send_due()
        if len(sink.box.letters) <= robot.gets:
            return robot.gets
        clock.shift(robot.slow)
        raw, sender, to = robot.answers(sink.box.letters[-1])
    return ROUNDS


@pytest.mark.parametrize("marks", MARKED)
def test_osticket_1041_a_machine_that_says_so_gets_no_letter(marks, sink, clock, settings):
    """Guarantee 7: the first brake."""
    cast.ana()
    assert lives_with(Robot(marks=marks), sink, clock, settings) == 0
    assert Recovery.objects.count() == 1


def test_osticket_1041_two_desks_like_ours_end_with_the_first_answer(sink, clock, settings):
    """Guarantee 7: the other one writes exactly what we write."""
    cast.ana()
    settings.AMENDS_MAIL_URL = a_mail_server(sink.url)
    raw = mail("Where is my order?", sender="Desk <desk@other.example>")
    intake.take_in(raw, way="smtp", sender="desk@other.example", recipients=["desk@amends.test"])
    outbox.send_due()
    (ours,) = sink.box.letters
    theirs = ours.replace(b"amends.test", b"other.example").replace(
        b"To: desk@other.example", b"To: desk@amends.test"
    )
    intake.take_in(theirs, way="smtp", sender="<>", recipients=["desk@amends.test"])
    outbox.send_due()
    assert len(sink.box.letters) == 1


def test_odoo_66329_a_desk_that_says_nothing_about_itself_ends_at_once(sink, clock, settings):
    """Guarantee 7: the second brake, by address and hour."""
    cast.ana()
    assert lives_with(Robot(), sink, clock, settings) == 1


def test_freescout_688_a_robot_that_changes_its_address_each_time_ends(sink, clock, settings):
    """Guarantee 7: by its words, which stay the same but for the number."""
    cast.ana()
    robot = Robot(new_address=True)
    assert lives_with(robot, sink, clock, settings) == 5
    assert Letter.objects.filter(kind="acknowledgement", state=State.HELD).count() == 1


def test_freescout_688_and_one_that_changes_its_words_too(sink, clock, settings, monkeypatch):
    """Guarantee 7: by its domain; the real limit is higher and counted in test_brakes."""
    limits = brakes.LIMITS["acknowledgement"]
    few = [replace(each, most=8) if each.what == "domain" else each for each in limits]
    monkeypatch.setitem(brakes.LIMITS, "acknowledgement", tuple(few))
    cast.ana()
    robot = Robot(new_address=True, new_words=True)
    assert lives_with(robot, sink, clock, settings) == 8


def test_a_slow_one_ends_within_the_week(sink, clock, settings):
    """Guarantee 7: an hour later is no way round."""
    cast.ana()
    robot = Robot(slow=timedelta(minutes=61), new_words=True)
    assert lives_with(robot, sink, clock, settings) == 10


def test_muckrock_989_a_polite_robot_in_the_conversation_gets_nothing(sink, clock, settings):
    """Guarantee 7: whatever it says there, a person answers or nobody."""
    cast.ana()
    assert lives_with(Robot(keeps_token=True, keeps_ids=True), sink, clock, settings) == 1
    assert Recovery.objects.count() == 1


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    robot=st.builds(
        Robot,
        marks=st.sampled_from(["", "Precedence: bulk", *MARKED]),
        keeps_token=st.booleans(),
        keeps_ids=st.booleans(),
        new_address=st.booleans(),
        slow=st.sampled_from([timedelta(0), timedelta(minutes=10), timedelta(hours=1)]),
        gets=st.just(0),
    )
)
def test_whatever_the_machine_it_ends(robot, sink, clock, settings):
    """Guarantee 7: two brakes, and any mixture of what is known of robots."""
    cast.ana()
    Tally.objects.all().delete()
    assert lives_with(robot, sink, clock, settings) <= 10
