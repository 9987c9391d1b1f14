from datetime import timedelta

import pytest

from amends.recovery import journey
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_saying_sorry_is_a_letter_and_stops_the_clock(ana):
    recovery = cast.understood()
    answer = press(ana, "apologise", recovery, words=cast.SORRY, channel="e-mail")
    assert answer.status_code == 303
    page = page_of(ana, recovery).content.decode()
    assert cast.SORRY in page
    assert "Next: Ask Robert what would be fair" in page


def test_s2_09_once_is_enough(ana):
    answer = press(ana, "apologise", cast.sorry(), words=cast.SORRY, channel="e-mail")
    assert answer.status_code == 422
    assert "has already had an apology" in answer.content.decode()


def test_too_short_is_no_apology_and_the_words_are_kept(ana):
    answer = press(ana, "apologise", cast.understood(), words="Oh, sorry.", channel="e-mail")
    assert answer.status_code == 422
    assert "Oh, sorry." in answer.content.decode()


def test_a_late_apology_may_say_what_held_us_up(ana, clock):
    recovery = cast.understood()
    assert b"What held us up" not in page_of(ana, recovery).content
    clock.shift(timedelta(minutes=6))
    assert b"What held us up" in page_of(ana, recovery).content
    late = {"words": cast.SORRY, "channel": "e-mail", "reason": "The letter lay unread."}
    press(ana, "apologise", recovery, **late)
    assert "The letter lay unread." in page_of(ana, recovery).content.decode()


def test_drawn_without_a_new_page_it_is_the_same(ana):
    recovery = cast.understood()
    answer = press_quietly(ana, "apologise", recovery, words=cast.SORRY, channel="telephone")
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_a_recovery_let_go_takes_no_apology(ana):
    recovery = cast.understood()
    journey.leave_me_be(recovery)
    answer = press(ana, "apologise", recovery, words=cast.SORRY, channel="e-mail")
    assert answer.status_code == 422
    assert "was closed" in answer.content.decode()


def test_strangers_find_nothing(client):
    recovery = cast.understood()
    client.force_login(stranger())
    assert press(client, "apologise", recovery, words=cast.SORRY).status_code == 404
