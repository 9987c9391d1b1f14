import email
import email.policy
from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom import outbox
from amends.mailroom import route as routes
from amends.mailroom.addresses import mark_of
from amends.mailroom.letter import Letter, State
from amends.mailroom.outbox import send_due
from amends.mailroom.route import Receipt
from amends.mailroom.settling import (
    retry,
)
from tests.mailroom.outgoing import KEEP, fresh, together, written
from tests.mailroom.servers import server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def not_for_ever(monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 10)


def test_a_no_for_now_is_tried_again_ever_more_slowly_and_at_last_failed(settings):
    with server(RCPT="451 grey") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter, waits = written(), []
        for _ in range(40):
            send_due(fresh(letter).next_try_at)
            if fresh(letter).state == State.FAILED:
                break
            waits.append((fresh(letter).next_try_at - now()).total_seconds() / 60)
    usual = [1, 5, 15, 60, 240, 240]
    assert all(0.85 * due <= wait <= 1.15 * due for wait, due in zip(waits, usual, strict=False))
    assert 3 * 24 * 60 < sum(waits) < 6 * 24 * 60
    assert "451 grey" in fresh(letter).trouble


def test_a_no_for_good_is_failed_and_the_next_letter_goes(settings):
    with server(MAIL="550 no") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = written()
        assert send_due() == 0
        post_office.answers.clear()
        written()
        assert send_due() == 1
    assert fresh(letter).state == State.FAILED
    assert "550 no" in fresh(letter).trouble


def test_zammad_2133_one_of_three_refused_stops_neither_of_the_others(settings):
    with server(GONE="550 5.1.1 no such person") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = together("gone@customers.test", "aunt@customers.test")
        send_due()
        assert len(post_office.letters) == 1
        letter = fresh(letter)
        assert (letter.state, letter.handed_over_at is not None) == (State.FAILED, True)
        assert "gone@customers.test: 550 5.1.1" in letter.trouble
        assert [bool(copy.handed_over_at) for copy in letter.also_to.all()] == [False, True]
        post_office.answers.clear()
        retry(letter, "Mona")
        assert send_due() == 1
    last = [said for said in post_office.commands if said.lower().startswith("rcpt")][-1]
    assert "gone@" in last
    assert fresh(letter).state == State.HANDED_OVER


def test_one_of_three_asked_to_wait_is_tried_again_alone(settings):
    with server(LATER=("451 4.7.1 greylisted", "250 ok")) as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = together("later@customers.test")
        assert send_due() == 0
        assert fresh(letter).state == State.QUEUED
        assert send_due(now() + timedelta(minutes=2)) == 1
        named = [said for said in post_office.commands if said.lower().startswith("rcpt")]
    assert [said.split("<")[1].split("@")[0] for said in named] == ["ana", "later", "later"]
    assert fresh(letter).state == State.HANDED_OVER
    ids = [email.message_from_bytes(raw)["Message-ID"] for raw in post_office.letters]
    assert ids == [letter.message_id] * 2


def test_freescout_123_the_id_a_provider_put_in_place_of_ours_is_known(settings):
    with server(END="250 Ok 010201957f3a-2b4c-4d8e-9a01-000000") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        plain = written()
        send_due()
        assert fresh(plain).provider_id == ""
        assert fresh(plain).taken_as == "250 Ok 010201957f3a-2b4c-4d8e-9a01-000000"
        Letter.objects.filter(pk=plain.pk).update(provider_id="<0102@eu-west-1.amazonses.com>")
    assert written().references == [mark_of("abcde"), "<0102@eu-west-1.amazonses.com>"]


def test_after_five_days_a_person_decides(settings):
    with server(RCPT="451 later") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = written()
        Letter.objects.update(made_at=now() - timedelta(days=6))
        send_due()
    assert fresh(letter).state == State.FAILED


def test_the_outcome_is_written_down_though_the_claim_was_given_up(settings, monkeypatch):
    class Slow:
        def ready(self) -> None:
            pass

        def hand_over(self, envelope, begins) -> Receipt:
            begins()
            outbox.give_up_waiting(now() + timedelta(minutes=11))
            return Receipt()

        def close(self) -> None:
            pass

    monkeypatch.setattr(outbox, "route_to", lambda server: Slow())
    settings.AMENDS_MAIL_URL = KEEP
    letter = written()
    assert send_due() == 1
    assert fresh(letter).state == State.HANDED_OVER
