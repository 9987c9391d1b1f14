"""Signals and incidents for other programmes."""

import pytest

from amends.mailroom.letter import Letter
from amends.recovery.recovery import Recovery
from amends.signals import reaching
from amends.signals.models import Incident
from tests import cast
from tests.desk.pressing import stranger
from tests.signals import shop
from tests.signals.test_reaching import SAW, SORRY, guests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def noted(**more):
    told = {"name": "The oven failed", "we_saw": SAW, "sorry": SORRY, "signs": cast.ana().ref}
    return {**told, **more}


def test_who_said_nothing_is_listed_taken_and_left(call):
    signal, ana = shop.signal(), call(cast.ana())
    [told] = ana.get("/signals").json()["results"]
    assert (told["ref"], told["order"], told["sees"]) == (
        signal.ref,
        signal.order.outside_id,
        "late",
    )
    assert "has not said a word" in told["why"]
    taken = ana.post(f"/signals/{signal.ref}/take").json()
    assert taken["state"] == "opened"
    assert taken["recovery"] == Recovery.objects.get().ref
    assert ana.get("/signals").json()["results"] == []
    assert len(ana.get("/signals", state="opened", place="larder-bath").json()["results"]) == 1
    again = ana.post(f"/signals/{signal.ref}/leave", {"why": "Known."})
    assert again.status_code == 422


def test_left_alone_needs_a_reason(call):
    signal, ana = shop.signal(), call(cast.ana())
    assert ana.post(f"/signals/{signal.ref}/leave", {"why": " "}).status_code == 422
    assert ana.post(f"/signals/{signal.ref}/leave", {"why": "A test."}).json()["state"] == "left"


def test_a_stranger_sees_none(call):
    signal, zoe = shop.signal(), call(stranger())
    assert zoe.get("/signals").json()["results"] == []
    assert zoe.post(f"/signals/{signal.ref}/take").status_code == 404


def test_a_machine_notes_an_incident_and_sees_how_far_it_is(call):
    cast.ana()
    people, mona = guests(3), call(cast.mona())
    lines = [one.email for one in people[:2]] + ["no; one, here"]
    made = mona.post("/incidents", noted(customers=lines, remedy="A handwritten note"))
    assert made.status_code == 201
    ref = made.json()["ref"]
    assert (made.json()["waiting"], made.json()["unknown"]) == (2, 1)
    more = mona.post(f"/incidents/{ref}/list", {"customers": [one.email for one in people]})
    assert more.json()["waiting"] == 3
    assert mona.post(f"/incidents/{ref}/begin").json()["started_at"]
    reaching.go_on()
    told = mona.get(f"/incidents/{ref}").json()
    assert (told["waiting"], told["opened"], told["left"]) == (0, 3, 0)
    assert Letter.objects.filter(kind="we_saw").count() == 3
    assert mona.post(f"/incidents/{ref}/stop").json()["stopped_at"]


def test_only_managers_of_the_place_note_one(call):
    assert call(cast.ana()).post("/incidents", noted()).status_code == 422
    assert not Incident.objects.exists()


def test_what_is_wrong_is_named(call):
    mona = call(cast.mona())
    unknown = mona.post("/incidents", noted(remedy="A yacht"))
    assert unknown.status_code == 422
    assert "remedy" in unknown.content.decode()
    assert mona.post("/incidents", noted(sorry="Sorry.")).status_code == 422
    assert mona.post("/incidents", noted(name="x" * 121)).status_code == 422
    assert mona.get("/incidents/nothing").status_code == 404
