"""Post from people who work here. Only a token of ours **and** a proven sender together let anybody
speak for us by e-mail; whatever is refused is kept as a note, and its writer is told why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.kit.brief import briefly
from amends.kit.errors import Impossible
from amends.kit.refs import new_ref
from amends.mailroom.addresses import StaffToken, staff_token_in
from amends.mailroom.forwarded import as_from, inner_of
from amends.mailroom.letter import Standing
from amends.mailroom.trust import Verdict
from amends.people.person import Person, lowered
from amends.recovery import journey
from amends.recovery.opened import Opened
from amends.recovery.recovery import Recovery
from amends.recovery.written_to import place_of

if TYPE_CHECKING:
    from amends.mailroom.parsing import Parsed
    from amends.mailroom.post import Post

NOT_YOU = "It came from {sender}, and you are known here as {email}."
NOT_PROVEN = "Nothing in it proves that it came from {email}: {why}"
UNSURE = "We could not find out whether it really came from {email}."
BY_MACHINE = "It was written by a machine."
FILES = "Files came with it, and files cannot be sent on by e-mail: {names}."
NOT_FILES = ("application/pgp-signature", "application/pkcs7-signature", "text/calendar")
EMPTY = "There were no words in it that had not been said before."


def needs_proof(parsed: Parsed, post: Post) -> bool:
    """Whether what happens next depends on who really sent it."""
    return token_of(parsed, post) is not None or lowered(parsed.sender.address) in _addresses()


def token_of(parsed: Parsed, post: Post) -> StaffToken | None:
    written_to = [name.address for name in parsed.to + parsed.cc]
    found = map(staff_token_in, [*post.recipients, *parsed.delivered_to, *written_to])
    return next((token for token in found if token), None)


def from_staff(opened: Opened) -> bool:
    """A letter to the customer, or a note, in the name of one of us."""
    token = token_of(opened.parsed, opened.post)
    if token is None:
        return False
    recovery = Recovery.objects.with_people().filter(ref=token.thread).first()
    person = Person.objects.active().filter(ref=token.person).first()
    if recovery is None or person is None:
        return False
    recovery = recovery.goes_on_as()
    why = _why_not(opened, person, recovery, is_note=token.is_note)
    try:
        if not why:
            journey.wrote_by_mail(recovery, words=_words(opened), by=person, is_note=token.is_note)
    except Impossible as no:
        why = str(no)
    kind = "refused" if why else "note" if token.is_note else "staff"
    letter = opened.file(recovery.ref, kind=kind, by_name=person.name)
    if why:
        journey.refuse_by_mail(recovery, letter=letter, person=person, why=why)
    return True


def forwarded(opened: Opened) -> bool:
    """One of us passes a customer's letter on: it is the customer's complaint, and can be undone.
    For anybody else a forwarded letter is their own."""
    person = _proven_person(opened)
    if person is None or opened.parsed.automatic:
        return False
    inner = inner_of(opened.parsed)
    if inner is None or opened.found is not None:
        return False
    why = f"Forwarded by {person.name}."
    theirs = Opened(opened.post, as_from(opened.parsed, inner), Verdict(Standing.UNPROVEN, "", why))
    if theirs.found is not None:
        recovery, _ = theirs.found
        theirs.file(recovery.ref, kind="copy", by_name=person.name)
    else:
        ref = new_ref()
        letter = theirs.file(ref, by_name=person.name)
        place = place_of(opened.post)
        recovery = journey.hear_forwarded(letter, place=place, words=theirs.words, by=person)
    if inner.above:
        journey.note(recovery, words=inner.above, by=person)
    return True


def _why_not(opened: Opened, person: Person, recovery: Recovery, *, is_note: bool) -> str:
    """Why it may not speak for this person; empty when it may."""
    sender, verdict = opened.sender, opened.verdict
    if lowered(sender) != person.email:
        return NOT_YOU.format(sender=sender or "nobody", email=person.email)
    if verdict is None or verdict.standing == Standing.UNKNOWN:
        return UNSURE.format(email=person.email)
    if not verdict.is_proven:
        return NOT_PROVEN.format(email=person.email, why=verdict.why)
    if opened.parsed.automatic:
        return BY_MACHINE
    if (
        not person.may_write
        or not Recovery.objects.visible_to(person).filter(pk=recovery.pk).exists()
    ):
        return "You may not write in this recovery."
    if not _words(opened):
        return EMPTY
    files = _files(opened.parsed)
    return FILES.format(names=", ".join(files)[:200]) if files and not is_note else ""


def _files(parsed: Parsed) -> list[str]:
    """What a reader would miss: not the pictures of a signature, nor the signature itself."""
    return [
        each.name
        for each in parsed.attachments
        if not each.content_id and each.content_type not in NOT_FILES
    ]


def _words(opened: Opened) -> str:
    return opened.parsed.fresh.strip()


def _proven_person(opened: Opened) -> Person | None:
    if opened.verdict is None or not opened.verdict.is_proven:
        return None
    person = Person.objects.active().filter(email=lowered(opened.sender)).first()
    return person if person and person.may_write else None


@briefly
def _addresses() -> frozenset[str]:
    return frozenset(Person.objects.active().values_list("email", flat=True))
