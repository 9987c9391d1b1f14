"""What stands below our words: the recipient's own last message, which they have, and nothing else.

It is text and stays text: no template ever runs over it, and it is kept apart from our own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.html import escape, urlize

from amends.mailroom.letter import Direction, Letter, State

if TYPE_CHECKING:
    from datetime import tzinfo

MOST_LINES, MOST_CHARACTERS = 60, 4_000
GOES_ON = "[…]"
LOOK = "margin:1.6em 0 0;padding:0 0 0 12px;border-left:3px solid #d8d2c6;color:#6b675f"


def quote_for(recipient: str, *, thread: str, zone: tzinfo) -> str:
    """The last message that came from this very address, headed and marked line by line; nothing
    when there is none. Notes, our own letters and other people's words are never looked at."""
    theirs = Letter.objects.filter(
        thread=thread,
        direction=Direction.IN,
        state=State.RECEIVED,
        sender__iexact=recipient,
        kind="",
        by_name="",
        needs_check=False,
        automatic=False,
    )
    last = theirs.order_by("-made_at", "-pk").first()
    words = _cut((last.fresh or last.text).strip()) if last else []
    if last is None or not words:
        return ""
    on = timezone.localtime(last.made_at, zone)
    marked = "\n".join(f"> {line}".rstrip() for line in words)
    return f"On {on.day} {on:%B %Y} at {on:%H:%M} you wrote:\n{marked}"


def below(text: str, quoted: str) -> str:
    return f"{text.rstrip()}\n\n{quoted}\n" if quoted else text


def below_html(html: str, quoted: str) -> str:
    """Before the end of the body, escaped, with a mark of ours for folding it when it returns."""
    if not quoted:
        return html
    head, *lines = quoted.split("\n")
    words = urlize("\n".join(line[2:] for line in lines), autoescape=True).replace("\n", "<br>\n")
    block = (
        f'<p style="margin:1.6em 0 0;color:#6b675f">{escape(head)}</p>\n'
        f'<blockquote type="cite" style="{LOOK}">{words}</blockquote>\n'
    )
    before, end, after = html.rpartition("</body>")
    return f"{before}{block}{end}{after}" if end else html + block


def _cut(text: str) -> list[str]:
    """Long histories end with a mark, never with a heading that has nothing under it."""
    lines = text[:MOST_CHARACTERS].split("\n")
    if len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES:
        return [*lines[:MOST_LINES], GOES_ON]
    return lines if text else []
