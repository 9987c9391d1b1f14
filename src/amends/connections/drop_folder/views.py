"""Settings of files: where they are dropped, and what became of the last ones."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from amends.connections.drop_folder.dropped import Dropped
from amends.kit.pages import answer

SHOWN = 50


@require_safe
def files(request):
    if not request.user.sees_every_place:
        raise PermissionDenied
    folder = settings.AMENDS_DROP_FOLDER
    rows = Dropped.objects.all()[:SHOWN]
    return answer(request, "connections/files.html", "files", rows=rows, folder=folder)
