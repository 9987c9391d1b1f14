import email
import email.policy
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from amends.kit.clock import now
from amends.mailroom import outbox
from amends.mailroom import route as routes
from amends.mailroom.letter import Letter, State
from amends.mailroom.outbox import keep_sending, send_due
from amends.mailroom.road import Road
from amends.mailroom.route import Receipt, ServerAway
from amends.mailroom.sending import Sending
from tests.mailroom.outgoing import KEEP, allow_second, died, fresh, together, written
from tests.mailroom.servers import server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def not_for_ever(monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 10)


def test_without_a_mail_server_letters_wait(settings):
    settings.AMENDS_MAIL_URL = None
    letter = written()
    assert send_due() == 0
    assert fresh(letter).state == State.QUEUED


def test_in_the_demo_letters_are_handed_over_here(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written()
    assert send_due() == 1
    assert fresh(letter).state == State.HANDED_OVER
    assert fresh(letter).handed_over_at is not None
    assert send_due() == 0


def test_more_than_a_handful_does_not_wait_for_the_next_second(settings, monkeypatch):
    settings.AMENDS_MAIL_URL = KEEP
    letters = [written() for _ in range(4)]
    with monkeypatch.context() as hurried:
        hurried.setattr(outbox, "A_STRETCH", 0)
        assert keep_sending(limit=1) == 1
    assert keep_sending(limit=1) == 3
    assert {fresh(letter).state for letter in letters} == {State.HANDED_OVER}


def test_letters_leave_over_one_connection_customers_first(settings):
    with server() as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        written(thread="", subject="notice", urgent=False)
        written(subject="to a customer")
        assert send_due() == 2
    assert post_office.connections == 1
    subjects = [email.message_from_bytes(raw)["Subject"] for raw in post_office.letters]
    assert subjects == ["to a customer", "notice"]


def test_what_arrives_is_what_was_written(settings):
    with server() as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = written(subject="Frühstück", text="Schön.\n.\nEnde\n", html="")
        send_due()
    message = email.message_from_bytes(post_office.letters[0], policy=email.policy.default)
    assert message["Subject"] == "Frühstück"
    assert message["Message-ID"] == letter.message_id
    assert message.get_content().replace("\r", "") == "Schön.\n.\nEnde\n"


def test_freescout_3856_a_letter_held_back_goes_later(settings):
    settings.AMENDS_MAIL_URL = KEEP
    written(hold_seconds=30)
    assert send_due() == 0
    assert send_due(now() + timedelta(seconds=31)) == 1


def test_zammad_2133_one_refused_recipient_does_not_stop_the_rest(settings):
    with server(GONE="550 no such person") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        bad, good = written(recipient="gone@customers.test"), written()
        assert send_due() == 1
    assert fresh(bad).state == State.FAILED
    assert fresh(good).state == State.HANDED_OVER


def test_a_server_that_is_away_is_asked_once_a_round(settings):
    with server(GREETING="421 later") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letters = [written() for _ in range(5)]
        assert send_due() == 0
        assert send_due() == 0
    assert post_office.connections == 1
    assert sum(fresh(letter).tries for letter in letters) == 0
    assert all(fresh(letter).state == State.QUEUED for letter in letters)


@pytest.mark.parametrize("how", ["silence", "hang up"])
def test_freescout_5457_silence_after_data_is_uncertain_and_never_sent_again(
    settings, how, monkeypatch
):
    """Guarantee 11: no copy is ever made of what may have arrived."""
    monkeypatch.setattr(routes, "PATIENCE", 0.3)
    with server(END=how) as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = written()
        for hours in range(5):
            assert send_due(now() + timedelta(hours=hours)) == 0
        assert len(post_office.letters) == 1
    assert fresh(letter).state == State.UNCERTAIN
    assert letter in Letter.objects.needing_a_look()


def test_freescout_5457_a_sender_that_died_while_giving_it_away_leaves_it_uncertain(settings):
    """Guarantee 11: and so it stays, until a person says."""
    settings.AMENDS_MAIL_URL = KEEP
    letter = died(written(), began_at=now())
    send_due(now() + timedelta(minutes=9))
    assert fresh(letter).state == State.SENDING
    for hours in range(1, 48, 12):
        send_due(now() + timedelta(hours=hours))
        assert fresh(letter).state == State.UNCERTAIN


def test_a_letter_whose_sender_died_before_giving_it_away_goes_again(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = died(written())
    assert send_due(now() + timedelta(minutes=1)) == 0
    assert send_due(now() + timedelta(minutes=3)) == 1
    assert fresh(letter).state == State.HANDED_OVER


def test_a_sender_taken_for_dead_finds_its_claim_lost_and_sends_nothing(settings):
    with server() as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = written()
        assert outbox._claim(letter)
        outbox.give_up_waiting(now() + timedelta(minutes=3))
        assert outbox._claim(fresh(letter))
        route = routes.route_to(post_office.url)
        assert not outbox._hand_over(route, letter, name="first", host="")
        route.close()
        assert post_office.letters == []


def test_what_is_given_away_is_written_down_before(settings):
    seen = []

    class Watched(routes.Kept):
        def hand_over(self, envelope, begins) -> Receipt:
            begins()
            seen.append(Letter.objects.get().began_at is not None)
            return Receipt()

    letter = written()
    assert outbox._claim(letter)
    assert outbox._hand_over(Watched(), letter, name="first", host="")
    assert seen == [True]


def test_osticket_3967_several_people_get_one_letter_and_see_each_other(settings):
    with server() as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        together(
            "aunt@customers.test", "ANA@customers.test", "desk@amends.test", "aunt@customers.test"
        )
        assert send_due() == 1
    assert len(post_office.letters) == 1
    message = email.message_from_bytes(post_office.letters[0], policy=email.policy.default)
    assert message["To"] == "Ana <ana@customers.test>"
    assert message["Cc"] == "aunt <aunt@customers.test>"
    named = [said for said in post_office.commands if said.lower().startswith("rcpt")]
    assert len(named) == 2


def test_421_in_the_middle_lets_nothing_more_out_for_a_while(settings):
    with server(MAIL=("250 ok", "421 4.7.0 too many messages, slow down", "250 ok")) as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letters = [written() for _ in range(6)]
        assert send_due() == 1
        assert send_due() == 0
        assert post_office.connections == 1
        assert sum(fresh(letter).tries for letter in letters) == 2
        assert send_due(now() + timedelta(minutes=3)) == 5
    assert not Road.objects.exclude(rests=0).exists()


def test_freescout_4806_after_a_pause_customers_go_first(settings):
    with server(MAIL=("450 4.7.0 sending rate exceeded", "250 ok")) as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        for _ in range(3):
            written(thread="", subject="notice", urgent=False)
        assert send_due() == 0
        written(subject="to a customer")
        assert send_due(now() + timedelta(minutes=3)) == 4
    subjects = [email.message_from_bytes(raw)["Subject"] for raw in post_office.letters]
    assert subjects[0] == "to a customer"


def test_greylisting_is_the_recipients_matter_and_the_others_go(settings):
    with server(GONE="450 4.2.0 Greylisted, see http://x/rate") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        waiting = written(recipient="gone@customers.test")
        written()
        assert send_due() == 1
    assert fresh(waiting).state == State.QUEUED
    assert "Greylisted" in fresh(waiting).trouble


def test_a_server_that_drops_us_is_left_alone_and_the_other_letters_are_not_held_up(settings):
    with server(MAIL=("hang up", "250 ok")) as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        one, other = written(), written()
        assert send_due() == 0
        assert (fresh(one).tries, fresh(other).tries) == (1, 0)
        assert send_due(now() + timedelta(seconds=40)) == 1
    assert fresh(other).state == State.HANDED_OVER


@pytest.mark.parametrize(
    "said", ["530 5.7.0 Must issue a STARTTLS command first", "554 5.7.1 Relay access denied"]
)
def test_a_server_that_takes_us_for_a_stranger_fails_no_letter(settings, said):
    with server(MAIL=said) as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letters = [written() for _ in range(3)]
        assert [send_due() for _ in range(5)] == [0] * 5
        assert post_office.connections == 1
    assert {fresh(letter).state for letter in letters} == {State.QUEUED}
    assert Road.called("first").is_locked_out
    assert Road.called("first").trouble == said


def test_a_wrong_login_is_said_at_once_and_is_no_storm(settings):
    with server(EHLO="250-here\r\n250 AUTH PLAIN", AUTH="535 5.7.8 wrong") as post_office:
        settings.AMENDS_MAIL_URL = SimpleNamespace(
            **{**vars(post_office.url), "user": "desk", "password": "x"}
        )
        letter = written()
        for seconds in range(0, 600, 30):
            send_due(now() + timedelta(seconds=seconds))
        assert post_office.connections == 1
        assert Road.called("first").is_worth_saying(now())
        assert "535 5.7.8 wrong" in Road.called("first").trouble
        assert fresh(letter).state == State.QUEUED
        post_office.answers["AUTH"] = "235 welcome"
        Road.try_now()
        assert send_due() == 1
    assert not Road.called("first").is_worth_saying(now())


def test_a_way_out_that_is_back_is_found_without_a_letter_to_send(settings):
    with server() as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        outbox.knock()
        assert post_office.connections == 0
        Road.rest("first", ServerAway("gone"), at=now())
        outbox.knock()
        assert post_office.connections == 0
        Road.objects.update(resting_until=now() - timedelta(seconds=1))
        outbox.knock()
        assert post_office.connections == 1
        assert Road.called("first").trouble == ""
        assert post_office.letters == []


def test_a_way_out_that_is_still_away_goes_on_resting(settings):
    with server(GREETING="421 later") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        Road.rest("first", ServerAway("gone"), at=now() - timedelta(hours=1))
        outbox.knock()
    road = Road.called("first")
    assert (road.rests, road.rests_at(now())) == (2, True)
    assert road.away_since < now() - timedelta(minutes=59)


def test_osticket_6321_a_second_way_is_never_taken_in_silence(settings):
    with server() as second:
        settings.AMENDS_MAIL_URL = SimpleNamespace(**{**vars(second.url), "port": 1})
        settings.AMENDS_MAIL_URL_2 = second.url
        letter = written()
        for minutes in range(0, 120, 10):
            send_due(now() + timedelta(minutes=minutes))
        assert second.letters == []
        allow_second()
        Road.objects.update(away_since=now() - timedelta(minutes=29), resting_until=None)
        assert send_due() == 0
        Road.objects.update(away_since=now() - timedelta(minutes=31))
        assert send_due() == 1
    assert fresh(letter).road == "second"


def test_the_first_way_carries_again_as_soon_as_it_is_back(settings):
    with server() as first, server() as second:
        settings.AMENDS_MAIL_URL, settings.AMENDS_MAIL_URL_2 = first.url, second.url
        allow_second()
        Road.objects.create(
            name="first", away_since=now() - timedelta(hours=2), resting_until=now(), rests=9
        )
        letter = written()
        assert send_due() == 1
        assert (len(first.letters), len(second.letters)) == (1, 0)
    assert fresh(letter).road == "first"
    assert Road.called("first").away_since is None


def test_a_provider_that_asks_us_to_slow_down_is_not_gone_round_by_the_second_way(settings):
    with server(MAIL="450 rate limit") as first, server() as second:
        settings.AMENDS_MAIL_URL, settings.AMENDS_MAIL_URL_2 = first.url, second.url
        allow_second(undo_seconds=0)
        Sending.objects.update(second_after_minutes=0)
        written()
        send_due()
        send_due(now() + timedelta(seconds=20))
        assert second.letters == []


def test_a_letter_that_cannot_be_composed_fails_alone(settings):
    settings.AMENDS_MAIL_URL = KEEP
    bad, good = written(), written()
    Letter.objects.filter(pk=bad.pk).update(message_id="<ö@x>")
    assert send_due() == 1
    assert fresh(bad).state == State.FAILED
    assert fresh(good).state == State.HANDED_OVER


def test_a_round_without_letters_costs_two_questions(settings, django_assert_num_queries):
    settings.AMENDS_MAIL_URL = KEEP
    with django_assert_num_queries(2):
        send_due()


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_letter_once(settings):
    with server() as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letters = [written() for _ in range(30)]

        def work(_: int) -> int:
            try:
                return send_due()
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(work, range(4))) == 30
    ids = [email.message_from_bytes(raw)["Message-ID"] for raw in post_office.letters]
    assert sorted(ids) == sorted(letter.message_id for letter in letters)
