import email
import email.policy
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from amends.kit.clock import now
from amends.mailroom import outbox
from amends.mailroom import route as routes
from amends.mailroom.addresses import address_for, letter_in, mark_of
from amends.mailroom.letter import Direction, Letter, State, file_in, log
from amends.mailroom.outbox import NotThere, it_arrived, retry, send_due, write
from amends.mailroom.parsing import parse
from amends.mailroom.post import store
from tests.mailroom.mails import mail
from tests.mailroom.servers import server

pytestmark = pytest.mark.django_db
KEEP = SimpleNamespace(scheme="keep", host="", port=0, user="", password="")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 0.3)


def written(**given) -> Letter:
    usual = {
        "thread": "abcde",
        "kind": "apology",
        "recipient": "ana@customers.test",
        "recipient_name": "Ana",
        "subject": "Your breakfast",
        "text": "We are sorry.\n",
        "html": "<p>We are sorry.</p>",
        "sender_name": "The Larder",
    }
    return write(**{**usual, **given})


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def test_a_letter_is_a_row_before_it_is_sent():
    letter = fresh(written())
    assert letter.state == State.QUEUED
    assert letter.direction == Direction.OUT
    assert letter.sender == "desk@amends.test"
    assert letter.reply_to == address_for("abcde")
    assert letter_in(letter.message_id) == letter.ref
    assert letter.references == [mark_of("abcde")]


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_a_letter_of_a_step_that_failed_was_never_written():
    @transaction.atomic
    def step() -> None:
        written()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        step()
    assert not Letter.objects.exists()


def test_frappe_2626_a_letter_refers_to_what_it_answers_and_what_came_before():
    raw = mail(message_id="<first@customers.test>")
    file_in(store(raw, way="smtp"), parse(raw), thread="abcde")
    one = written()
    log("abcde", channel="telephone", direction=Direction.IN, text="called")
    two = written()
    assert two.in_reply_to == "<first@customers.test>"
    assert two.references == [mark_of("abcde"), "<first@customers.test>", one.message_id]


def test_staff_notices_have_no_thread_to_answer_into():
    letter = written(thread="", urgent=False)
    assert letter.reply_to == ""
    assert letter.references == []
    assert letter.priority == 1


@pytest.mark.parametrize(
    ("recipient", "says"),
    [
        ("", "no address"),
        ("not an address", "not an address"),
        ("a@x.test, b@x.test", "not an address"),
        ("a@x.test\r\nBcc: b@x.test", "not an address"),
        ("<a@x.test>", "not an address"),
        ("desk@amends.test", "our own address"),
    ],
)
def test_libredesk_b5000c7b_a_letter_that_can_go_nowhere_is_seen(recipient, says):
    letter = written(recipient=recipient)
    assert letter.state == State.FAILED
    assert says in letter.trouble
    assert letter in Letter.objects.unreported()


def test_our_own_address_stays_refused_however_often_it_is_asked_for(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written(recipient=address_for("abcde"))
    retry(letter, "Ana")
    assert send_due() == 0
    assert fresh(letter).state == State.FAILED


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


def test_frappe_501_a_letter_held_back_goes_later(settings):
    settings.AMENDS_MAIL_URL = KEEP
    written(hold_seconds=30)
    assert send_due() == 0
    assert send_due(now() + timedelta(seconds=31)) == 1


def test_a_no_for_now_is_tried_again_ever_more_slowly_and_at_last_failed(settings):
    with server(RCPT="451 grey") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter, waits = written(), []
        for _ in range(40):
            send_due(fresh(letter).next_try_at)
            if fresh(letter).state == State.FAILED:
                break
            waits.append(round((fresh(letter).next_try_at - now()).total_seconds() / 60))
    assert waits[:6] == [1, 5, 15, 60, 240, 240]
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
    assert post_office.connections == 1
    assert sum(fresh(letter).tries for letter in letters) == 1
    assert all(fresh(letter).state == State.QUEUED for letter in letters)


@pytest.mark.parametrize("how", ["silence", "hang up"])
def test_freescout_1041_silence_after_data_is_uncertain_and_never_sent_again(settings, how):
    with server(END=how) as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = written()
        for hours in range(5):
            assert send_due(now() + timedelta(hours=hours)) == 0
        assert len(post_office.letters) == 1
    assert fresh(letter).state == State.UNCERTAIN
    assert letter in Letter.objects.needing_a_look()


def test_a_letter_whose_sender_died_is_uncertain_after_a_while(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written()
    Letter.objects.update(state=State.SENDING, claimed_at=now())
    send_due(now() + timedelta(minutes=9))
    assert fresh(letter).state == State.SENDING
    send_due(now() + timedelta(minutes=11))
    assert fresh(letter).state == State.UNCERTAIN


def test_a_letter_that_cannot_be_composed_fails_alone(settings):
    settings.AMENDS_MAIL_URL = KEEP
    bad, good = written(), written()
    Letter.objects.filter(pk=bad.pk).update(message_id="<ö@x>")
    assert send_due() == 1
    assert fresh(bad).state == State.FAILED
    assert fresh(good).state == State.HANDED_OVER


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


def test_the_outcome_is_written_down_though_the_claim_was_given_up(settings, monkeypatch):
    class Slow:
        def hand_over(self, envelope) -> None:
            outbox.give_up_waiting(now() + timedelta(minutes=11))

        def close(self) -> None:
            pass

    monkeypatch.setattr(outbox, "route_to", lambda server: Slow())
    settings.AMENDS_MAIL_URL = KEEP
    letter = written()
    assert send_due() == 1
    assert fresh(letter).state == State.HANDED_OVER
