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
LONGEST = 500_000  # its time grows with the square of the attributes of one tag, too
DEEPEST = 1_000  # the cleaner's time grows with the square of the depth
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
# Tags that end by themselves when the next one like them begins, or hold nothing.
FLAT = {"p", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup"}
FLAT |= {
    "br",
    "img",
    "hr",
    "meta",
    "link",
    "input",
    "col",
    "base",
    "area",
    "wbr",
    "embed",
    "source",
}
FLAT |= {"track", "param", "image", "html", "head", "body", "frame"}
INSIDE = re.compile(r"data:[a-zA-Z0-9./+-]{1,60};base64,[A-Za-z0-9+/=%\s]{500,}")  # never shown
PICTURE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')  # as the cleaner writes it
LINK = re.compile(r'<a href="(https?://([^"/?#\\]*)[^"]*)"[^>]*>(.*?)</a>', re.I | re.S)
AWAY = re.compile(r' src="(?!cid:)([^"]*)"', re.IGNORECASE)


def clean_html(html: str, *, pictures: bool = False) -> str:
    """Safe to put into a sandboxed frame.

    The address of a picture from afar moves to `data-away`, so that the reader can be told and may
    ask for `pictures`. Pictures that came with the letter keep their `cid:` for the page to fill in.
    """
    html = INSIDE.sub("", html)
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


def with_hosts(cleaned: str) -> str:
    """After each link, the host it really leads to, unless the words say just that."""
    return LINK.sub(_name_host, cleaned)


def _name_host(link: re.Match[str]) -> str:
    host = link[2].rpartition("@")[2].lower()
    if link[3].strip().lower().removeprefix("https://").removeprefix("http://") == host:
        return link[0]
    return f"{link[0]} <code>\u2068[{host}]\u2069</code>"


def _keep_away(picture: re.Match[str]) -> str:
    attributes = AWAY.sub(r' data-away="\1"', picture[1])
    return f"<img{attributes}>"


def _deepest(html: str) -> int:
    depth = deepest = 0
    for tag in TAG.finditer(html):
        if tag[2].lower() in FLAT:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
