"""Every call of the API with every kind of nonsense: refused plainly, never a fault."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.api import docs, limits
from amends.recovery import journey
from amends.recovery.learning import Cause
from tests import cast
from tests.api.conftest import Caller

pytestmark = pytest.mark.django_db
often = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NASTY = st.sampled_from(
    ["", "\0", "\ud800", "x" * 25_000, "%s{}'\"--", "\u202e", "2026-02-30T00:00:00Z", "NaN",
     "9999-12-31T23:59:59-12:00", "Infinity", "me", "nobody", "1e400", "٣"]
)  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), NASTY
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
CALLS = [
    (method, path.removeprefix("/api/v1"), operation)
    for path, operations in docs.described()["paths"].items()
    for method, operation in operations.items()
]
SENDING = [one for one in CALLS if one[0] != "get"]
READING = [one for one in CALLS if one[0] == "get"]


def named(call):
    return f"{call[0]} {call[1]}"


def shape_of(operation):
    if "requestBody" not in operation:
        return {}
    content = operation["requestBody"]["content"]["application/json"]["schema"]
    return docs._resolved(content)


@st.composite
def almost_right(draw, shape):
    """The fields of a body, each with something of the right or the wrong kind."""
    told = {}
    for name, one in shape.get("properties", {}).items():
        if name in shape.get("required", ()) or draw(st.booleans()):
            inner = docs._resolved(one.get("items", one))
            if "properties" in inner and draw(st.booleans()):
                value = draw(almost_right(inner))
                told[name] = [value] if "items" in one else value
            else:
                told[name] = draw(likely(inner) | ANYTHING)
    return told


def likely(shape):
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    moments = st.sampled_from(["2026-05-01T10:00:00Z", "2198-01-01T00:00:00+14:00"])
    kinds = {
        "string": moments if shape.get("format") == "date-time" else st.text(max_size=30) | NASTY,
        "boolean": st.booleans(),
        "integer": st.integers(),
        "number": st.integers(0, 10**13) | st.floats(),
    }
    return kinds.get(shape.get("type"), ANYTHING)


@pytest.fixture(autouse=True)
def unlimited(monkeypatch):
    for name in ("PEOPLE", "CUSTOMERS"):
        monkeypatch.setattr(limits, name, limits.Allowance(name.lower(), 100_000))


@pytest.fixture
def living():
    """A reference for each kind of path, and who may use it."""
    recovery, promise = cast.asked_for_ana()
    idea = journey.give_idea(recovery, words="Warm the plates.")
    cause = Cause.called("Pans too full")
    cast.mona()
    offer = cast.offered(customer=cast.finch(name="Rita", email="rita@vale.example"))
    return {
        "/recoveries": recovery.ref,
        "/customers": recovery.customer.ref,
        "/promises": promise.ref,
        "/ideas": idea.ref,
        "/causes": cause.ref,
        "/offers": offer.ref,
        "offer": offer,
    }


def caller_for(path, living, call, as_customer) -> Caller:
    if path.startswith("/offers"):
        return as_customer(living["offer"].recovery)
    return call(cast.olive())


def filled(path, living):
    noun = "/" + path.split("/")[1]
    return path.replace("{ref}", living.get(noun, "unknown"))


def is_plain(answer):
    assert answer.status_code < 500, answer.content
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "code"} <= set(answer.json())
    return True


@pytest.mark.parametrize("sending", SENDING, ids=named)
def test_nonsense_in_a_body_is_refused_plainly(sending, living, call, as_customer):
    method, path, operation = sending
    caller = caller_for(path, living, call, as_customer)

    @often
    @given(ANYTHING | almost_right(shape_of(operation)))
    def told(body):
        assert is_plain(caller.send(method, filled(path, living), json.dumps(body)))

    told()


@pytest.mark.parametrize("reading", READING, ids=named)
def test_nonsense_in_a_question_is_refused_plainly(reading, living, call, as_customer):
    _, path, operation = reading
    caller = caller_for(path, living, call, as_customer)
    names = [one["name"] for one in operation["parameters"] if one["in"] == "query"]

    @often
    @given(st.dictionaries(st.sampled_from([*names, "nothing"]), st.text(max_size=20) | NASTY))
    def asked(query):
        good = {k: v for k, v in query.items() if not any("\ud800" <= c <= "\udfff" for c in v)}
        assert is_plain(caller.get(filled(path, living), **good))

    asked()


@given(st.text(min_size=1, max_size=30))
@often
def test_nonsense_in_a_path_is_refused_plainly(call, text):
    text = text.encode("utf-8", "ignore").decode().replace("?", "").replace("#", "") or "x"
    assert is_plain(call(cast.ana()).get(f"/recoveries/{text}"))
