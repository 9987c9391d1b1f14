"""What every answer has in common: who asked, refusals told kindly, pages kept safe."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from amends.kit.errors import Impossible
from amends.kit.pages import lead, refuse, wants_fragment

Answer = Callable[[HttpRequest], HttpResponse]
REDIRECTS = {301, 302, 303, 307, 308}
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
    ]
)


def client_address(get_response: Answer) -> Answer:
    """Behind so many proxies of ours, the address the outermost of them saw."""

    def middleware(request: HttpRequest) -> HttpResponse:
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if settings.AMENDS_PROXIES and len(seen) >= settings.AMENDS_PROXIES and all(seen):
            request.META["REMOTE_ADDR"] = seen[-settings.AMENDS_PROXIES]
        return get_response(request)

    return middleware


def content_security(get_response: Answer) -> Answer:
    """No inline script or style, nothing from elsewhere; a page may set a stricter policy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response

    return middleware


def leading(get_response: Answer) -> Answer:
    """A redirect answered to htmx moves the whole page, so a sign-in never lands in a fragment."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not wants_fragment(request) or response.status_code not in REDIRECTS:
            return response
        led = lead(request, response["Location"])
        led.cookies = response.cookies
        return led

    return middleware


class Impossibilities:
    """A step that says no is not a fault: the person is told why."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refuse(request, error) if isinstance(error, Impossible) else None
