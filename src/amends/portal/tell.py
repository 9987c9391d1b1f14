"""The public complaint form: one short address and one QR code for each place (S3-23)."""

from io import BytesIO

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from amends.kit.clock import now
from amends.kit.pages import answer, find, lead
from amends.people.place import Place
from amends.portal.limits import Limit
from amends.portal.looks import look_of
from amends.portal.telling import TellForm, new_key
from amends.recovery import journey
from amends.recovery.link import Link

BY_PLACE = Limit("tell", most=60, seconds=3600)  # a whole room may share one address
BY_ADDRESS = Limit("tell-as", most=6, seconds=3600)
KEEPING = Limit("tell-photos", most=30, seconds=3600)  # photos of forms that are shown again
SLOWER = (
    "We have had a good many messages from here in the last hour, so this one has to wait. "
    "Your words are still here: please send them again in a little while, or ring us."
)
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def choose(request):
    """Straight to the form where there is only one place."""
    places = list(Place.objects.select_related("business").order_by("business__name", "name"))
    if len(places) == 1:
        return lead(request, reverse("portal:tell", args=[places[0].slug]))
    businesses = {place.business for place in places}
    several = len(businesses) != 1
    look = {"business": {"name": "Tell us"}} if several else look_of(businesses.pop())
    return answer(request, "portal/choose.html", places=places, several=several, **look)


@csrf_exempt  # no sign-in stands behind it, and its own signed key says that the form was ours
@never_cache
def tell(request, slug):
    place = find(Place.objects.select_related("business"), slug=slug)
    with timezone.override(place.zone):
        if request.method != "POST":
            return form_for(request, place, TellForm(initial={"key": new_key()}))
        form = TellForm(request.POST, request.FILES)
        if form.is_valid() and may_send(request, form):
            recovery = journey.tell(place, told=form.told, ref=form.ref)
            token = Link.to(recovery, at=now()).shown_token
            return lead(request, reverse("portal:page", args=[token]) + "?said=told")
        return form_for(request, place, form)


def form_for(request, place, form):
    look = look_of(place.business)
    if form.errors and request.FILES and not KEEPING.allows(request.META["REMOTE_ADDR"]):
        form.found = []
    response = answer(request, "portal/tell.html", form=form, place=place, **look)
    if SLOWER in form.non_field_errors():
        response.status_code = 429
    return response


def may_send(request, form):
    """Not too often from one connection, nor in one name; said kindly, with the words kept."""
    given = form.cleaned_data
    who = (given["email"] or given["phone"]).lower()
    allowed = BY_PLACE.allows(request.META["REMOTE_ADDR"])
    if not allowed or (who and not BY_ADDRESS.allows(who)):
        form.add_error(None, SLOWER)
        return False
    return True


@require_safe
@cache_control(public=True, max_age=86_400)
def qr(request, slug, kind):
    """For the table, the bill, the parcel: it opens the form of this place."""
    if kind not in TYPES:
        raise Http404
    place = find(Place.objects.all(), slug=slug)
    address = settings.AMENDS_URL.rstrip("/") + reverse("portal:tell", args=[place.slug])
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind=kind, scale=10, border=4)
    return HttpResponse(drawn.getvalue(), content_type=TYPES[kind])
