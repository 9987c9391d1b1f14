"""Where the API lives: behind the door, all of it but its description."""

import pytest
from django.urls import resolve, reverse

from amends.api import limits
from amends.api.urls import routes

pytestmark = pytest.mark.django_db


def test_every_noun_stands_behind_the_door(client, monkeypatch):
    monkeypatch.setattr(limits, "STRANGERS", limits.Allowance("stranger", 1_000))
    assert len(routes) > 30
    for route in routes:
        path = "/api/v1/" + str(route.pattern).replace("<slug:ref>", "abc")
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 401, path


def test_what_is_no_noun_is_a_problem_and_not_a_page(client, call):
    assert client.get("/api/v1/nothing").status_code == 401
    match = resolve("/api/v1/nothing/at/all")
    assert match.func.__name__ == "nothing_here"


def test_the_description_is_open_to_all(client):
    for name in ("api-openapi", "api-docs"):
        assert client.get(reverse(name)).status_code == 200
