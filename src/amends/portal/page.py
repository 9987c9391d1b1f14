"""The customer's page: one calm sheet, no account, no sign-in."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from amends.portal.door import for_the_customer
from amends.portal.showing import shown
from amends.portal.story import Story


@require_safe
@for_the_customer
def page(request, link):
    return shown(request, link, said=request.GET.get("said", ""))


@require_safe
@for_the_customer
def file(request, link, ref):
    """One of the files in their letters, as an inert download."""
    letters = Story(link).letters
    attached = [a for letter in letters for a in letter.attachments.all() if a.ref == ref]
    if not attached:
        raise Http404
    response = FileResponse(attached[0].open(), as_attachment=True, filename=attached[0].name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
