"""The one door: who is it, once only, and every refusal a problem document."""

import json

import pytest
from django.db import OperationalError

from amends.api import customers, limits
from amends.api.limits import Allowance
from amends.people import setting_up
from amends.people.token import Token
from amends.recovery.recovery import Recovery
from tests import cast
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
TOLD = {"words": cast.STORY}


def is_problem(answer, status, code):
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert told["type"] == "about:blank"
    assert told["title"]
    assert told["detail"]
    return True


@pytest.mark.parametrize(
    "path", ["/recoveries", "/recoveries/abc", "/nothing", "/", "/nothing/at/all"]
)
def test_nobody_gets_in_without_a_good_token(call, path):
    answer = call().get(path)
    assert is_problem(answer, 401, "who-is-calling")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    for secret in ("amends_guess", "a.b", "\x7f", "x" * 5_000):
        assert Caller(secret).get(path).status_code == 401


def test_a_token_is_a_bearer_token_and_nothing_else(call):
    ana = call(cast.ana())
    for scheme in ("Basic", "Token", ""):
        headers = {"Authorization": f"{scheme} {ana.secret}".strip()}
        assert ana.client.get("/api/v1/places", headers=headers).status_code == 401
    headers = {"Authorization": f"bearer {ana.secret}"}
    assert ana.client.get("/api/v1/places", headers=headers).status_code == 200


def test_a_session_of_the_desk_is_no_way_in(client):
    client.force_login(cast.olive())
    assert client.get("/api/v1/recoveries").status_code == 401
    sent = client.post("/api/v1/complaints", TOLD, content_type="application/json")
    assert sent.status_code == 401


def test_a_revoked_token_and_the_token_of_somebody_who_left_are_nobodys(call):
    ana, ben = cast.ana(), cast.ben()
    first, second = call(ana), call(ben)
    setting_up.revoke_token(Token.objects.get(person=ana), by=cast.olive())
    ben.is_active = False
    ben.save()
    assert first.get("/places").status_code == 401
    assert second.get("/places").status_code == 401


def test_what_is_not_there_is_a_404_and_the_wrong_way_a_405(call):
    ana = call(cast.ana())
    for path in ("/nothing", "/recoveries/a/b/c", "/recoveries/%00", "/recoveries/é"):
        assert is_problem(ana.get(path), 404, "not-found")
    answer = ana.send("delete", "/recoveries")
    assert is_problem(answer, 405, "no-such-step")
    assert answer["Allow"] == "GET"


def test_answers_are_never_kept_by_caches_in_between(call):
    answer = call(cast.ana()).get("/places")
    assert answer["Cache-Control"] == "no-store"
    assert "Authorization" in answer["Vary"]


@pytest.mark.parametrize(
    ("body", "more", "status", "code"),
    [
        ("{", {}, 400, "unreadable"),
        (b"\xff\xfe\x00", {}, 400, "unreadable"),
        ("[" * 100_000, {}, 400, "unreadable"),
        ("words=a", {"content_type": "application/x-www-form-urlencoded"}, 415, "not-json"),
        (json.dumps({"words": "x" * 2_000_000}), {}, 413, "too-large"),
        (json.dumps({"words": "x" * 11_000_000}), {}, 413, "too-large"),
        ("[]", {}, 422, "invalid"),
        ("", {}, 422, "invalid"),
        ('{"words": "\\ud800"}', {}, 422, "invalid"),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused_plainly(call, body, more, status, code):
    answer = call(cast.ana()).send("post", "/complaints", body, **more)
    assert is_problem(answer, status, code)
    assert not Recovery.objects.exists()


def test_a_refused_step_leaves_nothing_half_done(call):
    told = {"id": "C-1", "name": "Rita", "email": "rita@vale.example", "place": "nowhere"}
    assert call(cast.ana()).post("/customers", told).status_code == 422
    assert not customers.Customer.objects.exists()


def test_a_fault_is_told_without_a_word_of_what_it_was(call, monkeypatch):
    def broken(request):
        raise RuntimeError("secret thing")

    monkeypatch.setattr(customers, "_seen", broken)
    answer = call(cast.ana()).get("/customers")
    assert is_problem(answer, 500, "fault")
    assert "secret thing" not in answer.content.decode()


def test_a_database_that_does_not_answer_is_a_503_to_try_again(call, monkeypatch):
    def locked(request):
        raise OperationalError("database is locked")

    monkeypatch.setattr(customers, "_seen", locked)
    answer = call(cast.ana()).get("/customers")
    assert is_problem(answer, 503, "try-again")
    assert answer["Retry-After"]


def test_every_answer_tells_how_many_calls_are_left(call, monkeypatch, clock):
    monkeypatch.setattr(limits, "PEOPLE", Allowance("token", 2))
    ana = call(cast.ana())
    first = ana.get("/places")
    assert first["RateLimit-Policy"] == '"token";q=2;w=60'
    assert first["RateLimit"] == '"token";r=1;t=60'
    assert ana.get("/nothing")["RateLimit"] == '"token";r=0;t=60'
    refused = ana.post("/complaints", TOLD)
    assert is_problem(refused, 429, "too-often")
    assert refused["Retry-After"] == "60"
    assert not Recovery.objects.exists()
    clock.shift(60)
    assert ana.get("/places").status_code == 200


def test_guessing_tokens_is_slowed_down_and_disturbs_nobody_else(call, monkeypatch, clock):
    monkeypatch.setattr(limits, "STRANGERS", Allowance("stranger", 3))
    for _ in range(3):
        assert Caller("amends_guess").get("/places").status_code == 401
    assert is_problem(Caller("amends_other").get("/places"), 429, "too-often")
    assert call(cast.ana()).get("/places").status_code == 200
