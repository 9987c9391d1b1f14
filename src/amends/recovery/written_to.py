"""Which place a post was written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.kit.brief import briefly
from amends.people.place import Place

if TYPE_CHECKING:
    from amends.mailroom.post import Post


class NoPlace(Exception):
    """Nothing can be heard before the first place is set up; the post waits."""


def place_of(post: Post) -> Place:
    """The box it came by, the address it was sent to, else the first place there is."""
    places = _places()
    if not places:
        raise NoPlace("No place has been set up yet.")
    by_box = (place for place in places if place.ref == post.mailbox)
    by_address = (place for place in places if place.mail_address in post.recipients)
    return next(by_box, None) or next(by_address, None) or places[0]


@briefly
def _places() -> list[Place]:
    known = Place.objects.with_hours().prefetch_related("shifts").select_related("business")
    return list(known.order_by("pk"))
