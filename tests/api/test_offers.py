"""The customer's own answer to an offer, with nothing but their link."""

import pytest

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.link import Link
from amends.recovery.offer import Offer
from tests import cast
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db


def test_an_offer_is_read_with_what_may_be_chosen_instead(as_customer):
    offer = cast.offered()
    told = as_customer(offer.recovery).get(f"/offers/{offer.ref}").json()
    put_back, extra = told["lines"]
    assert told["state"] == "open"
    assert put_back["choices"] == []
    assert cast.remedy("A small gift").ref in [one["remedy"] for one in extra["choices"]]


def test_s4_18_accepting_is_the_customers_own_decision(as_customer):
    offer = cast.offered()
    told = as_customer(offer.recovery).post(f"/offers/{offer.ref}/accept")
    assert told.json()["state"] == "accepted"
    recovery = cast.fresh(offer.recovery)
    assert recovery.customer_decided
    assert recovery.promises.count() == 2
    assert recovery.timeline.get(verb="accepted").actor == "customer"


def test_only_one_answer_counts(as_customer):
    offer = cast.offered()
    customer = as_customer(offer.recovery)
    assert customer.post(f"/offers/{offer.ref}/decline", {"words": "No."}).status_code == 200
    again = customer.post(f"/offers/{offer.ref}/accept")
    assert (again.status_code, again.json()["code"]) == (422, "already-answered")


def test_what_would_be_better_becomes_the_next_wish(as_customer):
    offer = cast.offered()
    told = as_customer(offer.recovery).post(
        f"/offers/{offer.ref}/counter", {"words": "A call would do."}
    )
    assert told.json()["answer"] == "A call would do."
    assert offer.recovery.wishes.last().words == "A call would do."


def test_declining_needs_no_words(as_customer):
    offer = cast.offered()
    told = as_customer(offer.recovery).post(f"/offers/{offer.ref}/decline")
    assert told.json()["state"] == "declined"


def test_s0_16_another_extra_is_chosen_and_the_dislike_remembered(as_customer):
    offer = cast.offered()
    customer = as_customer(offer.recovery)
    line = offer.lines.get(side="extra")
    gift = cast.remedy("A small gift")
    told = {"line": line.ref, "remedy": gift.ref, "dislike": "Paper cards"}
    answer = customer.post(f"/offers/{offer.ref}/swap", told)
    assert answer.json()["lines"][1]["words"] == gift.words
    offer.recovery.customer.refresh_from_db()
    assert offer.recovery.customer.dislikes == "Paper cards"
    for field in ("line", "remedy"):
        answer = customer.post(f"/offers/{offer.ref}/swap", {**told, field: "unknown"})
        assert answer.json()["errors"][0]["field"] == field


def test_a_link_opens_its_own_recovery_and_no_other(as_customer):
    offer = cast.offered()
    other = cast.heard(customer=cast.finch(name="Rita Vale", email="rita@vale.example"))
    for step in ("accept", "decline"):
        assert as_customer(other).post(f"/offers/{offer.ref}/{step}").status_code == 404
    assert Offer.objects.get().state == "open"


def test_an_offer_held_for_a_yes_is_not_shown(as_customer):
    cast.mona()
    recovery = cast.wished()
    lines = [cast.LineGiven(cast.remedy("Refund"), value=cast.Decimal(5000))]
    held = journey.offer(recovery, lines=lines, by=cast.ana(), no_extra_why="A large sum.")
    assert held.state == "held"
    assert as_customer(recovery).get(f"/offers/{held.ref}").status_code == 404
    assert as_customer(recovery).post(f"/offers/{held.ref}/accept").status_code == 404


def test_people_do_not_answer_for_the_customer_nor_customers_for_people(call, as_customer):
    offer = cast.offered()
    assert call(cast.olive()).post(f"/offers/{offer.ref}/accept").status_code == 403
    customer = as_customer(offer.recovery)
    for path in ("/recoveries", f"/recoveries/{offer.recovery.ref}", "/customers", "/people"):
        assert customer.get(path).status_code == 403
    assert customer.post(f"/recoveries/{offer.recovery.ref}/owner").status_code == 403


def test_a_link_that_was_revoked_forged_or_only_shown_opens_nothing(as_customer):
    offer = cast.offered()
    link = Link.to(offer.recovery, at=now())
    path = f"/offers/{offer.ref}"
    assert Caller(link.token).get(path).status_code == 200
    assert Caller(link.shown_token).get(path).status_code == 403
    assert Caller(f"{link.ref}.{'0' * 16}").get(path).status_code == 401
    journey.revoke_link(offer.recovery, by=cast.ana())
    assert Caller(link.token).get(path).status_code == 401
