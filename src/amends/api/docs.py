"""The API's description: for programmes as OpenAPI, for people as a page that lists every call."""

import json
from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from amends.api.problems import TITLES
from amends.api.root import api

ROOT = "/api/v1"
KINDS = {
    "object": "fields",
    "array": "list",
    "string": "text",
    "boolean": "true | false",
    "integer": "number",
}
METHODS = ("get", "post", "patch")
ANSWERED_BY_ALL = (400, 401, 403, 404, 422, 429)
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "maxLength": 255},
    "description": "The same key again: the first answer again, and no second effect.",
}
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


@cache
def described() -> dict[str, Any]:
    """OpenAPI 3.1, with what the door adds to every call."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"{ROOT}/")))
    schema["components"]["schemas"]["Problem"] = PROBLEM
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            if method == "post":
                operation["parameters"].append(KEY)
            for status in ANSWERED_BY_ALL:
                operation["responses"][str(status)] = _told_as_problem(status)
    return schema


def written() -> str:
    """As it is kept in docs/api/openapi.json."""
    return json.dumps(described(), indent=1, ensure_ascii=False) + "\n"


def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(written(), content_type="application/json")


def docs(request: HttpRequest) -> HttpResponse:
    about = with_code(described()["info"]["description"])
    return render(request, "api/docs.html", {"chapters": chapters(), "about": about})


class Field(NamedTuple):
    """One line of a table: what may be sent or asked."""

    name: str
    kind: str
    is_needed: bool
    words: SafeString


class Call(NamedTuple):
    """One operation, as the page tells it."""

    anchor: str
    method: str
    path: str
    summary: str
    description: SafeString
    asked: list[Field]
    told: list[Field]
    answer: str


def with_code(text: str) -> SafeString:
    """Words between backticks as code."""
    pieces = enumerate(text.split("`"))
    shown = ((format_html("<code>{}</code>", one) if n % 2 else one,) for n, one in pieces)
    return format_html_join("", "{}", shown)


def chapters() -> dict[str, list[Call]]:
    """The calls of each noun."""
    told: dict[str, list[Call]] = {}
    for path, operations in described()["paths"].items():
        for method in (name for name in METHODS if name in operations):
            operation = operations[method]
            told.setdefault(operation["tags"][0], []).append(_call(path, method, operation))
    return told


def _call(path: str, method: str, operation: dict[str, Any]) -> Call:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Call(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=with_code(operation.get("description", "")),
        asked=[_asked(one) for one in operation["parameters"] if one["in"] == "query"],
        told=_fields(body.get("schema", {})),
        answer=next(status for status in operation["responses"] if status.startswith("2")),
    )


def _asked(parameter: dict[str, Any]) -> Field:
    return Field(
        parameter["name"],
        _kind(parameter["schema"]),
        parameter["required"],
        with_code(parameter.get("description", "")),
    )


def _fields(schema: dict[str, Any], before: str = "") -> list[Field]:
    """The fields of a body, those of a body within it written with a full stop."""
    shape = _resolved(schema)
    found: list[Field] = []
    for name, one in shape.get("properties", {}).items():
        needed = name in shape.get("required", ())
        words = with_code(one.get("description", ""))
        found.append(Field(before + name, _kind(one), needed, words))
        inner = one.get("items", one)
        found += _fields(inner, f"{before}{name}{'[]' if 'items' in one else ''}.")
    return found


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """What a reference points to; of several shapes the first."""
    first: dict[str, Any] = next(iter(schema.get("allOf", schema.get("anyOf", ()))), schema)
    if "$ref" not in first:
        return first
    found: dict[str, Any] = described()["components"]["schemas"][first["$ref"].rpartition("/")[2]]
    return found


def _kind(schema: dict[str, Any]) -> str:
    shape = _resolved(schema)
    if "enum" in shape:
        return " | ".join(str(one) for one in shape["enum"])
    kind = {"date-time": "moment", "date": "day"}.get(shape.get("format", ""), shape.get("type"))
    return KINDS.get(kind or "", kind or "amount")


def _told_as_problem(status: int) -> dict[str, Any]:
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": TITLES[status], "content": {"application/problem+json": shape}}
