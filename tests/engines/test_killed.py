"""A process is killed between two steps: nothing is half done, nothing lost, nothing done twice."""

from datetime import timedelta
from time import monotonic

import pytest

from amends.config.environment import a_mail_server
from amends.customers.customer import Customer
from amends.kit.clock import lived_at, now
from amends.mailroom import outbox, post, settling
from amends.mailroom.letter import Letter, State
from amends.mailroom.post import Post
from amends.mailroom.route import SmtpRoute
from amends.recovery import clockwork, intake, journey, letters
from amends.recovery.failure import Kind
from amends.recovery.offer import State as OfferState
from amends.recovery.opened import UNREADABLE
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import Entry, first_broken
from tests import cast
from tests.engines.presses import die, die_after, killed
from tests.engines.test_two_workers import LONG_AGO, taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


@pytest.fixture
def letter(sink, settings):
    settings.AMENDS_MAIL_URL = a_mail_server(sink.url)
    cast.heard(channel="e-mail")
    return Letter.objects.get(direction="out")


def wait_for_ever_after(letter):
    """Ten minutes is how long a claim is believed; a day later nothing has changed."""
    for minutes, state in [(9, State.SENDING), (11, State.UNCERTAIN), (1440, State.UNCERTAIN)]:
        outbox.send_due(now() + timedelta(minutes=minutes))
        letter.refresh_from_db()
        assert letter.state == state


def test_killed_before_a_letter_was_given_away(letter, sink, monkeypatch):
    """Nobody can have it, so it goes again by itself."""
    with monkeypatch.context() as life:
        life.setattr(outbox, "compose", die)
        killed(outbox.send_due)
    assert outbox.send_due(now() + timedelta(minutes=1)) == 0
    assert outbox.send_due(now() + timedelta(minutes=3)) == 1
    assert len(sink.box.letters) == 1


def test_killed_in_the_very_moment_of_giving_it_away(letter, sink, monkeypatch):
    """Nobody can know: a person must say."""
    with monkeypatch.context() as life:
        life.setattr(SmtpRoute, "_give", die)
        killed(outbox.send_due)
    wait_for_ever_after(letter)
    assert sink.box.letters == []
    settling.retry(letter, "Ana")
    outbox.send_due()
    assert len(sink.box.letters) == 1


def test_killed_after_a_letter_was_handed_over(letter, sink, monkeypatch):
    with monkeypatch.context() as life:
        die_after(life, SmtpRoute, "hand_over")
        killed(outbox.send_due)
    wait_for_ever_after(letter)
    assert len(sink.box.letters) == 1


def a_minute_ago():
    with lived_at(now() - timedelta(minutes=1)):
        taken()


def test_killed_when_post_was_stored_and_not_opened(monkeypatch):
    cast.ana()
    with monkeypatch.context() as life:
        life.setattr(intake, "try_to_open", die)
        killed(a_minute_ago)
    assert (Post.objects.count(), Recovery.objects.count()) == (1, 0)
    assert [intake.open_waiting_post() for _ in range(2)] == [1, 0]
    taken()
    assert (Post.objects.count(), Recovery.objects.count()) == (1, 1)


def test_killed_while_post_is_read_for_the_first_time(monkeypatch):
    """Then its bytes are out of our hands: on PostgreSQL the server writes them in that moment."""
    cast.ana()
    with monkeypatch.context() as life:
        life.setattr(post, "parse", die)
        killed(a_minute_ago)
    end = monotonic() + 15
    while not Post.objects.exists():
        assert monotonic() < end
    assert intake.open_waiting_post() == 1


def test_killed_while_opening_leaves_nothing_half_opened(monkeypatch):
    cast.ana()
    with monkeypatch.context() as life:
        die_after(life, journey, "hear")
        killed(a_minute_ago)
    assert Post.objects.get().read_at is None
    assert not any(model.objects.exists() for model in (Customer, Recovery, Letter, Entry))
    intake.open_waiting_post()
    assert first_broken(Recovery.objects.get()) is None


def test_post_that_kills_us_every_time_is_heard_all_the_same(monkeypatch):
    """The last time nobody tries to understand it."""
    cast.ana()
    monkeypatch.setattr(post, "parse", die)
    for tries, life in enumerate([taken, *[intake.open_waiting_post] * (intake.LAST_DEATH - 2)]):
        with lived_at(now() - timedelta(hours=intake.LAST_DEATH - tries)):
            killed(life)
    later = now() + timedelta(minutes=30)
    assert [each.take_up(later) for each in Post.objects.waiting(later)] == [True]
    assert intake.try_to_open(Post.objects.get())
    assert Recovery.objects.get().complaints.get().words == UNREADABLE


def test_killed_while_a_promise_is_broken(monkeypatch):
    cast.mona()
    with lived_at(now() - LONG_AGO):
        recovery = cast.agreed("A handwritten note")
    with monkeypatch.context() as life:
        die_after(life, letters, "promise_broken")
        killed(clockwork.what_is_due)
    promise = recovery.promises.get()
    assert promise.is_open
    assert not recovery.failures.filter(kind=Kind.BROKEN_PROMISE).exists()
    clockwork.what_is_due()
    assert recovery.failures.filter(kind=Kind.BROKEN_PROMISE).count() == 1
    assert first_broken(recovery) is None


def test_killed_while_an_offer_is_accepted(monkeypatch):
    offer = cast.offered()
    with monkeypatch.context() as life:
        die_after(life, letters, "agreed")
        killed(lambda: journey.accept(offer))
    offer.refresh_from_db()
    assert (offer.state, offer.recovery.promises.count()) == (OfferState.OPEN, 0)
    journey.accept(offer)
    assert offer.recovery.promises.count() == 2
    assert first_broken(offer.recovery) is None
