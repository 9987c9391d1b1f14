"""What went wrong, told to the programme that called: problem documents as in RFC 9457."""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from ninja.errors import HttpError, ValidationError

from amends.api.refusing import Refused, Wrong
from amends.kit.errors import Impossible

log = structlog.get_logger(__name__)

# The phrases of RFC 9110, as the title of a problem without a type of its own must be.
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
CODES = {400: "unreadable", 403: "not-allowed", 404: "not-found", 405: "no-such-step"}
OUR_NAMES = ("told", "asked")  # parameters of our functions, in the paths of errors
PREFIXES = ("Value error, ", "Assertion failed, ")


def problem(
    status: int,
    detail: str,
    *,
    code: str,
    errors: tuple[Wrong, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "code": code,
    }
    if errors:
        told["errors"] = [{"field": one.field, "message": one.message} for one in errors]
    return JsonResponse(
        told, status=status, headers=headers, content_type="application/problem+json"
    )


def of(request: HttpRequest, trouble: Exception) -> HttpResponse:
    """Whatever was raised, told without giving anything away."""
    tell = next((tell for kind, tell in TOLD if isinstance(trouble, kind)), None)
    if tell is not None:
        return tell(trouble)
    log.error("api call failed", path=request.path, exc_info=trouble)
    return problem(500, "Something went wrong on our side; nothing was changed.", code="fault")


def _refused(no: Refused) -> HttpResponse:
    return problem(no.status, no.detail, code=no.code, errors=no.errors, headers=no.headers)


def _impossible(no: Impossible) -> HttpResponse:
    return problem(422, no.message, code=no.code)


def _invalid(trouble: ValidationError) -> HttpResponse:
    errors = tuple(Wrong(_field(one["loc"]), _said(one["msg"])) for one in trouble.errors)
    detail = "; ".join(f"{one.field}: {one.message}" for one in errors[:3])
    return problem(422, detail, code="invalid", errors=errors)


def _field(loc: tuple[Any, ...]) -> str:
    """Pydantic's path without the names that only our own functions know."""
    where, *path = loc
    return ".".join(str(step) for step in path if step not in OUR_NAMES) or str(where)


def _said(message: str) -> str:
    for prefix in PREFIXES:
        message = message.removeprefix(prefix)
    return message


def _nothing(_: Exception) -> HttpResponse:
    return problem(404, "There is nothing here that you may see.", code="not-found")


def _http(trouble: HttpError) -> HttpResponse:
    status = trouble.status_code
    return problem(status, f"{trouble}.", code=CODES.get(status, "refused"))


def _too_large(_: Exception) -> HttpResponse:
    return problem(413, "This is more than can be taken in one call.", code="too-large")


def _unreadable(_: Exception) -> HttpResponse:
    return problem(400, "The call broke off before its end.", code="unreadable")


def _away(_: Exception) -> HttpResponse:
    log.exception("the database did not answer")
    return problem(
        503,
        "The database did not answer in time; nothing was changed. Try again.",
        code="try-again",
        headers={"Retry-After": "5"},
    )


TOLD: tuple[tuple[type[Exception], Callable[[Any], HttpResponse]], ...] = (
    (Refused, _refused),
    (Impossible, _impossible),
    (ValidationError, _invalid),
    (Http404, _nothing),
    (HttpError, _http),
    (RequestDataTooBig, _too_large),
    (UnreadablePostError, _unreadable),
    (OperationalError, _away),
)
