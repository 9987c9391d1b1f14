"""What only an owner changes on the desk; the way in to every page is `kit/door.py`."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from amends.kit.door import READING, page

__all__ = ["changed_by_owners", "page"]


def changed_by_owners(view):
    """Everybody may read it; only an owner changes it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method not in READING and not request.user.is_owner:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
