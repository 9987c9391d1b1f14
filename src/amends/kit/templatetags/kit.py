"""Words and marks in templates: money, moments, icons, and forms that htmx sends."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from amends.kit import money as monies
from amends.kit import when as moments
from amends.kit.clock import now

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """{{ line.amount|money:line.currency }} gives £12.50."""
    return monies.show(amount, currency)


@register.filter
def roughly(amount: Decimal | float | None, currency: str) -> str:
    """{{ worth.amount|roughly:worth.currency }} gives £1,900."""
    return monies.roughly(amount, currency)


@register.filter
def due(at: datetime | None) -> str:
    """{{ promise.due_at|due }} gives by 14:30 today."""
    return moments.due(_here(at), now=_here(now())) if at else ""


@register.filter
def ago(at: datetime | None) -> str:
    """{{ letter.made_at|ago }} gives 5 minutes ago."""
    return moments.ago(_here(at), now=_here(now())) if at else ""


@register.filter
def moment(at: datetime | None) -> str:
    """{{ visit.expected_at|moment }} gives 14:30 tomorrow."""
    return moments.moment(_here(at), now=_here(now())) if at else ""


@register.filter
def day(on: date | None) -> str:
    """{{ order.promised_on|day }} gives tomorrow."""
    if isinstance(on, datetime):
        on = _here(on).date()
    return moments.day(on, today=_here(now()).date()) if on else ""


@register.filter
def passed(at: datetime | None) -> bool:
    """True when the moment has gone by."""
    return at is not None and at <= now()


@register.filter
def minutes_to(since: datetime, at: datetime) -> int:
    """Whole minutes from one moment to another, never less than none."""
    return max(0, int((at - since).total_seconds()) // 60)


@register.filter
def unlocalised(amount: Decimal | int) -> str:
    """12.5 as browsers read it in attributes."""
    return f"{amount:f}" if isinstance(amount, Decimal) else str(amount)


@register.filter
def share(amount: Decimal, per_cent: int) -> str:
    return unlocalised(Decimal(amount) * per_cent / 100)


@register.filter
def hundred(part: float) -> str:
    """0.237 gives 24: how many in a hundred."""
    return f"{100 * part:.0f}"


@register.filter
def initials(name: str) -> str:
    """Ana Maria Lopez gives AL."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag(takes_context=True)
def here(context: template.Context, url: str) -> SafeString:
    """<a href="{{ url }}"{% here url %}>: marks the link of the page one is on."""
    request = context.get("request")
    on = url and request is not None and request.path.startswith(url)
    return mark_safe(' aria-current="page"') if on else mark_safe("")


@register.simple_tag
def when(at: datetime | None, said: str = "ago") -> str:
    """{% when letter.made_at %} or {% when promise.due_at "due" %}: a <time> that stays right."""
    if at is None:
        return ""
    here = _here(at)
    words = {"ago": ago, "due": due, "moment": moment}[said](at)
    return format_html(
        '<live-time data-said="{}"><time datetime="{}" title="{}">{}</time></live-time>',
        said,
        here.isoformat(timespec="seconds"),
        f"{here:%A} {here.day} {here:%B %Y}, {moments.clock(here)}",
        words,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "promises" %}: a mark beside words, never instead of them."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("kit/icons.svg"),
        name,
    )


@register.simple_tag
def posts(view: str, *args: Any, into: str = "", files: bool = False, **kwargs: Any) -> SafeString:
    """<form {% posts "desk:apology" recovery.ref into="apology" %}>: sent by htmx into the
    fragment when it can be, by the browser when not; `files=True` when it carries files."""
    url = view if view.startswith("/") else reverse(view, args=args or None, kwargs=kwargs or None)
    words = format_html('method="post" action="{}"', url)
    if files:
        words += mark_safe(' enctype="multipart/form-data"')
    if into:
        words += format_html(' hx-post="{}" hx-target="#{}" hx-sync="this:drop"', url, into)
    if into and files:
        words += mark_safe(' hx-encoding="multipart/form-data"')
    return words


def _here(at: datetime) -> datetime:
    return timezone.localtime(at)
