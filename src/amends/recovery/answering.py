"""An answer in a conversation we know: from the customer, a companion, or somebody we do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.kit.ready import ready
from amends.mailroom.letter import Asks, Letter
from amends.mailroom.subjects import is_about
from amends.recovery import journey
from amends.recovery.participants import TakesPart, part_of
from amends.recovery.reading import Meaning, meaning_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.recovery.opened import Opened
    from amends.recovery.recovery import Recovery

SUBJECTS = 50  # of the latest letters


def answer(opened: Opened) -> bool:
    """False when it belongs to no conversation, or when whoever wrote it has no part in the one it
    only seems to belong to."""
    if opened.found is None:
        return False
    recovery, match = opened.found
    taking_part = part_of(recovery, opened.sender)
    if taking_part is TakesPart.CUSTOMER:
        return _from_customer(opened, recovery)
    if not match.is_strong:
        return False
    if taking_part is TakesPart.COMPANION:
        letter = opened.file(recovery.ref, kind="companion")
        journey.companion_wrote(recovery, letter=letter)
    else:
        letter = opened.file(recovery.ref, kind="stranger", needs_check=True, asks=Asks.STRANGER)
        journey.stranger_wrote(recovery, letter=letter)
    return True


def _from_customer(opened: Opened, recovery: Recovery) -> bool:
    if opened.parsed.automatic:
        opened.file(recovery.ref)
        return True
    is_new = _has_a_new_subject(opened, recovery)
    if is_new and recovery.closed_at and meaning_of(opened.words) is Meaning.SOMETHING:
        return False
    letter = opened.file(recovery.ref, asks=Asks.SUBJECT if is_new else "")
    journey.customer_wrote(recovery, words=opened.words, channel="e-mail", letter=letter)
    return True


def _has_a_new_subject(opened: Opened, recovery: Recovery) -> bool:
    """People press «answer» to write about something else."""
    subject = opened.parsed.subject
    if is_about(subject, [recovery.about]) or is_about(subject, opened.said_before.subjects):
        return False
    return not is_about(subject, _subjects(recovery.ref))


@ready
def _subjects(thread: str) -> QuerySet[Letter, str]:
    letters = Letter.objects.filter(thread=thread).order_by("-pk")
    return letters.values_list("subject", flat=True)[:SUBJECTS]
