"""Two addresses for machines that watch Amends: does it run, and can it do its work."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from amends.config import checking


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The database, the outbox, the worker and the mail intake do their work."""
    found = checking.not_ready()
    # A mailbox that is not read is somebody's business, and no reason to send visitors elsewhere.
    told = [*found, *(() if found else checking.mailboxes())]
    troubles = {trouble.about: trouble.words for trouble in told}
    return JsonResponse({"ready": not found, "troubles": troubles}, status=503 if found else 200)
