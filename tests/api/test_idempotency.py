"""The same call twice has one effect, whatever happens in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from amends.api.idempotency import IdempotencyKey, forget_old_keys
from amends.customers.customer import Customer
from amends.recovery.recovery import Recovery
from tests import cast

TOLD = {"words": cast.STORY, "customer": {"email": "robert@finch.example"}}


@pytest.mark.django_db
def test_the_second_time_the_first_answer_is_given_again(call):
    ana = call(cast.ana())
    first, second = (ana.post("/complaints", TOLD, key="k-1") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second["Content-Type"] == first["Content-Type"]
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert Recovery.objects.count() == 1


@pytest.mark.django_db
def test_without_a_key_or_with_another_it_is_another_call(call):
    ana = call(cast.ana())
    for key in ("", "", "k-1", "k-2"):
        assert ana.post("/complaints", TOLD, key=key).status_code == 201
    assert Recovery.objects.count() == 4


@pytest.mark.django_db
def test_a_key_is_its_callers_own(call):
    refs = {
        call(person).post("/complaints", TOLD, key="k-1").json()["recovery"]
        for person in (cast.ana(), cast.ben())
    }
    assert len(refs) == 2


@pytest.mark.django_db
def test_a_key_used_for_another_call_is_refused(call):
    ana = call(cast.ana())
    ana.post("/complaints", TOLD, key="k-1")
    for path, told in (("/complaints", TOLD | {"channel": "fax"}), ("/customers", TOLD)):
        answer = ana.post(path, told, key="k-1")
        assert (answer.status_code, answer.json()["code"]) == (422, "key-used")
    assert Recovery.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_call_uses_no_key_up(call):
    ana = call(cast.ana())
    assert ana.post("/complaints", {"words": " "}, key="k-1").status_code == 422
    assert not IdempotencyKey.objects.exists()
    assert ana.post("/complaints", TOLD, key="k-1").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 256, "a\tb", "a\x7fb"])
def test_a_key_is_short_and_printable(call, key):
    answer = call(cast.ana()).post("/complaints", TOLD, key=key)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.django_db
def test_no_effect_without_its_answer_and_no_answer_without_its_effect(call, monkeypatch):
    def broken(self, answer):
        raise RuntimeError("killed between the effect and the answer")

    ana = call(cast.ana())
    with monkeypatch.context() as patch:
        patch.setattr(IdempotencyKey, "keep", broken)
        assert ana.post("/complaints", TOLD, key="k-1").status_code == 500
    assert not Recovery.objects.exists()
    assert not Customer.objects.exists()
    assert not IdempotencyKey.objects.exists()
    assert ana.post("/complaints", TOLD, key="k-1").status_code == 201


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_have_one_effect_and_one_answer(call):
    ana = call(cast.ana())
    both = Barrier(2)

    def post(_):
        try:
            both.wait()
            return ana.__class__(ana.secret).post("/complaints", TOLD, key="k-1")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(post, range(2)))
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert sum("Idempotency-Replayed" in one for one in answers) == 1
    assert Recovery.objects.count() == 1
    assert Customer.objects.count() == 1


@pytest.mark.django_db
def test_keys_are_remembered_for_two_days(call, clock):
    ana = call(cast.ana())
    ana.post("/complaints", TOLD, key="k-1")
    clock.shift(timedelta(days=1, hours=23))
    forget_old_keys()
    assert IdempotencyKey.objects.count() == 1
    clock.shift(timedelta(hours=2))
    forget_old_keys()
    assert not IdempotencyKey.objects.exists()
