from decimal import Decimal

import pytest

from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s4_15_the_question_stands_ready(ana):
    assert "What would you think would be fair?" in page_of(ana, cast.sorry()).content.decode()


def test_asking_goes_to_the_customer(ana):
    recovery = cast.sorry()
    assert press(ana, "ask", recovery, words="What would be fair?").status_code == 303
    assert "Waiting to hear what would be fair" in page_of(ana, recovery).content.decode()


def test_a_question_without_words_is_refused(ana):
    assert press(ana, "ask", cast.sorry(), words="").status_code == 422


def test_what_they_tell_us_is_written_down_in_their_words(ana):
    recovery = cast.sorry()
    told = {"words": cast.WISH, "wants": "put_right", "amount": "12", "behind_it": "Sundays"}
    assert press(ana, "wish", recovery, **told).status_code == 303
    wish = recovery.wishes.get()
    assert (wish.words, wish.amount, wish.taken_by) == (cast.WISH, Decimal(12), cast.ana())


def test_a_wish_without_words_is_refused_and_what_is_behind_it_kept(ana):
    answer = press(ana, "wish", cast.sorry(), words="", behind_it="Sundays are all he has")
    assert answer.status_code == 422
    assert "Sundays are all he has" in answer.content.decode()


def test_s4_21_being_heard_may_be_enough(ana):
    recovery = cast.sorry()
    assert press(ana, "heard_was_enough", recovery).status_code == 303
    assert cast.fresh(recovery).agreed_at


def test_s3_10_help_elsewhere_counts_as_success(ana):
    recovery = cast.sorry()
    assert press(ana, "help_elsewhere", recovery, who="The watchmaker").status_code == 303
    assert cast.fresh(recovery).outcome == "helped_elsewhere"


def test_help_from_nobody_is_refused(ana):
    assert press(ana, "help_elsewhere", cast.sorry(), who="").status_code == 422


def test_drawn_without_a_new_page_it_is_the_same(ana):
    recovery = cast.sorry()
    answer = press_quietly(ana, "wish", recovery, words=cast.WISH)
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_strangers_find_nothing(client):
    recovery = cast.sorry()
    client.force_login(stranger())
    for step in ("ask", "wish", "heard_was_enough", "help_elsewhere"):
        assert press(client, step, recovery, words="x", who="x").status_code == 404
