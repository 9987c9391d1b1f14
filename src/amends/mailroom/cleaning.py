"""HTML from outside, made harmless for showing: an allow-list, no forms, no pictures from afar."""

from __future__ import annotations

import re
from html import escape

import nh3

from amends.mailroom.plain import from_html

TAGS = set(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
    ]
)
SIZES = {"align", "valign", "width", "height", "bgcolor"}
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "size"},
    "ol": {"start", "type"},
    "table": SIZES | {"border", "cellpadding", "cellspacing"},
    "td": SIZES | {"colspan", "rowspan"},
    "th": SIZES | {"colspan", "rowspan"},
    "tr": SIZES,
    "p": {"align"},
    "div": {"align"},
}
SILENT = {"script", "style", "title", "template", "noscript", "svg", "math", "object", "iframe"}
LONGEST = 2_000_000
DEEPEST = 1_000  # the cleaner's time grows with the square of the depth
NESTING = re.compile(
    r"<(/?)(?:div|blockquote|span|font|table|ul|ol|dl|center|section|article|main|aside|header"
    r"|footer|form|fieldset|figure|details|b|i|u|s|em|strong|small|big|code|tt|a|nav|address)[\s>/]",
    re.IGNORECASE,
)
PICTURE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')  # as the cleaner writes it
AWAY = re.compile(r' src="(?!cid:)([^"]*)"', re.IGNORECASE)


def clean_html(html: str, *, pictures: bool = False) -> str:
    """Safe to put into a sandboxed frame.

    The address of a picture from afar moves to `data-away`, so that the reader can be told and may
    ask for `pictures`. Pictures that came with the letter keep their `cid:` for the page to fill in.
    """
    if len(html) > LONGEST or _deepest(html) > DEEPEST:
        return f"<pre>{escape(from_html(html))}</pre>"
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=SILENT,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )
    return cleaned if pictures else PICTURE.sub(_keep_away, cleaned)


def has_pictures_away(cleaned: str) -> bool:
    return any(" data-away=" in found[1] for found in PICTURE.finditer(cleaned))


def _keep_away(picture: re.Match[str]) -> str:
    attributes = AWAY.sub(r' data-away="\1"', picture[1])
    return f"<img{attributes}>"


def _deepest(html: str) -> int:
    depth = deepest = 0
    for tag in NESTING.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
