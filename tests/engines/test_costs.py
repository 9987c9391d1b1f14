"""What a mail costs the database: bounded, and no more when there are many letters already."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.kit.trips import Road
from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter
from amends.recovery.recovery import Recovery
from tests import cast
from tests.engines.presses import apart
from tests.engines.test_two_workers import MAIL, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AT_MOST = 34  # PostgreSQL is asked for its turns as well
AN_ANSWER_AT_MOST = 19
FIRST = b"Message-ID: <first@moss.example>\n" + MAIL
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def questions(raw: bytes) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        taken(raw)
    # What PostgreSQL keeps ready is asked by its name, and not written out again.
    told = [one["sql"] or "kept ready" for one in asked]
    return [sql for sql in told if not sql.startswith(SAVEPOINTS)]


def an_answer(number: int) -> bytes:
    ids = b"Message-ID: <answer-%d@moss.example>\nIn-Reply-To: <first@moss.example>\n" % number
    return ids + MAIL.replace(b"burnt", b"burnt, as I said")


def test_a_mail_asks_a_bounded_number_of_questions():
    cast.ana()
    taken()
    first = questions(MAIL.replace(b"lena@moss", b"mira@sol"))
    for number in range(5):
        taken(MAIL.replace(b"lena@moss", b"guest%d@inn" % number))
    assert len(questions(MAIL.replace(b"lena@moss", b"olga@bay"))) == len(first) <= AT_MOST


def test_an_answer_asks_fewer_however_long_the_conversation_is():
    cast.ana()
    taken(FIRST)
    for number in range(5):
        taken(an_answer(number))
    assert Letter.objects.filter(thread=Recovery.objects.get().ref, direction="in").count() == 6
    assert len(questions(an_answer(6))) == len(questions(an_answer(7))) <= AN_ANSWER_AT_MOST


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a way to PostgreSQL")
def test_a_mail_goes_to_the_server_and_back_a_few_times(settings, monkeypatch):
    cast.ana()
    taken(FIRST)
    trips = counting(Road, "trip", monkeypatch)
    settings.BRIEFLY = 60  # places and people are known, as while one mail comes after another
    to_its_address = an_answer(3).replace(
        b"desk@amends.test", address_for(Recovery.objects.get().ref).encode()
    )

    def going(*mails: bytes) -> int:
        for raw in mails:
            trips.clear()
            taken(raw)
        return len(trips)

    def each() -> tuple[int, int, int]:
        others = (MAIL.replace(b"lena@moss", sender) for sender in (b"mira@sol", b"olga@bay"))
        to_the_address = (to_its_address, to_its_address.replace(b"burnt", b"burnt to coal"))
        return going(*others), going(an_answer(1), an_answer(2)), going(*to_the_address)

    assert apart(each) == (4, 5, 4)


def counting(kind: type, name: str, monkeypatch) -> list[object]:
    """Whenever it is called."""
    calls, call = [], getattr(kind, name)

    def counted(*given, **named):
        calls.append(given)
        return call(*given, **named)

    monkeypatch.setattr(kind, name, counted)
    return calls


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's own plan")
def test_no_question_of_a_mail_reads_through_all_letters():
    cast.ana()
    taken()
    reply = MAIL.replace(b"Subject", b"In-Reply-To: <nobody@knows.example>\nSubject")
    with connection.cursor() as cursor:
        for question in questions(reply):
            if question.startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {question}")
                assert "SCAN mailroom_letter" not in [plan for *_, plan in cursor.fetchall()], (
                    question
                )
