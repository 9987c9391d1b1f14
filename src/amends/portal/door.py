"""The door of a customer's page: the link that opens it, and what holds for every page behind it.

The permission is the token in the address; no sign-in, no session. Pages send no referrer, so that
the token never travels, and browsers then post with «Origin: null»; the form's own token decides."""

from functools import wraps

from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.pages import lead, refuse, wants_fragment
from amends.portal.limits import Limit
from amends.portal.looks import look_of
from amends.recovery.link import Link

GUESSES = Limit("guesses", most=30, seconds=600)


class TokenDecides(CsrfViewMiddleware):
    def _origin_verified(self, request):
        checked_before = super()._origin_verified  # type: ignore[misc]
        return request.headers["Origin"] == "null" or checked_before(request)


checked = decorator_from_middleware(TokenDecides)


def for_the_customer(view):
    """The view gets the link instead of the token, in the place's own time."""

    @wraps(view)
    def opened(request, token, **more):
        link = Link.opened(token, at=now())
        if link is None:
            return no_way_in(request, token)
        with timezone.override(link.recovery.place.zone):
            try:
                return checked(view)(request, link, **more)
            except Impossible as no:
                return not_now(request, link, no)

    @wraps(view)
    def quietly(request, token, **more):
        response = opened(request, token, **more)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return csrf_exempt(quietly)


def step(view):
    """A step is posted; whoever merely opens its address is led to the page."""

    @wraps(view)
    def posted(request, link, **more):
        if request.method != "POST":
            return lead(request, page_of(link))
        return view(request, link, **more)

    return for_the_customer(posted)


def page_of(link):
    """The page, by the token with which it was opened."""
    return reverse("portal:page", args=[link.opened_with])


def not_now(request, link, no):
    """A step that could not be taken, and the way back to the page as it stands now."""
    if wants_fragment(request):
        return refuse(request, no)
    told = {**look_of(link.recovery.place.business), "refusal": no, "back": page_of(link)}
    return render(request, "portal/not_now.html", told, status=422)


def no_way_in(request, token):
    """Guessed, old or revoked: what to do next, and nothing else."""
    if Link.was_ours(token):
        return render(request, "portal/no_longer.html", status=410)
    if not GUESSES.allows(request.META["REMOTE_ADDR"]):
        return render(request, "429.html", status=429)
    return render(request, "portal/no_way_in.html", status=404)
