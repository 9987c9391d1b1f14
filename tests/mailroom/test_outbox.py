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
from amends.mailroom.filing import file_in, log
from amends.mailroom.letter import Direction, Letter, State
from amends.mailroom.outbox import (
    Named,
    NoOtherWay,
    NotThere,
    it_arrived,
    keep_sending,
    retry,
    send_due,
    write,
)
from amends.mailroom.parsing import parse
from amends.mailroom.post import store
from amends.mailroom.road import Road
from amends.mailroom.route import Receipt, ServerAway
from amends.mailroom.sending import Sending
from tests.mailroom.mails import mail
from tests.mailroom.servers import server

pytestmark = pytest.mark.django_db
KEEP = SimpleNamespace(scheme="keep", host="", port=0, user="", password="")


@pytest.fixture(autouse=True)
def not_for_ever(monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 10)


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


def died(letter: Letter, **what) -> Letter:
    """Its sender was killed: claimed, and nobody will ever finish it."""
    Letter.objects.filter(pk=letter.pk).update(
        state=State.SENDING, claimed_at=now(), tries=1, **what
    )
    return letter


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


def together(*others: str, **given) -> Letter:
    return written(copies=[Named(other.split("@")[0], other) for other in others], **given)


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


@pytest.mark.parametrize("chars", ["<ö@x.test>", "<\u202e@x.test>"])
def test_an_id_that_cannot_stand_in_a_header_is_left_out(chars):
    raw = mail(message_id=chars)
    file_in(store(raw, way="smtp"), parse(raw), thread="abcde")
    assert written().references == [mark_of("abcde")]


def test_frappe_pr_3215_what_they_referred_to_is_referred_to_by_us_too():
    raw = mail(message_id="<b@x>", more="References: <never-seen@x> <a@x>")
    file_in(store(raw, way="smtp"), parse(raw), thread="abcde")
    assert written().references == [mark_of("abcde"), "<never-seen@x>", "<a@x>", "<b@x>"]


def test_a_letter_that_was_never_sent_is_never_referred_to():
    outbox.cancel(written(), "Ana took it back.")
    assert written().references == [mark_of("abcde")]


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


def test_after_five_days_a_person_decides(settings):
    with server(RCPT="451 later") as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        letter = written()
        Letter.objects.update(made_at=now() - timedelta(days=6))
        send_due()
    assert fresh(letter).state == State.FAILED


def allow_second(**more) -> None:
    Sending.objects.create(second_allowed=True, second_after_minutes=30, **more)


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


def test_freescout_3327_somebody_may_send_one_letter_another_way(settings):
    with server(END="hang up") as first, server() as second:
        settings.AMENDS_MAIL_URL, settings.AMENDS_MAIL_URL_2 = first.url, second.url
        letter = written()
        send_due()
        with pytest.raises(NoOtherWay):
            outbox.retry_another_way(letter, "Mona")
        allow_second()
        outbox.retry_another_way(letter, "Mona")
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
    outbox.take_back(letter, "Ana took it back.", at=now() + timedelta(seconds=23))
    assert send_due(now() + timedelta(minutes=1)) == 0
    assert (fresh(letter).state, fresh(letter).text) == (State.CANCELLED, "We are sorry.\n")


def test_an_undo_that_comes_too_late_says_so(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written(undo_seconds=20)
    assert send_due(now() + timedelta(seconds=26)) == 1
    with pytest.raises(NotThere, match="gone out already"):
        outbox.take_back(letter, "Ana took it back.", at=now())


def test_a_scheduled_letter_stays_where_it_is_until_somebody_lets_it_go(settings):
    settings.AMENDS_MAIL_URL = KEEP
    letter = written(send_at=now() + timedelta(hours=1))
    assert send_due(now() + timedelta(days=2)) == 0
    assert list(Letter.objects.scheduled(now())) == []
    later = now() + timedelta(hours=2)
    assert list(Letter.objects.scheduled(later)) == [letter]
    assert outbox.let_go(letter, at=later)
    assert not outbox.let_go(letter, at=later)
    assert send_due(later) == 1


def test_nobody_cancels_what_is_on_its_way():
    with pytest.raises(NotThere, match="too late"):
        outbox.cancel(died(written()), "Mona cancelled it.")


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
