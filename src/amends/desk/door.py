"""The way in to every page of the desk: signed in, in the time of one's place; auditors only read."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache

READING = {"GET", "HEAD", "OPTIONS"}


def page(route, view, *, name, changes_nothing=False):
    """One line of `urls.py`. No page of the desk is reached but through here."""
    return path(route, never_cache(login_required(_at_home(view, changes_nothing))), name=name)


def _at_home(view, changes_nothing):
    @wraps(view)
    def seen(request, *args, **kwargs):
        reads = changes_nothing or request.method in READING
        if not reads and not request.user.may_write:
            raise PermissionDenied
        home = request.user.places_seen().values_list("timezone", flat=True).first()
        with timezone.override(home or "UTC"):
            return view(request, *args, **kwargs)

    return seen


def changed_by_owners(view):
    """Everybody may read it; only an owner changes it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method not in READING and not request.user.is_owner:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
