"""The business's own look: its accent as a style sheet, made readable in light and dark."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from amends.kit import colour
from amends.kit.files import read_kept
from amends.kit.pages import find
from amends.people.business import Business

YEAR = 60 * 60 * 24 * 365


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def accent(request, ref):
    """Its address carries the colour, so it may be kept for ever."""
    business = find(Business.objects.all(), ref=ref)
    return HttpResponse(colour.stylesheet(business.accent), content_type="text/css")


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def logo(request, ref):
    """Drawn again by us when it was put up, so always a PNG; its address changes with it."""
    business = find(Business.objects.exclude(logo=""), ref=ref)
    return HttpResponse(read_kept(business.logo), content_type="image/png")


def look_of(business):
    """What portal/frame.html asks for."""
    sheet = reverse("portal:accent", args=[business.ref])
    look = {"business": business, "accent_url": f"{sheet}?{business.accent.lstrip('#')}"}
    if business.logo:
        look["logo_url"] = f"{reverse('portal:logo', args=[business.ref])}?{business.logo[:8]}"
    return look
