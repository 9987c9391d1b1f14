"""The one door to the API: who is it, not too often, once only, and refusals told as problems."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from amends.api import callers, idempotency, limits, problems
from amends.api.refusing import Refused
from amends.people.person import Person

LARGEST = 2_000_000  # bytes in one call
HEADERS = {"Cache-Control": "no-store", "Vary": "Authorization"}

View = Callable[..., HttpResponseBase]
Step = Callable[[], HttpResponseBase]


def door(view: View) -> View:
    """Every view of the API stands behind this."""

    @wraps(view)
    def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = _let_in(request, partial(view, request, *args, **kwargs))
        except Exception as trouble:  # any at all: the caller reads JSON, never a page
            answer = problems.of(request, trouble)
        counted: limits.Counted | None = getattr(request, "counted", None)
        for name, value in {**HEADERS, **(counted.headers if counted else {})}.items():
            answer.headers.setdefault(name, value)
        return answer

    return through


def _let_in(request: HttpRequest, step: Step) -> HttpResponseBase:
    secret = callers.secret_of(request)
    caller = callers.caller_of(secret)
    if caller is None:
        _count(request, f"from {request.META['REMOTE_ADDR']}"[:80], limits.STRANGERS)
        raise callers.nobody()
    token = callers.fingerprint(secret)
    allowance = limits.PEOPLE if isinstance(caller, Person) else limits.CUSTOMERS
    _count(request, token, allowance)
    request.caller = caller
    answer = step() if request.method in callers.READING else _once(request, step, token=token)
    return _not_that_way(answer) if answer.status_code == 405 else answer


def _count(request: HttpRequest, caller: str, allowance: limits.Allowance) -> None:
    counted = limits.Window.count(caller, allowance)
    request.counted = counted
    if counted.is_over:
        raise counted.refusal()


def _once(request: HttpRequest, step: Step, *, token: str) -> HttpResponseBase:
    """One transaction a call: the whole effect or none, and with a key at most once."""
    _read(request)
    key = idempotency.key_of(request)
    with transaction.atomic():
        mine = idempotency.IdempotencyKey.claim(request, token=token, key=key) if key else None
        if mine is not None and mine.status is not None:
            return mine.again()
        answer = step()
        if answer.status_code >= 400:
            transaction.set_rollback(True)
        elif mine is not None and isinstance(answer, HttpResponse) and _may_keep(request):
            mine.keep(answer)
    return answer


def _may_keep(request: HttpRequest) -> bool:
    """An answer that holds somebody's draft is worked out once more rather than kept."""
    return not getattr(request, "keeps_nothing", False)


def _read(request: HttpRequest) -> None:
    """Before the transaction begins, so that a slow caller holds nobody up."""
    if len(request.body) > LARGEST:
        raise Refused(413, "This is more than can be taken in one call.", code="too-large")
    if request.body and request.content_type != "application/json":
        raise Refused(415, "Send JSON, as application/json.", code="not-json")


def _not_that_way(answer: HttpResponseBase) -> HttpResponse:
    allowed = answer.headers.get("Allow", "")
    return problems.problem(
        405, f"Use {allowed} here.", code="no-such-step", headers={"Allow": allowed}
    )
