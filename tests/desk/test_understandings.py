import pytest

from amends.recovery import journey
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def told():
    recovery = cast.heard()
    return journey.restate(recovery, words=cast.RESTATED, by=cast.ana())


def test_s4_08_saying_it_back_goes_to_the_customer(ana):
    recovery = cast.heard()
    answer = press(ana, "restate", recovery, words=cast.RESTATED, hurt_most="My one treat")
    assert answer.status_code == 303
    assert cast.RESTATED in page_of(ana, recovery).content.decode()
    assert recovery.restatements.get().hurt_most == "My one treat"


def test_face_to_face_it_needs_no_letter(ana):
    recovery = cast.heard()
    press(ana, "restate", recovery, words=cast.RESTATED, face_to_face="on")
    assert page_of(ana, recovery).context["page"].talk.since == []


def test_before_the_story_is_read_nothing_is_said_back(ana):
    cast.ana()
    recovery = journey.hear(
        customer=cast.finch(), place=cast.place(), words=cast.STORY, channel="e-mail"
    )
    answer = press(ana, "restate", recovery, words=cast.RESTATED)
    assert answer.status_code == 422
    assert not recovery.restatements.exists()


def test_nothing_said_back_is_refused(ana):
    answer = press(ana, "restate", cast.heard(), words=" ", hurt_most="My one treat")
    assert answer.status_code == 422
    assert 'value="My one treat"' in answer.content.decode()


def test_they_may_say_yes_to_our_face(ana):
    restatement = told()
    assert press(ana, "confirm", restatement).status_code == 303
    assert cast.fresh(restatement.recovery).understood_at


def test_or_put_us_right(ana):
    restatement = told()
    assert press(ana, "correct", restatement, words="It was the toast.").status_code == 303
    assert "It was the toast." in page_of(ana, restatement.recovery).content.decode()


def test_an_answer_given_twice_is_told_kindly(ana):
    restatement = told()
    journey.confirm(restatement)
    answer = press(ana, "correct", restatement, words="It was the toast.")
    assert answer.status_code == 422
    assert "already been answered" in answer.content.decode()


def test_drawn_without_a_new_page_it_is_the_same(ana):
    recovery = cast.heard()
    answer = press_quietly(ana, "restate", recovery, words=cast.RESTATED)
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_strangers_find_nothing(client):
    restatement = told()
    client.force_login(stranger())
    for step, on in [
        ("restate", restatement.recovery),
        ("confirm", restatement),
        ("correct", restatement),
    ]:
        assert press(client, step, on, words="x").status_code == 404
