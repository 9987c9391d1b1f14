"""The API's description, kept in the repository and shown on a page of our own."""

import json
from pathlib import Path

import pytest
from django.test import Client

from amends.api import docs

KEPT = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"
NOUNS = "complaints recoveries offers customers orders visits promises causes improvements ideas"


def test_the_description_in_the_repository_is_what_the_code_says():
    assert KEPT.read_text() == docs.written(), "run bin/openapi"


def test_every_call_is_described_with_who_may_make_it_and_what_may_go_wrong():
    paths = docs.described()["paths"]
    assert all(path.startswith("/api/v1/") for path in paths)
    for operations in paths.values():
        for method, operation in operations.items():
            assert operation["summary"]
            assert operation["security"]
            assert {"401", "403", "404", "422", "429"} <= set(operation["responses"])
            keyed = any(one["name"] == "Idempotency-Key" for one in operation["parameters"])
            assert keyed == (method == "post")


def test_every_reference_leads_somewhere_and_no_two_shapes_share_a_name():
    text = docs.written()
    shapes = docs.described()["components"]["schemas"]
    referred = {piece.split('"')[0] for piece in text.split("#/components/schemas/")[1:]}
    assert referred <= set(shapes)
    assert "fax" not in json.dumps(shapes["CustomerClaimed"])
    assert set(shapes["CustomerClaimed"]["properties"]) == {"name", "email", "phone", "id"}


def test_the_nouns_of_the_interface_are_there():
    tags = {
        one["tags"][0] for every in docs.described()["paths"].values() for one in every.values()
    }
    assert set(NOUNS.split()) <= tags


@pytest.mark.django_db
def test_programmes_read_it_without_a_token():
    answer = Client().get("/api/v1/openapi.json")
    assert answer.json()["openapi"].startswith("3.1")


@pytest.mark.django_db
def test_people_read_it_as_a_page_with_nothing_from_elsewhere():
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Pass on a complaint" in page
    assert "failures[].severity" in page
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    for trace in ("http://", "https://", "<script", "style=", "<style"):
        assert trace not in page.replace("http://www.w3.org", "")


@pytest.mark.django_db
def test_the_page_lists_every_call():
    page = Client().get("/api/v1/docs").content.decode()
    for path, operations in docs.described()["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in page
