"""How a page answers: find what was asked for, show it, or say where a step leads.

The only place that knows htmx. A fragment is a `partialdef` of the page's own template and is
the inside of the element whose id is the fragment's name.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urldefrag, urlsplit

from django.contrib.messages import get_messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_htmx.middleware import HtmxDetails

from amends.kit.errors import Impossible

Found = TypeVar("Found", bound=Model)
FLASH = "flash"


def find(queryset: QuerySet[Found], **lookup: Any) -> Found:
    """The one row meant, or the page that says nothing is here."""
    try:
        return queryset.get(**lookup)
    except (ObjectDoesNotExist, ValueError) as nothing:
        raise Http404 from nothing


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """A step that says no inside this block says so on the form, and the words are kept."""
    try:
        yield
    except Impossible as no:
        form.add_error(None, no.message)


def answer(
    request: HttpRequest,
    template: str,
    fragment: str | Sequence[str] | None = None,
    *,
    form: BaseForm | None = None,
    to: Any = None,
    stays: bool = False,
    **context: Any,
) -> HttpResponse:
    """The page, or its fragments for htmx; after a good POST the way to `to`; 422 for a form
    with errors. After a good POST by htmx the fragments, unless `to` is another page. With
    `stays` the page is the answer to a POST too: one that changed nothing."""
    names = _names(fragment) if wants_fragment(request) else []
    refused = form is not None and form.is_bound and bool(form.errors)
    done = request.method == "POST" and not refused and not stays
    if done and (not names or _leaves(request, to)):
        return lead(request, request.path if to is None else to)
    if form is not None and not done:
        context["form"] = form
    status = 422 if refused else 200
    if names:
        return _fragments(request, template, names, context, status=status)
    return _vary(render(request, template, context, status=status))


def wants_fragment(request: HttpRequest) -> bool:
    """Asked by htmx for a part of a page, not for a whole one."""
    htmx = HtmxDetails(request)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def lead(request: HttpRequest, to: Any) -> HttpResponse:
    """Send the browser to another page, whether htmx asked or the browser itself."""
    url = resolve_url(to)
    htmx = HtmxDetails(request)
    if not htmx:
        return _vary(HttpResponseRedirect(url, status=303))
    response = HttpResponse()
    if htmx.current_url_abs_path and urldefrag(url).url == urldefrag(htmx.current_url_abs_path).url:
        response["HX-Refresh"] = "true"
    else:
        response["HX-Redirect"] = url
    return _vary(response)


def _leaves(request: HttpRequest, to: Any) -> bool:
    """True when the step leads away from the page htmx asked from."""
    here = HtmxDetails(request).current_url_abs_path
    return bool(to and here and urlsplit(resolve_url(to)).path != urlsplit(here).path)


def refuse(request: HttpRequest, no: Impossible) -> HttpResponse:
    """A step that could not be taken, told to the person where they are."""
    if wants_fragment(request):
        response = HttpResponse(render_to_string("kit/parts/refusal.html", {"refusal": no}))
        response["HX-Retarget"], response["HX-Reswap"] = f"#{FLASH}", "innerHTML show:window:top"
        response.status_code = 422
        return _vary(response)
    return _vary(render(request, "kit/impossible.html", {"refusal": no}, status=422))


def _names(fragment: str | Sequence[str] | None) -> list[str]:
    return [fragment] if isinstance(fragment, str) else list(fragment or ())


def _fragments(
    request: HttpRequest, template: str, names: list[str], context: dict[str, Any], *, status: int
) -> HttpResponse:
    """The first fragment, then the others and any flash messages out of band."""
    first, *others = names
    pieces = [render_to_string(f"{template}#{first}", context, request)]
    pieces += [
        _out_of_band(name, render_to_string(f"{template}#{name}", context, request))
        for name in others
    ]
    if len(get_messages(request)):
        pieces.append(_out_of_band(FLASH, render_to_string("kit/parts/flash.html", {}, request)))
    response = HttpResponse("\n".join(pieces), status=status)
    response["HX-Retarget"], response["HX-Reswap"] = f"#{first}", "innerHTML"
    return _vary(response)


def _out_of_band(name: str, html: str) -> SafeString:
    return format_html(
        '<div id="{}" hx-swap-oob="innerHTML">{}</div>',
        name,
        mark_safe(html),  # noqa: S308 - rendered by our own template
    )


def _vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response
