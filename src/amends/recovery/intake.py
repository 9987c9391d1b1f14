"""Post in: whatever reaches us becomes a complaint, or finds its recovery. Stored first, read
second, one transaction a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.db.models import Case, When

from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.kit.refs import new_ref
from amends.mailroom.letter import file_in
from amends.mailroom.matching import find_thread
from amends.mailroom.parsing import Parsed, parse
from amends.mailroom.post import Post, store
from amends.people.place import Place
from amends.recovery import journey
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Sequence

log = structlog.get_logger(__name__)
LAST_TRY = 3
UNREADABLE = "This message could not be read. The original is attached as it came."
NO_WORDS = "There are no words in this message; see what is attached."


class NoPlace(Exception):
    """Nothing can be heard before the first place is set up; the post waits."""


def take_in(
    raw: bytes, *, way: str, sender: str = "", recipients: Sequence[str] = (), place: str = ""
) -> Post:
    """Returns once the bytes are stored for good. Opening may fail and is tried again later."""
    post = store(raw, way=way, sender=sender, recipients=recipients, mailbox=place)
    if post.read_at is None:
        try_to_open(post)
    return post


def open_waiting_post(limit: int = 100) -> int:
    """What was left lying: after a crash, or because opening failed before. Before the first place
    is set up nothing is tried, so that waiting uses up no tries."""
    if not Place.objects.exists():
        return 0
    waiting = Post.objects.waiting(now())[:limit]
    return sum(post.take_up(now()) and try_to_open(post) for post in waiting)


def try_to_open(post: Post) -> bool:
    try:
        open_post(post, give_up=post.tries >= LAST_TRY)
    except Exception as trouble:  # any failure at all: the post stays, and is tried again
        log.exception("post could not be opened", post=post.pk)
        post.stumble(trouble)
        return False
    return True


def open_post(post: Post, *, give_up: bool = False) -> None:
    with post.opening() as is_mine:
        if not is_mine:
            return
        parsed = Parsed.unreadable(post.raw()) if give_up else _parsed(post)
        match = find_thread(parsed, post.recipients)
        recovery = _recovery(match.thread) if match else None
        if recovery is not None:
            _file_reply(recovery, post, parsed)
        else:
            _hear(post, parsed)


def _parsed(post: Post) -> Parsed:
    return parse(post.raw(), null_sender=post.has_null_sender)


def _recovery(thread: str) -> Recovery | None:
    return Recovery.objects.with_people().filter(ref=thread).first()


def _file_reply(recovery: Recovery, post: Post, parsed: Parsed) -> None:
    """Somebody we do not know in this conversation does not join it silently (guarantee 4)."""
    known = _is_known(recovery, parsed)
    letter = file_in(post, parsed, thread=recovery.ref, needs_check=not known)
    if not known:
        words = f"{parsed.sender.address or 'Somebody'} answered in the name of {recovery}."
        Notice.tell(recovery.owner, recovery, About.POST, words, at=now())
    elif not parsed.automatic:
        words = _words(parsed)
        journey.customer_wrote(recovery, words=words, channel="e-mail", letter=letter)


def _is_known(recovery: Recovery, parsed: Parsed) -> bool:
    keys = recovery.customer.addresses.filter(kind="email").values_list("key", flat=True)
    return parsed.sender.address.lower() in set(keys)


def _hear(post: Post, parsed: Parsed) -> None:
    place = _place(post)
    customer = Customer.met(name=parsed.sender.name, email=parsed.sender.address)
    ref = new_ref()
    letter = file_in(post, parsed, thread=ref)
    journey.hear(
        customer=customer,
        place=place,
        words=_words(parsed),
        channel="e-mail",
        about=parsed.subject,
        letter=letter,
        ref=ref,
    )


def _place(post: Post) -> Place:
    """The box it came by, the address it was sent to, else the first place there is."""
    meant = Case(
        When(ref=post.mailbox, then=0), When(mail_address__in=post.recipients, then=1), default=2
    )
    known = Place.objects.with_hours().select_related("business")
    found = known.order_by(meant, "pk").first()
    if found is None:
        raise NoPlace("No place has been set up yet.")
    return found


def _words(parsed: Parsed) -> str:
    if parsed.trouble and not parsed.text.strip():
        return UNREADABLE
    return parsed.fresh.strip() or parsed.text.strip() or NO_WORDS
