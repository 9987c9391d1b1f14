"""Post in: whatever reaches us becomes a complaint, or finds its recovery. Stored first, read
second, one transaction a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from amends.customers.customer import Customer
from amends.kit.brief import remembering
from amends.kit.clock import now
from amends.kit.ready import reserve
from amends.kit.refs import new_ref
from amends.mailroom.letter import Letter, Standing
from amends.mailroom.mark import Mark
from amends.mailroom.parsing import Parsed
from amends.mailroom.post import Post, store
from amends.mailroom.trust import Verdict, by_the_hop, judge, without_markers
from amends.people.place import Place
from amends.recovery import journey
from amends.recovery.answering import answer
from amends.recovery.copies import same_again
from amends.recovery.failure import Failure
from amends.recovery.from_staff import forwarded, from_staff, needs_proof
from amends.recovery.machines import by_machine, written_by
from amends.recovery.opened import Opened
from amends.recovery.recovery import Recovery
from amends.recovery.self_test import own_test
from amends.recovery.written_to import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = structlog.get_logger(__name__)
# After so many tries it is shown as it came. Where opening it failed, that will not change; where we
# only died meanwhile, as when the power fails, it is seldom the fault of the message.
LAST_TRY, LAST_DEATH = 3, 5
OF_A_FIRST_WORD = Customer, Letter, Recovery, Failure, Letter  # the second is the acknowledgement


class NotSure(Exception):
    """It cannot be said now who sent it; it is tried once more."""


def take_in(
    raw: bytes,
    *,
    way: str,
    sender: str = "",
    recipients: Sequence[str] = (),
    place: str = "",
    peer: str = "",
) -> Post:
    """Returns once the bytes are stored for good. Opening may fail and is tried again later."""
    post = store(raw, way=way, sender=sender, recipients=recipients, mailbox=place, peer=peer)
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
        with remembering():
            open_post(post, give_up=post.tries >= (LAST_TRY if post.trouble else LAST_DEATH))
    except Exception as trouble:  # any failure at all: the post stays, and is tried again
        log.exception("post could not be opened", post=post.pk)
        post.stumble(trouble)
        return False
    finally:
        post.let_go()
    return True


def open_post(post: Post, *, give_up: bool = False) -> None:
    """Whatever takes time or asks the net comes first; the database is held only for the filing."""
    parsed = without_markers(Parsed.unreadable(post.raw()) if give_up else post.parsed)
    opened = Opened(post, parsed, _verdict(post, parsed))
    theirs = written_by(opened)
    with post.opening(lambda: foresee(theirs)) as is_mine:
        if not is_mine or own_test(opened):
            return
        if give_up or not by_machine(opened):
            next(decision for decision in DECISIONS if decision(theirs))


def foresee(opened: Opened) -> None:
    """What is asked first takes along what will be asked of an answer, or of a first word, where it can be
    told which of them it is."""
    opened.matching.will_be_known()
    if not (opened.will_be_found() or opened.matching.ids or opened.parsed.automatic):
        reserve(*OF_A_FIRST_WORD)
        Customer.will_be_met(email=opened.sender)
        Mark.will_be_looked_for(opened.sender)


def _verdict(post: Post, parsed: Parsed) -> Verdict | None:
    """The trusted hop's word costs nothing. Asking the net takes time: only for post on which
    something hangs now; the rest is looked at later (`look_into_senders`)."""
    if (said := by_the_hop(parsed)) is not None or not needs_proof(parsed, post):
        return said
    verdict = judge(post, parsed)
    if verdict.standing == Standing.UNKNOWN and post.tries == 1:
        raise NotSure(verdict.why)
    return verdict


def first_word(opened: Opened) -> bool:
    """Somebody tells us something for the first time, or something new."""
    reserve(*OF_A_FIRST_WORD)
    ref = new_ref()
    sender = opened.parsed.sender
    recovery = journey.hear(
        customer=Customer.met(name=sender.name, email=sender.address),
        place=place_of(opened.post),
        words=opened.words,
        channel="e-mail",
        about=opened.parsed.subject,
        letter=opened.file(ref),
        ref=ref,
    )
    before = opened.came_out_of
    if before is not None and before.customer_id == recovery.customer_id:
        recovery.follows(before)
    return True


# The order of decisions: the first that says yes has filed the letter.
DECISIONS: tuple[Callable[[Opened], bool], ...] = (
    from_staff,
    same_again,
    answer,
    forwarded,
    first_word,
)
