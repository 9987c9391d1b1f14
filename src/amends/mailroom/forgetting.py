"""Letters of somebody who is erased: that they were, when and on which way stays; every word, name,
address and file goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from amends.kit.blanking import blank
from amends.kit.errors import Impossible
from amends.kit.files import forget
from amends.mailroom.attachment import Attachment
from amends.mailroom.letter import Copy, Letter, State
from amends.mailroom.mark import Mark
from amends.mailroom.mention import Mention
from amends.mailroom.post import Post

if TYPE_CHECKING:
    from collections.abc import Collection

KEPT = {"thread", "kind", "channel", "road", "about"}
ON_THEIR_WAY = (State.QUEUED, State.SENDING, State.SCHEDULED)


class OnItsWay(Impossible):
    code = "letter-on-its-way"


def letters_of(threads: Collection[str], emails: Collection[str]) -> QuerySet[Letter]:
    """Those of their conversations, and those in none that are from or to them."""
    from_or_to = Q()
    for email in emails:
        from_or_to |= Q(sender__iexact=email) | Q(recipient__iexact=email)
    alone = Q(thread="") & from_or_to if from_or_to else Q(pk=None)
    return Letter.objects.filter(Q(thread__in=threads) | alone)


def forget_letters(threads: Collection[str], emails: Collection[str]) -> int:
    """How many letters have no words any more. The bytes as they came go with them."""
    letters = letters_of(threads, emails)
    if letters.filter(state__in=ON_THEIR_WAY).exists():
        raise OnItsWay("A letter is still on its way. Take it back, or wait until it has left.")
    keys = list(letters.values_list("pk", flat=True))
    theirs = Letter.objects.filter(pk__in=keys)
    _forget_files(theirs)
    Mention.objects.filter(letter__in=theirs).delete()
    blank(Copy.objects.filter(letter__in=theirs))
    return blank(theirs, keep=KEPT)


def forget_marks(emails: Collection[str]) -> None:
    """What stands against addresses that are nobody's any more."""
    Mark.objects.filter(address__in=[email.lower() for email in emails]).delete()


def _forget_files(theirs: QuerySet[Letter]) -> None:
    """Their own, and no file that somebody else sent too: the same bytes are kept once."""
    attached = Attachment.objects.filter(letter__in=theirs)
    posts = Post.objects.filter(letter__in=theirs)
    digests = {*attached.values_list("digest", flat=True), *posts.values_list("digest", flat=True)}
    also = set(
        Attachment.objects.exclude(letter__in=theirs)
        .filter(digest__in=digests)
        .values_list("digest", flat=True)
    )
    keys = list(posts.values_list("pk", flat=True))
    others = Post.objects.exclude(pk__in=keys).filter(digest__in=digests, content=None)
    also |= set(others.values_list("digest", flat=True))
    attached.update(name="erased", content_type="", content_id="", size=0)
    Post.objects.filter(pk__in=keys).update(
        content=b"", recipients=[], sender="", peer="", trouble="", size=0
    )
    forget(digests - also)
