"""Somebody before a browser without scripts: reads what a page says and presses what stands there.
A button that is missing, or a field that a form does not ask for, fails the test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

Attributes = dict[str, str]
SILENT = ("script", "style", "template", "head")
INLINE = ("a", "b", "code", "em", "i", "live-time", "small", "span", "strong", "time")


@dataclass
class Button:
    """What can be pressed; `name` and `value` say which one it was."""

    attributes: Attributes
    words: str = ""


@dataclass
class Form:
    """A form as the page drew it, with what it would send if one merely pressed."""

    attributes: Attributes
    given: dict[str, list[str]] = field(default_factory=dict)
    asks: dict[str, set[str] | None] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)

    def ask(self, name: str, *, choice: str | None = None, value: str | None = None) -> None:
        """A field of that name; with `choice` one of several; with `value` filled in already."""
        if not name:
            return
        if choice is None:
            self.asks[name] = None
        else:
            known = self.asks.setdefault(name, set())
            assert known is not None
            known.add(choice)
        if value is not None:
            self.given.setdefault(name, []).append(value)

    def filled(self, given: Mapping[str, Any]) -> dict[str, Any]:
        sent: dict[str, Any] = dict(self.given)
        for name, value in given.items():
            assert name in self.asks, f"no field {name!r} here, only {sorted(self.asks)}"
            values = value if isinstance(value, list) else [] if value is False else [value]
            choices = self.asks[name]
            assert choices is None or {str(v) for v in values} <= choices, f"{name}: {choices}"
            sent[name] = values
        return sent


class Reading(HTMLParser):
    """One pass over a page: its words, its links, its forms."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: dict[str, Form] = {}
        self._form: Form | None = None
        self._buttons: list[Button] = []
        self._link: tuple[str, int] | None = None
        self._area: tuple[Form, str, int] | None = None
        self._select: tuple[Form, str] | None = None
        self._silent = 0
        self.feed(html)

    @property
    def text(self) -> str:
        return _one_line(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._apart(tag)
        if tag in SILENT:
            self._silent += 1
        elif tag == "form":
            self._form = self._known(told.get("id") or f"form {len(self.forms)}")
            self._form.attributes = told
        elif tag == "a" and "href" in told:
            self._link = (told["href"], len(self.words))
        elif (form := self._owner(told)) is not None:
            self._control(tag, told, form)

    def handle_endtag(self, tag: str) -> None:
        self._apart(tag)
        if tag in SILENT:
            self._silent -= 1
        elif tag == "form":
            self._form = None
        elif tag == "a" and self._link:
            url, start = self._link
            self.links.append((_one_line(self.words[start:]), url))
            self._link = None
        elif tag == "button" and self._buttons:
            self._buttons.pop()
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            form, name, start = self._area
            form.ask(name, value="".join(self.words[start:]).strip())
            self._area = None

    def handle_data(self, words: str) -> None:
        if not self._silent:
            self.words.append(words)
        for button in self._buttons:
            button.words = _one_line([button.words, " ", words])

    def _apart(self, tag: str) -> None:
        """What stands in boxes of its own is read apart."""
        if tag not in INLINE and not self._area:
            self.words.append(" ")

    def _control(self, tag: str, told: Attributes, form: Form) -> None:
        name, kind = told.get("name", ""), told.get("type", "")
        if tag == "button" and kind != "button":
            form.buttons.append(Button(told))
            self._buttons.append(form.buttons[-1])
        elif tag == "input" and kind in ("checkbox", "radio"):
            value = told.get("value", "on")
            form.ask(name, choice=value, value=value if "checked" in told else None)
        elif tag == "input":
            form.ask(name, value=None if kind == "file" else told.get("value", ""))
        elif tag == "textarea":
            self._area = (form, name, len(self.words))
        elif tag == "select":
            self._select = (form, name)
        elif tag == "option" and self._select:
            self._option(told, *self._select)

    @staticmethod
    def _option(told: Attributes, form: Form, name: str) -> None:
        value = told.get("value", "")
        if "selected" in told:
            form.given[name] = []
        chosen = "selected" in told or name not in form.given
        form.ask(name, choice=value, value=value if chosen else None)

    def _owner(self, told: Attributes) -> Form | None:
        return self._known(told["form"]) if "form" in told else self._form

    def _known(self, name: str) -> Form:
        return self.forms.setdefault(name, Form({}))


class Screen:
    """`screen.open("/desk/today/")`, then `screen.press("Say sorry", words=…)`."""

    def __init__(self, url: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.status = 0
        if url:
            self.open(url)

    def open(self, url: str, *, status: int = 200) -> Screen:
        return self._see(self.client.get(_path(url), follow=True), status)

    def follow(self, words: str) -> Screen:
        """The link with these words."""
        urls = {url for said, url in self.page.links if said == words}
        assert len(urls) == 1, f"{len(urls)} links {words!r} among {self.page.links}"
        return self.open(urljoin(self.url, urls.pop()))

    def press(self, button: str, *, on: str = "", status: int = 200, **given: Any) -> Screen:
        """The button with these words; where there are several, the one whose address has `on`."""
        found = [
            (form, pressed, form.attributes.get("action") or self.url)
            for form in self.page.forms.values()
            for pressed in form.buttons
            if pressed.words == button
        ]
        found = [one for one in found if on in one[2]]
        assert found, f"no button {button!r} among {self.buttons}"
        assert len({url for _, _, url in found}) == 1, f"which {button!r}? {found}"
        form, pressed, url = found[0]
        sent = form.filled(given)
        if "name" in pressed.attributes:
            sent[pressed.attributes["name"]] = pressed.attributes.get("value", "")
        url = urljoin(self.url, pressed.attributes.get("formaction") or url)
        if form.attributes.get("method", "get").lower() == "get":
            return self._see(self.client.get(url, sent, follow=True), status)
        return self._see(self.client.post(url, sent, follow=True), status)

    @property
    def buttons(self) -> list[str]:
        return [button.words for form in self.page.forms.values() for button in form.buttons]

    @property
    def to_copy(self) -> list[str]:
        """What the page offers to copy."""
        return re.findall(r'<copy-text text="([^"]+)"', self.html)

    @property
    def text(self) -> str:
        return self.page.text

    def shows(self, *words: str) -> Screen:
        missing = [said for said in words if said not in self.text]
        assert not missing, f"{missing} missing at {self.url}: {self.text}"
        return self

    def hides(self, *words: str) -> None:
        shown = [said for said in words if said in self.text]
        assert not shown, f"{shown} shown at {self.url}: {self.text}"

    def section(self, name: str) -> str:
        """The words of the element with this id."""
        return Reading(_inside(self.html, name)).text

    def _see(self, response: Any, status: int) -> Screen:
        self.html = response.content.decode()
        self.page = Reading(self.html)
        assert response.status_code == status, f"{response.status_code}: {self.text[:600]}"
        self.url, self.status = response.request["PATH_INFO"], response.status_code
        return self


def _inside(html: str, name: str) -> str:
    """From the element with this id to where it ends, by counting its own tag."""
    start = re.search(rf'<(\w+)[^>]*\bid="{re.escape(name)}"[^>]*>', html)
    assert start, f"nothing here has the id {name!r}"
    tag, deep = start[1], 1
    for found in re.finditer(rf"<(/?){tag}\b[^>]*>", html[start.end() :]):
        deep += -1 if found[1] else 1
        if not deep:
            return html[start.end() : start.end() + found.start()]
    return html[start.end() :]


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _one_line(words: list[str]) -> str:
    return " ".join("".join(words).split())
