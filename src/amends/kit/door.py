"""The way in to every page for people who work here: signed in, in the time of one's place; auditors
only read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]
READING = {"GET", "HEAD", "OPTIONS"}


def page(route: str, view: View, *, name: str, changes_nothing: bool = False) -> URLPattern:
    """One line of a `urls.py`. No page for people who work here is reached but through here."""
    return path(route, never_cache(login_required(_at_home(view, changes_nothing))), name=name)


def _at_home(view: View, changes_nothing: bool) -> View:
    @wraps(view)
    def seen(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        reads = changes_nothing or request.method in READING
        if not reads and not request.user.may_write:
            raise PermissionDenied
        home = request.user.places_seen().values_list("timezone", flat=True).first()
        with timezone.override(home or "UTC"):
            return view(request, *args, **kwargs)

    return seen
