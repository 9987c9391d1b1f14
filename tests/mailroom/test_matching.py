import pytest

from amends.kit.clock import now
from amends.mailroom.addresses import address_for, mark_of
from amends.mailroom.filing import file_in
from amends.mailroom.letter import Letter
from amends.mailroom.matching import Match
from amends.mailroom.parsing import Parsed, parse
from amends.mailroom.post import store
from amends.mailroom.writing import write
from tests.mailroom.mails import mail
from tests.mailroom.matches import find_thread

pytestmark = pytest.mark.django_db


def ours(thread: str = "abcde") -> Letter:
    return write(
        thread=thread, kind="answer", recipient="ana@x.test", subject="s", text="t", sender_name="n"
    )


def theirs(raw: bytes, thread: str = "abcde") -> Letter:
    return file_in(store(raw, way="pipe"), parse(raw), thread=thread)


def answer(*, to: str = "desk@amends.test", **headers: str) -> Parsed:
    more = "\n".join(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())
    return parse(mail(to=to, message_id="<answer@x.test>", more=more))


def test_odoo_280971_the_address_token_alone_is_enough():
    parsed = answer(References="<changed@amazonses.test>")
    assert find_thread(parsed, [address_for("abcde")]) == Match("abcde", "address")


def test_the_token_is_found_in_any_header_that_names_recipients():
    token = address_for("abcde").upper()
    for parsed in (
        answer(to=f"Desk <{token}>"),
        answer(Cc=f"x@y.test, {token}"),
        answer(Delivered_To=token),
        answer(X_Original_To=token),
    ):
        assert find_thread(parsed, []) == Match("abcde", "address")


def test_our_own_message_id_is_second():
    letter = ours()
    assert find_thread(answer(In_Reply_To=letter.message_id), []) == Match("abcde", "our id")
    assert find_thread(answer(References=f"<x@y> {letter.message_id}"), []) == Match(
        "abcde", "our id"
    )


def test_freescout_123_ses_replaces_our_id_and_the_mark_in_references_holds():
    parsed = answer(In_Reply_To="<010f@eu-west-1.amazonses.test>", References=mark_of("abcde"))
    assert find_thread(parsed, []) == Match("abcde", "our id")


def test_brimir_397_an_answer_to_the_customers_own_first_mail():
    theirs(mail(message_id="<first@x.test>"))
    assert find_thread(answer(In_Reply_To="<first@x.test>"), []) == Match("abcde", "known id")


def test_frappe_3215_any_reference_will_do_and_the_nearest_wins():
    theirs(mail("1", message_id="<one@x.test>"), "aaaaa")
    theirs(mail("2", message_id="<two@x.test>"), "bbbbb")
    assert find_thread(answer(References="<one@x.test> <two@x.test> <x@y>"), []) == Match(
        "bbbbb", "known id"
    )


def test_the_address_goes_before_the_ids():
    letter = ours("bbbbb")
    parsed = answer(In_Reply_To=letter.message_id)
    assert find_thread(parsed, [address_for("aaaaa")]) == Match("aaaaa", "address")


def test_zammad_5064_dj_docs_the_subject_says_nothing():
    letter = ours()
    parsed = parse(mail(subject=f"Re: [{letter.ref}] abcde {letter.message_id}"))
    assert find_thread(parsed, ["desk@amends.test"]) is None


def test_tomolimo_20_thread_index_and_topic_say_nothing():
    first = theirs(mail("1", more="Thread-Index: AdA=\nThread-Topic: Plate"))
    assert first.thread == "abcde"
    assert find_thread(answer(Thread_Index="AdA=", Thread_Topic="Plate"), []) is None


def test_cve_2026_47123_forged_ids_lead_nowhere():
    letter = ours()
    forged = letter.message_id.replace(
        letter.message_id[12], "0" if letter.message_id[12] != "0" else "1"
    )
    assert find_thread(answer(In_Reply_To=forged), []) is None


def test_libredesk_096bc870_a_token_of_something_gone_is_still_only_a_name():
    assert find_thread(answer(), [address_for("gone")]) == Match("gone", "address")


def test_a_first_letter_asks_one_question_and_an_answer_no_more(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert find_thread(parse(mail()), ["desk@amends.test"]) is None


def test_an_id_of_ours_names_its_thread():
    letter = ours()
    for message_id in (letter.message_id, mark_of("abcde")):
        assert find_thread(answer(References=message_id), []) == Match("abcde", "our id")
    assert find_thread(answer(References="<x@y>"), []) is None


def test_a_letter_without_thread_attracts_no_answers():
    letter = write(
        thread="", kind="notice", recipient="bo@x.test", subject="s", text="t", sender_name="n"
    )
    assert find_thread(answer(In_Reply_To=letter.message_id), []) is None
    assert letter.made_at <= now()
