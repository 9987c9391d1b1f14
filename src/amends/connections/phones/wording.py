"""What stands on the screen of a phone that anybody may be looking at: a name and what is owed, or
not even that."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from amends.recovery.notice import About, Notice

RINGS = {
    About.ARRIVAL: "Arrivals has something for you",
    About.CALL: "A customer is calling",
    About.BROKEN: "A promise was broken",
    About.APPROVAL: "A yes is asked for",
    About.PERSON: "Something is yours now",
    About.NOT_FIXED: "Something is not fixed yet",
}
# Their words hold a name and what is owed, and nothing of the story.
WHOLE = frozenset({About.ARRIVAL, About.CALL, About.BROKEN})
PAGES = {
    About.ARRIVAL: "desk:arrivals",
    About.CALL: "desk:arrivals",
    About.APPROVAL: "desk:approvals",
}


class Message(NamedTuple):
    title: str
    body: str
    tag: str
    url: str

    @property
    def address(self) -> str:
        return urljoin(settings.AMENDS_URL, self.url)


def message(notice: Notice, *, with_names: bool) -> Message:
    about = About(notice.about)
    title, body = RINGS[about], ""
    if with_names and about in WHOLE:
        title, body = _parted(notice.words, called=notice.recovery.customer.called)
    elif with_names:
        body = notice.recovery.customer.called
    return Message(title, body, tag=f"notice-{notice.pk}", url=_page(notice, about))


def a_test(with_names: bool) -> Message:
    """As it will look, and nobody is waiting."""
    words = "Robert Finch is here, table 7" if with_names else RINGS[About.ARRIVAL]
    return Message(words, "This is a test: nobody is waiting.", "test", reverse("desk:arrivals"))


def _parted(words: str, *, called: str) -> tuple[str, str]:
    """«Robert Finch is here» and «Ask for me next time»; a full stop in a name parts nothing."""
    begin = words.find(called) + len(called) if called in words else 0
    found = re.compile(r"[.:] ").search(words, begin)
    if found is None:
        return words.rstrip("."), ""
    return words[: found.start()], words[found.end() :]


def _page(notice: Notice, about: About) -> str:
    if about in PAGES:
        return reverse(PAGES[about])
    return reverse("desk:recovery", args=[notice.recovery.ref])
