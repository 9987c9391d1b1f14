"""One message to one browser by Web Push: sealed for it alone, signed by us (RFC 8030, 8291, 8292)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from amends.connections.phones.keys import keys
from amends.kit.outside import Refused, Unreachable, ask

if TYPE_CHECKING:
    from amends.connections.phones.phone import Subscription
    from amends.connections.phones.wording import Message

PATIENCE = 10.0
GONE = frozenset({404, 410})
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class Sent(NamedTuple):
    """How it went: taken, gone for good, or perhaps another time."""

    is_taken: bool = False
    is_gone: bool = False
    may_try_again: bool = False
    why: str = ""


def push(subscription: Subscription, message: Message, *, seconds: int) -> Sent:
    """`seconds`: how long it is any news. A message told again takes the place of the first."""
    try:
        body, headers = _sealed(subscription, message, seconds=seconds)
        answer = ask(
            subscription.endpoint, method="POST", body=body, headers=headers, patience=PATIENCE
        )
    except Refused as no:
        return Sent(why=str(no))
    except Unreachable as no:
        return Sent(may_try_again=True, why=str(no))
    if 200 <= answer.status < 300:
        return Sent(is_taken=True)
    why = f"The push service said {answer.status}."
    if answer.status in GONE:
        return Sent(is_gone=True, why=why)
    return Sent(may_try_again=answer.status in LATER, why=why)


def _sealed(
    subscription: Subscription, message: Message, *, seconds: int
) -> tuple[bytes, dict[str, str]]:
    # Imported here: wanted only where somebody has a telephone.
    from webpush import WebPush
    from webpush.types import WebPushSubscription

    pair = keys()
    ours = WebPush(
        private_key=pair.private,
        public_key=pair.public,
        subscriber=f"desk@{settings.AMENDS_MAIL_DOMAIN}",
        ttl=max(seconds, 1),
    )
    theirs = WebPushSubscription.model_validate(
        {
            "endpoint": subscription.endpoint,
            "keys": {"auth": subscription.auth, "p256dh": subscription.p256dh},
        }
    )
    made = ours.get(json.dumps(message._asdict(), ensure_ascii=False), theirs)
    usual = {
        "Content-Type": "application/octet-stream",
        "Urgency": "high",
        "Topic": message.tag[:32],
    }
    signed = {name: str(value) for name, value in made.headers.items()}
    return made.encrypted, signed | usual
