"""Where the API lives: its nouns behind the door, its description beside it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path

from amends.api import docs
from amends.api.door import door
from amends.api.root import api

routes, app, space = api.urls
for route in routes:
    if route.callback is not None:
        route.callback = door(route.callback)


def nothing_here(request: HttpRequest, **_: Any) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("openapi.json", docs.openapi, name="api-openapi"),
    path("docs", docs.docs, name="api-docs"),
    path("", (routes, app, space)),
    re_path(r"", door(nothing_here)),
]
