import pytest

from amends.mailroom.addresses import mark_of
from amends.mailroom.filing import file_in, log
from amends.mailroom.letter import Direction
from amends.mailroom.parsing import parse
from amends.mailroom.post import store
from amends.mailroom.settling import (
    cancel,
)
from tests.mailroom.mails import mail
from tests.mailroom.outgoing import written

pytestmark = pytest.mark.django_db


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
    cancel(written(), "Ana took it back.")
    assert written().references == [mark_of("abcde")]
