"""The API, version one: every noun in one place."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from amends.api import (
    arrivals,
    coach,
    complaints,
    customers,
    learning,
    offers,
    places,
    problems,
    promises,
    ratings,
    recoveries,
    signals,
    steps,
    worth,
)

DESCRIPTION = """Everything that people do on the desk, for other programmes. A token speaks for a
person who works here: it sees their places and may do what they may do. Errors are problem
documents (RFC 9457); lists come in pages, the next one by `?after=`; a POST with an
`Idempotency-Key` has one effect, however often it is sent."""

api = NinjaAPI(
    title="Amends",
    version="1",
    description=" ".join(DESCRIPTION.split()),
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)
api.add_router("/complaints", complaints.router)
api.add_router("/recoveries", recoveries.router)
api.add_router("/recoveries", steps.router)
api.add_router("/offers", offers.router)
api.add_router("/customers", customers.router)
api.add_router("/customers", worth.router)
api.add_router("/orders", arrivals.orders)
api.add_router("/visits", arrivals.visits)
api.add_router("/ratings", ratings.router)
api.add_router("/calls", arrivals.calls)
api.add_router("/promises", promises.router)
api.add_router("/causes", learning.causes)
api.add_router("/improvements", learning.improvements)
api.add_router("/ideas", learning.ideas)
api.add_router("/signals", signals.signals)
api.add_router("/incidents", signals.incidents)
api.add_router("/coach", coach.router)
api.add_router("", places.router)


def _told(request: HttpRequest, trouble: Any) -> HttpResponse:
    return problems.of(request, trouble)


for kind in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(kind, _told)
