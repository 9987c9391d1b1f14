from datetime import timedelta

import pytest

from amends.desk.standing import Standing
from amends.kit.clock import now
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def standing(recovery):
    recovery = cast.fresh(recovery)
    return Standing(recovery, list(recovery.timeline.select_related("by")), now())


def part(recovery, name):
    return next(part for part in standing(recovery).parts if part["name"] == name)


def test_done_now_and_to_come():
    states = [part["state"] for part in standing(cast.understood()).parts]
    assert states == ["done", "done", "now", "later", "later", "later", "later"]


def test_a_part_says_who_did_it():
    recovery = cast.sorry()
    assert part(recovery, "Sorry")["by"] == "Ana Reyes"
    assert part(recovery, "Understood")["by"] == "Robert Finch"


def test_a_running_clock_says_by_when_and_that_it_ran_out(clock):
    recovery = cast.understood()
    assert part(recovery, "Sorry")["clock"] == "soon"
    clock.shift(timedelta(hours=1))
    assert part(recovery, "Sorry")["clock"] == "missed"
    assert standing(recovery).is_sorry_late


def test_a_stopped_clock_says_why_it_was_met_or_missed(clock):
    recovery = cast.understood()
    clock.shift(timedelta(hours=1))
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), reason="The till was broken.")
    told = part(recovery, "Sorry")
    assert told["clock"] == "missed"
    assert told["note"].startswith("Missed by 55 minutes")
    assert told["note"].endswith("The till was broken.")


def test_a_waiting_customer_shows_where_we_are(clock):
    recovery = cast.sorry()
    journey.customer_wrote(recovery, words="Are you there?", channel="page")
    assert part(recovery, "Agreed")["due_at"] == now() + timedelta(hours=4)


def test_history_is_newest_first_and_bad_news_stands_out():
    recovery = cast.put_right()
    journey.not_fixed(recovery, words="Again.", by=cast.ana())
    history = standing(recovery).history
    assert history[0]["kind"] == "broken"
    assert {"good", "broken", ""} == {entry["kind"] for entry in history}
