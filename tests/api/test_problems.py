"""Problem documents as in RFC 9457, made from whatever was raised."""

import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404
from django.http.request import UnreadablePostError
from ninja.errors import HttpError, ValidationError

from amends.api.problems import of
from amends.api.refusing import Refused, wrong
from amends.kit.errors import Impossible


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (Refused(403, "No.", code="not-allowed"), 403, "not-allowed"),
        (Impossible("Already said.", code="already-sorry"), 422, "already-sorry"),
        (Http404(), 404, "not-found"),
        (HttpError(400, "Cannot parse"), 400, "unreadable"),
        (RequestDataTooBig(), 413, "too-large"),
        (UnreadablePostError(), 400, "unreadable"),
        (OperationalError("locked"), 503, "try-again"),
        (ZeroDivisionError("in line 7"), 500, "fault"),
    ],
)
def test_whatever_was_raised_becomes_a_problem(rf, trouble, status, code):
    answer = of(rf.get("/"), trouble)
    told = json.loads(answer.content)
    assert answer.status_code == told["status"] == status
    assert told["code"] == code
    assert "line 7" not in told["detail"]


def test_a_refusal_keeps_its_words_and_headers(rf):
    answer = of(rf.get("/"), Refused(401, "Who?", code="who", headers={"WWW-Authenticate": "B"}))
    assert json.loads(answer.content)["detail"] == "Who?"
    assert answer["WWW-Authenticate"] == "B"


@pytest.mark.parametrize(
    ("loc", "field"),
    [
        (("body", "told", "customer", "email"), "customer.email"),
        (("body", "told", 3, "amount"), "3.amount"),
        (("body", "told"), "body"),
        (("query", "limit"), "limit"),
    ],
)
def test_a_field_is_named_the_way_the_caller_wrote_it(rf, loc, field):
    answer = of(rf.get("/"), ValidationError([{"loc": loc, "msg": "Value error, is not good"}]))
    assert json.loads(answer.content)["errors"] == [{"field": field, "message": "is not good"}]


def test_one_wrong_field_by_name(rf):
    told = json.loads(of(rf.get("/"), wrong("place", "Unknown.")).content)
    assert told["errors"] == [{"field": "place", "message": "Unknown."}]
    assert told["code"] == "invalid"
