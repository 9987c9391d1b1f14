"""A complaint from another programme becomes a recovery with an owner and clocks."""

from datetime import timedelta
from decimal import Decimal

import pytest

from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.complaint import Complaint
from amends.recovery.failure import Kind, Severity
from amends.recovery.recovery import Recovery
from tests import cast

pytestmark = pytest.mark.django_db
TOLD = {"words": cast.STORY, "customer": {"name": "Robert Finch", "email": "robert@finch.example"}}


def test_a_complaint_becomes_a_recovery_with_an_owner_and_a_clock(call):
    answer = call(cast.ana()).post("/complaints", TOLD)
    assert answer.status_code == 201
    recovery = Recovery.objects.get(ref=answer.json()["recovery"])
    complaint = Complaint.objects.get(ref=answer.json()["complaint"])
    assert complaint.recovery == recovery
    assert (complaint.words, complaint.channel) == (cast.STORY, "API")
    assert recovery.customer.email == "robert@finch.example"
    assert recovery.owner is not None
    assert recovery.clocks.running().filter(step="apology").exists()


def test_s3_17_several_failures_each_with_what_is_known_of_it(call):
    journey.order(customer=cast.finch(), outside_id="A-1", place=cast.place())
    at = now() - timedelta(hours=3)
    failures = [
        {"kind": "delay", "words": "Late", "severity": "severe", "price": "12.50"},
        {"words": "Cold", "happened_at": (at - timedelta(days=1)).isoformat()},
    ]
    told = {**TOLD, "failures": failures, "order": "A-1", "happened_at": at.isoformat()}
    recovery = call(cast.ana()).post("/complaints", told).json()["recovery"]
    late, cold = Recovery.objects.get(ref=recovery).failures.order_by("pk")
    assert (late.kind, late.severity, late.price) == (Kind.DELAY, Severity.SEVERE, Decimal("12.5"))
    assert late.happened_at == at
    assert cold.happened_at == at - timedelta(days=1)
    assert {late.order.outside_id, cold.order.outside_id} == {"A-1"}


def test_s3_13_the_person_complained_about_does_not_own_it(call):
    ana = cast.ana()
    cast.ben()
    told = {**TOLD, "channel": "telephone", "failures": [{"involved": ana.ref, "words": "Rude"}]}
    recovery = call(ana).post("/complaints", told).json()["recovery"]
    assert Recovery.objects.get(ref=recovery).owner != ana


def test_whoever_heard_it_face_to_face_owns_it_and_has_listened(call):
    ben = cast.ben()
    cast.ana()
    recovery = call(ben).post("/complaints", {**TOLD, "channel": "in person"}).json()["recovery"]
    heard = Recovery.objects.get(ref=recovery)
    assert heard.owner == ben
    assert heard.listened_at


def test_a_guest_without_a_name_is_heard_too(call):
    answer = call(cast.ana()).post("/complaints", {"words": "The tea is cold."})
    recovery = Recovery.objects.get(ref=answer.json()["recovery"])
    assert recovery.customer.called == "A guest"


def test_the_place_is_meant_by_slug_or_ref_and_left_out_by_those_with_one(call):
    bath, wells = cast.place(), cast.place("larder-wells")
    owner = call(cast.olive())
    for name in (wells.slug, wells.ref):
        ref = owner.post("/complaints", {**TOLD, "place": name}).json()["recovery"]
        assert Recovery.objects.get(ref=ref).place == wells
    unclear = owner.post("/complaints", TOLD)
    assert unclear.status_code == 422
    assert unclear.json()["errors"][0]["field"] == "place"
    ref = call(cast.ana()).post("/complaints", TOLD).json()["recovery"]
    assert Recovery.objects.get(ref=ref).place == bath


def test_a_place_somebody_does_not_see_is_no_place(call):
    cast.place("larder-wells")
    answer = call(cast.ana()).post("/complaints", {**TOLD, "place": "larder-wells"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "place", "message": "There is none that you may see."}
    ]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"words": 5}, "words"),
        ({"words": "a\0b"}, "words"),
        ({"customer": {"email": "nobody"}}, "customer.email"),
        ({"customer": {"fax": "1"}}, "customer.fax"),
        ({"happened_at": "2026-05-01T10:00:00"}, "happened_at"),
        ({"happened_at": 5}, "happened_at"),
        ({"happened_at": "2199-01-01T00:00:00Z"}, "happened_at"),
        ({"failures": [{"severity": "dreadful"}]}, "failures.0.severity"),
        ({"failures": [{"price": "-1"}]}, "failures.0.price"),
        ({"order": "unknown"}, "order"),
        ({"failures": [{"visit": "unknown"}]}, "visit"),
        ({"failures": [{"involved": "nobody"}]}, "involved"),
        ({"urgency": "high"}, "urgency"),
    ],
)
def test_a_field_that_is_wrong_is_named_and_nothing_is_kept(call, more, field):
    answer = call(cast.ana()).post("/complaints", TOLD | more)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == field
    assert not Recovery.objects.exists()
    assert not Customer.objects.exists()


def test_no_words_at_all_is_refused_in_the_words_of_the_journey(call):
    answer = call(cast.ana()).post("/complaints", TOLD | {"words": "  "})
    assert (answer.status_code, answer.json()["code"]) == (422, "nothing-said")
    assert not Customer.objects.exists()


def test_an_auditor_passes_on_no_complaint(call):
    assert call(cast.audrey()).post("/complaints", TOLD).status_code == 403
