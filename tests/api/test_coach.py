"""The writing coach for other programmes."""

import pytest

from amends.api.idempotency import IdempotencyKey
from amends.recovery.heeding import Heeded
from tests import cast

pytestmark = pytest.mark.django_db
DRAFT = "Dear Ida, returns are not permitted under company policy."
TOLD = {"draft": DRAFT, "customer": "Ida Moss", "issue": "The vase came in three pieces."}


def test_s4_06_a_draft_is_read_and_its_words_are_pointed_at(call):
    told = call(cast.ana()).post("/coach", TOLD)
    assert told.status_code == 200
    notes, praise = told.json()["notes"], told.json()["praise"]
    assert "policy_recital" in {note["category"] for note in notes}
    assert set(notes[0]) == {"category", "start", "end", "quote", "why", "instead"}
    assert all(DRAFT[note["start"] : note["end"]] == note["quote"] for note in notes)
    assert {"feature": "name", "start": 5, "end": 8, "quote": "Ida"} in praise


def test_it_answers_as_the_command_does_without_a_name_or_a_story(call):
    told = call(cast.ana()).post("/coach", {"draft": "Your refund was paid at noon."})
    assert "missing_restatement" not in {note["category"] for note in told.json()["notes"]}


def test_whoever_only_reads_may_ask_it_too(call):
    assert call(cast.audrey()).post("/coach", TOLD).status_code == 200
    assert call().post("/coach", TOLD).status_code == 401


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"draft": "a" * 20_001}, "draft"),
        ({"draft": "a\0b"}, "draft"),
        ({}, "draft"),
        ({"draft": "a", "issue": 7}, "issue"),
        ({"draft": "a", "tone": "loud"}, "tone"),
    ],
)
def test_what_cannot_be_read_names_the_field(call, told, field):
    answer = call(cast.ana()).post("/coach", told)
    assert answer.status_code == 422
    assert field in answer.json()["errors"][0]["field"]


def test_nothing_of_a_draft_is_kept_and_nothing_is_counted(call):
    ana = call(cast.ana())
    first, again = (ana.post("/coach", TOLD, key="once") for _ in range(2))
    assert first.json() == again.json()
    assert (IdempotencyKey.objects.get().response, Heeded.objects.count()) == ("", 0)


def test_a_draft_in_another_language_is_read_in_it(call):
    told = {"draft": "Lo siento, pero esa es nuestra política.", "language": "es"}
    answer = call(cast.ana()).post("/coach", told).json()
    assert {"sorry_but", "policy_recital"} & {note["category"] for note in answer["notes"]}
    assert call(cast.ana()).post("/coach", {**told, "language": "xx"}).status_code == 422
