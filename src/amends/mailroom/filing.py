"""How a letter is put on file: one that came by post, and what was said on any other channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from amends.kit.clock import now
from amends.kit.ready import add
from amends.mailroom.attachment import enclose
from amends.mailroom.ids import id_key, made_up_id
from amends.mailroom.letter import Direction, Letter, State

if TYPE_CHECKING:
    from datetime import datetime

    from amends.mailroom.parsing import Parsed
    from amends.mailroom.post import Post


@transaction.atomic(savepoint=False)
def file_in(post: Post, parsed: Parsed, *, thread: str, **facts: Any) -> Letter:
    """Turn an opened post into the one letter it carries, with its attachments. `facts` are what is
    known beyond its bytes: `kind`, `needs_check`, `asks`, `standing`, `by_name`, `copy_of`."""
    recipient = parsed.to[0] if parsed.to else None
    message_id = parsed.message_id or made_up_id(post.digest)
    letter = Letter(
        direction=Direction.IN,
        channel="email",
        state=State.RECEIVED,
        thread=thread,
        sender=parsed.sender.address,
        sender_name=parsed.sender.name,
        reply_to=parsed.reply_to.address if parsed.reply_to else "",
        recipient=recipient.address if recipient else "",
        recipient_name=recipient.name if recipient else "",
        subject=parsed.subject,
        text=parsed.text,
        fresh=parsed.fresh,
        signature=parsed.signature,
        html=parsed.html,
        message_id=message_id,
        id_key=id_key(message_id),
        in_reply_to=parsed.in_reply_to,
        references=parsed.references,
        made_at=post.received_at,
        post=post,
        automatic=parsed.automatic,
        trouble="\n".join(filter(None, [parsed.trouble, *parsed.notes])),
        **{"signs": _signs(parsed), **facts},
    )
    add(letter)
    enclose(letter, parsed.attachments)
    return letter


def log(
    thread: str,
    *,
    channel: str,
    direction: str,
    text: str,
    by_name: str = "",
    at: datetime | None = None,
    sender_name: str = "",
    subject: str = "",
) -> Letter:
    """Write down what was said in person, on the telephone, on the customer's page or on paper."""
    return Letter.objects.create(
        direction=direction,
        channel=channel[:30],
        state=State.LOGGED,
        thread=thread,
        sender_name=sender_name[:200],
        subject=subject,
        text=text,
        fresh=text,
        made_at=at or now(),
        by_name=by_name[:200],
    )


def _signs(parsed: Parsed) -> str:
    return parsed.nature.why if parsed.automatic else parsed.nature.no_answer
