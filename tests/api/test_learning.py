"""Causes, improvements and ideas."""

from datetime import date

import pytest

from amends.recovery import journey
from amends.recovery.learning import Cause, Improvement
from tests import cast

pytestmark = pytest.mark.django_db
PLAN = {"words": "Bacon drained on paper", "due": "2026-07-01", "check": "2026-08-01"}


def learned():
    recovery = cast.heard()
    cause = Cause.called("Pans too full")
    journey.link_cause(recovery, cause=cause, by=cast.ana())
    return recovery, cause


def test_causes_are_counted_over_what_one_sees(call):
    learned()
    cleo = cast.person("Cleo Dunn", at=cast.place("larder-wells"))
    assert call(cast.ana()).get("/causes").json()["results"][0]["times"] == 1
    assert call(cleo).get("/causes").json()["results"][0]["times"] == 0


def test_s0_12_an_improvement_has_an_owner_a_date_and_a_day_to_look(call):
    recovery, cause = learned()
    told = call(cast.ana()).post(f"/causes/{cause.ref}/improvements", PLAN)
    assert told.status_code == 201
    assert told.json()["owner"]["name"] == "Ana Reyes"
    assert Improvement.objects.get().check_on == date(2026, 8, 1)
    assert cast.fresh(recovery).learned_at
    (listed,) = call(cast.ana()).get("/improvements").json()["results"]
    assert listed == told.json()


def test_an_improvement_is_looked_at_after_it_is_made(call):
    _, cause = learned()
    told = call(cast.ana()).post(
        f"/causes/{cause.ref}/improvements", {**PLAN, "check": "2026-06-01"}
    )
    assert (told.status_code, told.json()["code"]) == (422, "no-reason")


def test_s2_18_whoever_was_hurt_is_told_once_what_changed(call):
    recovery, cause = learned()
    ref = call(cast.ana()).post(f"/causes/{cause.ref}/improvements", PLAN).json()["ref"]
    told = {"words": "The bacon is drained now."}
    assert call(cast.ana()).post(f"/improvements/{ref}/made", told).status_code == 403
    mona = call(cast.mona())
    assert mona.post(f"/improvements/{ref}/made", told).json() == {"told": 1}
    assert mona.post(f"/improvements/{ref}/made", told).status_code == 422
    assert recovery.timeline.filter(verb="told").count() == 1


def test_s1_13_an_idea_gets_one_answer(call):
    _, cause = learned()
    recovery = cast.heard()
    idea = journey.give_idea(recovery, words="Warm the plates.")
    ana = call(cast.ana())
    ref = ana.post(f"/causes/{cause.ref}/improvements", PLAN).json()["ref"]
    assert len(ana.get("/ideas", unanswered="true").json()["results"]) == 1
    answer = {"words": "We do, since Monday.", "improvement": ref}
    told = ana.post(f"/ideas/{idea.ref}/answer", answer)
    assert told.json()["answer"] == "We do, since Monday."
    assert ana.post(f"/ideas/{idea.ref}/answer", answer).status_code == 422
    assert ana.get("/ideas", unanswered="true").json()["results"] == []
    assert len(ana.get("/ideas").json()["results"]) == 1


def test_an_improvement_that_does_not_exist_is_named(call):
    idea = journey.give_idea(cast.heard(), words="Warm the plates.")
    told = call(cast.ana()).post(f"/ideas/{idea.ref}/answer", {"words": "x", "improvement": "y"})
    assert told.json()["errors"][0]["field"] == "improvement"


def test_strangers_find_nothing_and_auditors_change_nothing(call):
    _, cause = learned()
    idea = journey.give_idea(cast.heard(), words="Warm the plates.")
    cleo = call(cast.person("Cleo Dunn", at=cast.place("larder-wells")))
    assert cleo.get("/ideas").json()["results"] == []
    assert cleo.post(f"/ideas/{idea.ref}/answer", {"words": "x"}).status_code == 404
    audrey = call(cast.audrey())
    assert audrey.post(f"/ideas/{idea.ref}/answer", {"words": "x"}).status_code == 403
    assert audrey.post(f"/causes/{cause.ref}/improvements", PLAN).status_code == 403
