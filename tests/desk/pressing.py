"""Pressing buttons of the desk in tests: with a plain browser, and with htmx."""

import re

from django.urls import reverse

from tests import cast

HTMX = {"HTTP_HX_REQUEST": "true"}
MASKED = re.compile(r"[A-Za-z0-9]{64}")
OUT_OF_BAND = re.compile(r'\n<div id="(\w+)" hx-swap-oob="innerHTML">')


def page_of(client, recovery):
    return client.get(reverse("desk:recovery", args=[recovery.ref]))


def press(client, step, on, **words):
    """A plain post: a good one leads to the page, a refused one is the page with the words."""
    return client.post(reverse(f"desk:{step}", args=[on.ref]), words)


def press_quietly(client, step, on, **words):
    return client.post(reverse(f"desk:{step}", args=[on.ref]), words, **HTMX)


def swapped(answer):
    """What htmx puts where: the name of each element, and its new inside."""
    first = answer["HX-Retarget"].removeprefix("#")
    inside, *rest = OUT_OF_BAND.split(plain(answer))
    others = dict(zip(rest[::2], (x.removesuffix("</div>") for x in rest[1::2]), strict=True))
    return {first: inside, **others}


def plain(answer):
    """The answer as text, with the form tokens that differ every time left out."""
    return MASKED.sub("token", answer.content.decode())


def same_as_fresh(answer, fresh):
    """Each swapped piece stands, letter for letter, in the page as it is drawn afresh."""
    pieces = {name: html for name, html in swapped(answer).items() if name != "flash"}
    page = plain(fresh)
    return bool(pieces) and [name for name, html in pieces.items() if html not in page] == []


def stranger():
    """Works for us, somewhere else."""
    return cast.person("Zoe Stranger", at=cast.place("elsewhere", name="Elsewhere"))
