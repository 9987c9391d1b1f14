from datetime import timedelta
from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.recovery.link import Link
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def at(**later):
    return (now() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


def test_a_follow_up_is_planned_for_a_day_to_come(ana):
    recovery = cast.heard()
    assert press(ana, "plan_follow_up", recovery, about="news", due=at(days=3)).status_code == 303
    answer = press(ana, "plan_follow_up", recovery, about="news", due=at(days=-3))
    assert answer.status_code == 422
    assert "Plan it for a day to come." in answer.content.decode()


def test_t6_being_in_touch_is_a_letter(ana):
    recovery = cast.put_right()
    planned = recovery.followups.open().get()
    assert press(ana, "follow_up_here", planned, words="").status_code == 422
    assert press(ana, "follow_up_here", planned, words="Is it really right?").status_code == 303
    assert "Is it really right?" in page_of(ana, recovery).content.decode()


def test_s3_20_seen_again_and_asked_whether_they_trust_us(ana):
    recovery = cast.put_right()
    assert press(ana, "seen_back", recovery).status_code == 303
    assert press(ana, "answer_trust", recovery, trust="yes", words="Gladly").status_code == 303
    assert cast.fresh(recovery).back_at
    assert press(ana, "answer_trust", recovery, trust="perhaps").status_code == 422


def test_t14_left_in_peace(ana):
    recovery = cast.heard()
    assert press(ana, "leave_me_be", recovery).status_code == 303
    assert cast.fresh(recovery).outcome == "left_in_peace"


def test_s3_19_letting_go_writes_down_what_was_lost(ana):
    recovery = cast.heard()
    assert press(ana, "let_recovery_go", recovery, why="", value_lost="900").status_code == 422
    told = {"why": "They moved away.", "value_lost": "900", "lost_to": "The Copper Pan"}
    assert press(ana, "let_recovery_go", recovery, **told).status_code == 303
    recovery = cast.fresh(recovery)
    assert (recovery.value_lost, recovery.lost_to) == (Decimal(900), "The Copper Pan")


def test_s0_09_nobody_is_let_go_with_a_bare_no(ana):
    answer = press(ana, "let_recovery_go", cast.wished(), why="Too much to ask.")
    assert answer.status_code == 422
    assert "Put something to them first" in answer.content.decode()


def test_the_link_can_be_copied_and_closed(ana):
    recovery = cast.understood()
    link = Link.objects.get(recovery=recovery)
    assert link.url in page_of(ana, recovery).content.decode()
    assert press(ana, "revoke_link", recovery).status_code == 303
    side = page_of(ana, recovery).content.decode().split('id="side"')[1]
    assert link.token not in side


def test_reading_the_page_makes_no_link(ana):
    page_of(ana, cast.heard())
    assert not Link.objects.exists()


def test_drawn_without_a_new_page_it_is_the_same(ana):
    recovery = cast.put_right()
    answer = press_quietly(ana, "seen_back", recovery)
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_strangers_find_nothing(client):
    recovery = cast.put_right()
    planned = recovery.followups.open().get()
    client.force_login(stranger())
    steps = ("plan_follow_up", "seen_back", "answer_trust", "leave_me_be", "let_recovery_go")
    for step in (*steps, "revoke_link"):
        assert press(client, step, recovery).status_code == 404
    assert press(client, "follow_up_here", planned).status_code == 404
