"""Which place a post was written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, When

from amends.people.place import Place

if TYPE_CHECKING:
    from amends.mailroom.post import Post


class NoPlace(Exception):
    """Nothing can be heard before the first place is set up; the post waits."""


def place_of(post: Post) -> Place:
    """The box it came by, the address it was sent to, else the first place there is."""
    meant = Case(
        When(ref=post.mailbox, then=0), When(mail_address__in=post.recipients, then=1), default=2
    )
    known = Place.objects.with_hours().select_related("business")
    found = known.order_by(meant, "pk").first()
    if found is None:
        raise NoPlace("No place has been set up yet.")
    return found
