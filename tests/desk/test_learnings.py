from datetime import timedelta

import pytest
from django.utils import timezone

from amends.recovery import journey
from amends.recovery.learning import Cause
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CAUSE = "The grill is cold on Sundays"


def learned():
    recovery = cast.heard()
    journey.name_cause(recovery, called=CAUSE, by=cast.ana())
    return cast.fresh(recovery)


def days(number):
    return (timezone.localdate() + timedelta(days=number)).isoformat()


def test_s0_12_a_cause_is_named_and_found_again_by_its_name(ana):
    for recovery in (cast.heard(), cast.heard()):
        assert press(ana, "link_cause", recovery, cause=CAUSE.upper()).status_code == 303
    assert Cause.objects.count() == 1


def test_the_causes_we_know_are_there_to_choose_from(ana):
    learned()
    assert f'<option value="{CAUSE}">' in page_of(ana, cast.heard()).content.decode()


def test_a_cause_without_a_name_is_refused(ana):
    assert press(ana, "link_cause", cast.heard(), cause="  ").status_code == 422


def test_a_one_off_says_why(ana):
    recovery = cast.heard()
    assert press(ana, "one_off", recovery, why="").status_code == 422
    assert press(ana, "one_off", recovery, why="The grill was being mended.").status_code == 303
    assert cast.fresh(recovery).learned_at


def test_s0_12_an_improvement_has_an_owner_a_day_and_a_day_to_look(ana):
    recovery = learned()
    told = {"words": "A second grill.", "owner": cast.ana().ref, "due": days(7), "check": days(40)}
    assert press(ana, "improve", recovery, **told).status_code == 303
    assert cast.fresh(recovery).learned_at


def test_looking_before_it_is_made_is_refused_and_the_words_are_kept(ana):
    told = {"words": "A second grill.", "owner": cast.ana().ref, "due": days(40), "check": days(7)}
    answer = press(ana, "improve", learned(), **told)
    assert answer.status_code == 422
    assert "A second grill." in answer.content.decode()


def test_s1_11_an_idea_is_kept_and_answered(ana):
    recovery = cast.heard()
    assert press(ana, "give_idea", recovery, words="A warmer plate.").status_code == 303
    idea = recovery.ideas.get()
    assert press(ana, "answer_idea_here", idea, words="").status_code == 422
    assert press(ana, "answer_idea_here", idea, words="We bought some.").status_code == 303
    assert "We bought some." in page_of(ana, recovery).content.decode()


def test_drawn_without_a_new_page_it_is_the_same(ana):
    recovery = cast.heard()
    answer = press_quietly(ana, "link_cause", recovery, cause=CAUSE)
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_strangers_find_nothing(client):
    recovery = learned()
    idea = journey.give_idea(recovery, words="A warmer plate.")
    client.force_login(stranger())
    for step in ("link_cause", "one_off", "improve", "give_idea"):
        assert press(client, step, recovery).status_code == 404
    assert press(client, "answer_idea_here", idea).status_code == 404
