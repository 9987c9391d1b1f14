"""Each step of a recovery by another programme, with the rules of the journey."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.learning import Cause, Finding
from amends.recovery.recovery import Outcome, Part
from tests import cast

pytestmark = pytest.mark.django_db

EVERY_STEP = {
    "owner": {},
    "listened": {},
    "letters": {"words": "We are on it."},
    "restatement": {"words": cast.RESTATED},
    "apology": {"words": cast.SORRY},
    "wish": {"words": cast.WISH},
    "offers": {"lines": []},
    "promises": {"words": "We ring you.", "trigger": "next_visit"},
    "followups": {"about": "fixed", "due": "2199-01-01T10:00:00Z"},
    "not-fixed": {"words": "It is not fixed."},
    "cause": {"one_off": "The cook was new."},
    "ideas": {"words": "Warm the plates."},
    "let-go": {"why": "Moved abroad."},
}


@pytest.mark.parametrize("step", EVERY_STEP)
def test_a_stranger_finds_nothing_and_an_auditor_changes_nothing(call, step):
    recovery = cast.heard()
    cleo = cast.person("Cleo Dunn", at=cast.place("larder-wells"))
    path = f"/recoveries/{recovery.ref}/{step}"
    before = recovery.timeline.count()
    assert call(cleo).post(path, EVERY_STEP[step]).status_code == 404
    assert call(cast.audrey()).post(path, EVERY_STEP[step]).status_code == 403
    assert call().post(path, EVERY_STEP[step]).status_code == 401
    assert recovery.timeline.count() == before


def test_owner_takes_it_or_hands_it_over(call):
    recovery, ben = cast.heard(), cast.ben()
    told = call(cast.ana()).post(f"/recoveries/{recovery.ref}/owner", {"to": ben.ref})
    assert told.json()["owner"]["name"] == "Ben Okafor"
    call(cast.mona()).post(f"/recoveries/{recovery.ref}/owner")
    assert cast.fresh(recovery).owner == cast.mona()


def test_an_auditor_is_given_nothing(call):
    recovery = cast.heard()
    told = call(cast.olive()).post(f"/recoveries/{recovery.ref}/owner", {"to": cast.audrey().email})
    assert (told.status_code, told.json()["code"]) == (422, "not-allowed")


def test_somebody_let_go_cannot_be_named(call):
    recovery, ben = cast.heard(), cast.ben()
    ben.is_active = False
    ben.save()
    told = call(cast.ana()).post(f"/recoveries/{recovery.ref}/owner", {"to": ben.ref})
    assert told.json()["errors"][0]["field"] == "to"


@pytest.mark.parametrize("step", ["restatement", "apology", "offers"])
def test_s4_22_nothing_is_answered_before_the_story_was_read(call, step):
    recovery = cast.heard(channel="web form")
    remedy = cast.remedy("Refund")
    told = EVERY_STEP[step] | ({"lines": [{"remedy": remedy.ref}]} if step == "offers" else {})
    ana = call(cast.ana())
    answer = ana.post(f"/recoveries/{recovery.ref}/{step}", told)
    assert (answer.status_code, answer.json()["code"]) == (422, "story-not-read")
    assert ana.post(f"/recoveries/{recovery.ref}/listened").status_code == 200
    answer = ana.post(f"/recoveries/{recovery.ref}/{step}", told)
    assert answer.json().get("code") != "story-not-read"


def test_a_whole_journey(call, as_customer):
    recovery = cast.heard()
    ana = call(cast.ana())
    path = f"/recoveries/{recovery.ref}"
    said = ana.post(f"{path}/restatement", {"words": cast.RESTATED, "hurt_most": "The treat"})
    assert said.status_code == 201
    journey.confirm(recovery.restatements.get(ref=said.json()["ref"]))
    assert ana.post(f"{path}/apology", {"words": cast.SORRY}).status_code == 201
    assert ana.post(f"{path}/wish", {"words": cast.WISH, "amount": "20.00"}).status_code == 201
    lines = [
        {"remedy": cast.remedy("Refund").ref, "value": "20.00"},
        {"remedy": cast.remedy("A handwritten note").ref, "words": "From Ana"},
    ]
    offer = ana.post(f"{path}/offers", {"lines": lines, "words": "This is what we thought of."})
    assert (offer.status_code, offer.json()["state"]) == (201, "open")
    assert [one["value"] for one in offer.json()["lines"]] == ["20.00", None]
    assert as_customer(recovery).post(f"/offers/{offer.json()['ref']}/accept").status_code == 200
    promises = ana.get(path).json()["promises"]
    for promise in promises:
        kept = ana.post(f"/promises/{promise['ref']}/keep")
        assert kept.json()["state"] == "kept"
    assert ana.post(f"{path}/cause", {"one_off": "A new cook."}).status_code == 201
    done = cast.fresh(recovery)
    assert done.done(Part.PUT_RIGHT)
    assert done.done(Part.LEARNED)


def test_s0_08_an_offer_before_the_wish_is_refused_unless_it_is_a_first_move(call):
    recovery = cast.heard()
    lines = [{"remedy": cast.remedy("Refund").ref, "value": "5"}]
    ana = call(cast.ana())
    answer = ana.post(f"/recoveries/{recovery.ref}/offers", {"lines": lines})
    assert (answer.status_code, answer.json()["code"]) == (422, "ask-first")
    first = {"lines": lines, "is_first_move": True}
    assert ana.post(f"/recoveries/{recovery.ref}/offers", first).json()["is_first_move"]


def test_s2_16_above_the_authority_the_offer_is_held_until_somebody_says_yes(call):
    recovery = cast.wished()
    cast.mona()
    lines = [{"remedy": cast.remedy("Refund").ref, "value": "5000"}]
    told = {"lines": lines, "no_extra_why": "The sum is large."}
    offer = call(cast.ana()).post(f"/recoveries/{recovery.ref}/offers", told)
    assert offer.json()["state"] == "held"


def test_a_remedy_that_is_not_in_the_catalogue_is_named(call):
    recovery = cast.wished()
    lines = [{"remedy": cast.remedy("Refund").ref}, {"remedy": "unknown"}]
    answer = call(cast.ana()).post(f"/recoveries/{recovery.ref}/offers", {"lines": lines})
    assert answer.json()["errors"][0]["field"] == "lines.1.remedy"


def test_s2_09_a_second_apology_is_refused(call):
    recovery = cast.sorry()
    answer = call(cast.ana()).post(f"/recoveries/{recovery.ref}/apology", {"words": cast.SORRY})
    assert (answer.status_code, answer.json()["code"]) == (422, "already-sorry")


def test_a_promise_has_an_owner_a_cover_and_a_moment(call):
    recovery, ben = cast.heard(), cast.ben()
    due = (now() + timedelta(days=2)).replace(microsecond=0)
    told = {"words": "Ring with the date.", "due": due.isoformat(), "cover": ben.email}
    made = call(cast.ana()).post(f"/recoveries/{recovery.ref}/promises", told)
    assert made.status_code == 201
    assert made.json()["owner"]["name"] == "Ana Reyes"
    assert made.json()["cover"]["name"] == "Ben Okafor"
    promise = recovery.promises.get()
    assert promise.due_at == due


def test_a_promise_without_a_time_or_an_event_is_not_made(call):
    recovery = cast.heard()
    answer = call(cast.ana()).post(f"/recoveries/{recovery.ref}/promises", {"words": "Soon."})
    assert (answer.status_code, answer.json()["code"]) == (422, "no-time")


def test_a_follow_up_is_planned_for_a_day_to_come(call):
    recovery = cast.put_right()
    ana = call(cast.ana())
    due = (now() + timedelta(days=9)).isoformat()
    path = f"/recoveries/{recovery.ref}/followups"
    assert ana.post(path, {"about": "news", "due": due}).status_code == 201
    past = (now() - timedelta(days=9)).isoformat()
    assert ana.post(path, {"about": "news", "due": past}).status_code == 422
    assert recovery.followups.filter(about="news").count() == 1


def test_s0_12_the_cause_is_named_or_the_one_off_explained_never_both(call):
    recovery = cast.heard()
    path = f"/recoveries/{recovery.ref}/cause"
    ana = call(cast.ana())
    for neither_or_both in ({}, {"cause": "Old pans", "one_off": "New cook"}):
        assert ana.post(path, neither_or_both).status_code == 422
    assert not Finding.objects.exists()
    told = ana.post(path, {"cause": "Old pans"}).json()
    assert told == {"cause": "Old pans", "one_off_why": ""}
    assert Cause.objects.get().name == "Old pans"


def test_what_was_closed_is_open_again_when_it_is_not_fixed(call):
    recovery = cast.heard()
    ana = call(cast.ana())
    lost = {"why": "Moved abroad.", "value_lost": "120.00", "lost_to": "The Copper Pot"}
    told = ana.post(f"/recoveries/{recovery.ref}/let-go", lost).json()
    assert told["outcome"] == Outcome.LET_GO
    again = ana.post(f"/recoveries/{recovery.ref}/let-go", lost)
    assert (again.status_code, again.json()["code"]) == (422, "closed")
    told = ana.post(f"/recoveries/{recovery.ref}/not-fixed", {"words": "Still cold."}).json()
    assert told["closed_at"] is None
    assert told["waiting_since"]


def test_a_letter_goes_to_the_customer(call):
    recovery = cast.heard()
    told = call(cast.ana()).post(f"/recoveries/{recovery.ref}/letters", {"words": "We are on it."})
    assert told.status_code == 201
    letters = call(cast.ana()).get(f"/recoveries/{recovery.ref}").json()["letters"]
    assert letters[-1]["ref"] == told.json()["letter"]
    assert "We are on it." in letters[-1]["words"]


def test_s1_11_an_idea_is_kept(call):
    recovery = cast.heard()
    path = f"/recoveries/{recovery.ref}/ideas"
    told = call(cast.ana()).post(path, {"words": "Warm the plates.", "may_be_named": True})
    assert told.status_code == 201
    assert recovery.ideas.get().may_be_named
