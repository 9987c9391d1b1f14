from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom import route as routes
from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter, State
from amends.mailroom.outbox import send_due
from amends.mailroom.settling import (
    NoOtherWay,
    NotThere,
    cancel,
    it_arrived,
    let_go,
    retry,
    retry_another_way,
    take_back,
)
from tests.mailroom.outgoing import KEEP, allow_second, died, fresh, written
from tests.mailroom.servers import server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def not_for_ever(monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 10)


def test_our_own_address_stays_refused_however_often_it_is_asked_for(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written(recipient=address_for("abcde"))
    retry(letter, "Ana")
    assert send_due() == 0
    assert fresh(letter).state == State.FAILED


def test_freescout_3327_somebody_may_send_one_letter_another_way(settings):
    with server(END="hang up") as first, server() as second:
        settings.AMENDS_MAIL_URL, settings.AMENDS_MAIL_URL_2 = first.url, second.url
        letter = written()
        send_due()
        with pytest.raises(NoOtherWay):
            retry_another_way(letter, "Mona")
        allow_second()
        retry_another_way(letter, "Mona")
        written()
        send_due()
        assert len(second.letters) == 1
    assert (fresh(letter).state, fresh(letter).road) == (State.HANDED_OVER, "second")


def test_freescout_3856_an_undo_counts_until_a_little_after_the_last_moment_shown(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written(undo_seconds=20)
    shown = (letter.undo_until - letter.made_at).total_seconds()
    held = (letter.hold_until - letter.made_at).total_seconds()
    assert (shown, held) == (20, 25)
    assert send_due(now() + timedelta(seconds=21)) == 0
    take_back(letter, "Ana took it back.", at=now() + timedelta(seconds=23))
    assert send_due(now() + timedelta(minutes=1)) == 0
    assert (fresh(letter).state, fresh(letter).text) == (State.CANCELLED, "We are sorry.\n")


def test_an_undo_that_comes_too_late_says_so(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written(undo_seconds=20)
    assert send_due(now() + timedelta(seconds=26)) == 1
    with pytest.raises(NotThere, match="gone out already"):
        take_back(letter, "Ana took it back.", at=now())


def test_a_scheduled_letter_stays_where_it_is_until_somebody_lets_it_go(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written(send_at=now() + timedelta(hours=1))
    assert send_due(now() + timedelta(days=2)) == 0
    assert list(Letter.objects.scheduled(now())) == []
    later = now() + timedelta(hours=2)
    assert list(Letter.objects.scheduled(later)) == [letter]
    assert let_go(letter, at=later)
    assert not let_go(letter, at=later)
    assert send_due(later) == 1


def test_nobody_cancels_what_is_on_its_way():
    with pytest.raises(NotThere, match="too late"):
        cancel(died(written()), "Mona cancelled it.")


def test_somebody_may_send_it_again_or_say_that_it_arrived(settings):
    settings.AMENDS_MAIL_URL = KEEP
    one, two = written(recipient=""), written()
    Letter.objects.filter(pk=two.pk).update(state=State.UNCERTAIN, reported_at=now())
    retry(two, "Mona")
    assert fresh(two).state == State.QUEUED
    assert fresh(two).reported_at is None
    assert send_due() == 1
    it_arrived(one, "Mona")
    assert fresh(one).state == State.HANDED_OVER
    assert "Mona" in fresh(one).trouble


@pytest.mark.parametrize("step", [retry, it_arrived])
def test_of_two_who_settle_a_letter_the_second_is_told(step):
    letter = written(recipient="")
    step(letter, "Mona")
    with pytest.raises(NotThere):
        step(letter, "Bo")


def test_nobody_settles_a_letter_that_is_on_its_way():
    with pytest.raises(NotThere):
        retry(written(), "Mona")
