"""Post that a machine wrote: kept on its recovery, never answered; it opens nothing again and moves
no clock. What might be a person's after all is heard like everybody's (mail guarantees 7 and 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from amends.customers.customer import AddressKind, key_of
from amends.kit.clock import now
from amends.mailroom import bounce, sighting
from amends.mailroom.addresses import letter_in, thread_in
from amends.mailroom.automatic import Kind
from amends.mailroom.forwarded import as_from, inner_of
from amends.mailroom.letter import Direction, Letter, Standing, State
from amends.mailroom.trust import Verdict
from amends.people.person import Person, lowered
from amends.recovery import journey
from amends.recovery.gate import is_own
from amends.recovery.opened import Opened
from amends.recovery.participants import TakesPart, part_of
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Callable

    from amends.mailroom.bounce import Outcome, Report

ARRIVING = (State.HANDED_OVER, State.UNCERTAIN)


def by_machine(opened: Opened) -> bool:
    """True when it was a machine's, and has been filed as such."""
    return WHAT_TO_DO.get(opened.parsed.nature.kind, _leave)(opened)


def written_by(opened: Opened) -> Opened:
    """Who is to be heard: whoever wrote what a rule passed on to us, or whom our own address names
    as the one to answer. Ours are never a customer's."""
    parsed = opened.parsed
    inner = inner_of(parsed) if parsed.nature.by_rule else None
    if inner is not None and not is_own(inner.sender.address):
        why = Verdict(Standing.UNPROVEN, "", "A rule of a mailbox passed it on.")
        return Opened(opened.post, as_from(parsed, inner), why)
    if not is_own(parsed.sender.address):
        return opened
    meant = parsed.reply_to
    if meant is None or is_own(meant.address):
        meant = parsed.sender._replace(address="")
    return Opened(opened.post, replace(parsed, sender=meant), opened.verdict)


def _leave(opened: Opened) -> bool:
    return False


def _answer(opened: Opened) -> bool:
    """An automatic answer, or what a machine sends: into the conversation it belongs to."""
    about_us = _letter_to_one_of_us(opened)
    if about_us is not None:
        _file(opened, about_us.about, is_theirs=False)
        return True
    recovery = _recovery_of(opened)
    if recovery is None:
        is_ours = _is_one_of_us(opened)
        return is_ours and _file(opened, "", is_theirs=False)
    is_theirs = part_of(recovery, opened.sender) is TakesPart.CUSTOMER
    _file(opened, recovery.ref, is_theirs=is_theirs)
    return True


def _file(opened: Opened, thread: str, *, is_theirs: bool) -> bool:
    nature = opened.parsed.nature
    letter = opened.file(thread, kind=str(nature.kind))
    recovery = Recovery.objects.with_people().filter(ref=thread).first() if thread else None
    if recovery is not None and nature.kind is Kind.NOTICE:
        journey.machine_wrote(recovery, letter=letter)
    if recovery is not None and is_theirs and nature.until is not None:
        journey.says_away(recovery, until=nature.until)
    return True


def _recovery_of(opened: Opened) -> Recovery | None:
    """The one it answers; else the one that this sender's machine opened before and that is still
    open, so that a robot opens one and not one a day."""
    if opened.found is not None:
        return opened.found[0]
    theirs = Recovery.objects.open().filter(
        customer__addresses__kind=AddressKind.EMAIL,
        customer__addresses__key=key_of(AddressKind.EMAIL, opened.sender),
        complaints__letter__automatic=True,
    )
    return theirs.with_people().order_by("-known_at").first() if opened.sender else None


def _letter_to_one_of_us(opened: Opened) -> Letter | None:
    """What answers a letter that went to somebody who works here says nothing to a customer."""
    ids = [opened.parsed.in_reply_to, *reversed(opened.parsed.references)]
    refs = [letter_in(each) for each in ids if each] + [
        thread_in(each) for each in opened.post.recipients
    ]
    known = [ref for ref in refs if ref]
    found = Letter.objects.filter(ref__in=known, thread="", direction=Direction.OUT)
    return found.first() if known else None


def _is_one_of_us(opened: Opened) -> bool:
    return bool(Person.objects.filter(email=lowered(opened.sender)).exists())


def _ours(opened: Opened) -> bool:
    """It went round by an alias and came to us: there is nothing new in it."""
    ref = letter_in(opened.parsed.message_id)
    letter = Letter.objects.filter(ref=ref).first()
    opened.file(letter.thread if letter else "", kind=str(Kind.OURS))
    return True


def _bounce(opened: Opened) -> bool:
    """Without a good signature of ours it is about no letter of ours, or made up: kept, and of no
    effect."""
    report = bounce.read(opened.parsed, opened.post.recipients)
    letter, sure = _letter_of(report)
    _keep_report(opened, letter)
    if letter is None:
        return True
    for outcome in report.outcomes:
        if outcome.fate is bounce.Fate.DELAYED:
            journey.is_late(letter, why=outcome.words)
        elif outcome.fate is bounce.Fate.CAME_BACK:
            _came_back(letter, outcome, sure=sure)
    return True


def _came_back(letter: Letter, outcome: Outcome, *, sure: bool) -> None:
    """A mailbox that passes mail on may report for an address of its own: the one that we know is
    meant. What does not name the letter itself marks nothing for long."""
    grip = str(outcome.grip) if outcome.grip is not bounce.Grip.NONE else ""
    if grip and not sure:
        grip = str(bounce.Grip.SOFT)
    copies = {copy.address.lower() for copy in letter.also_to.all()}
    to = outcome.recipient if outcome.recipient in copies else letter.recipient
    journey.came_back(letter, to=to, why=outcome.words, grip=grip, at=now())


def _reported(opened: Opened) -> bool:
    letter, sure = _letter_of(bounce.read_feedback(opened.parsed, opened.post.recipients))
    _keep_report(opened, letter)
    if letter is not None and sure and letter.thread:
        journey.not_wanted(letter, at=now())
    return True


def _sighted(opened: Opened) -> bool:
    """Numbers for the settings, and about no customer."""
    sighting.note(opened.parsed.attachments)
    opened.file("", kind=str(Kind.SIGHTINGS))
    return True


def _receipt(opened: Opened) -> bool:
    found = opened.found
    opened.file(found[0].ref if found else "", kind=str(Kind.RECEIPT))
    return True


def _keep_report(opened: Opened, letter: Letter | None) -> None:
    thread = letter.thread if letter is not None else ""
    opened.file(thread, kind=str(opened.parsed.nature.kind), needs_check=letter is None)


def _letter_of(report: Report) -> tuple[Letter | None, bool]:
    """By its own id, which proves it; else the latest that went to that address in a conversation
    which the report names with our signature."""
    ours = Letter.objects.filter(direction=Direction.OUT)
    if report.letters:
        return ours.filter(ref__in=report.letters[:1]).first(), True
    if not report.threads:
        return None, False
    by_itself = ours.filter(ref__in=report.threads, thread="").first()
    if by_itself is not None:
        return by_itself, True
    gone = ours.filter(thread__in=report.threads, state__in=ARRIVING).order_by("-made_at", "-pk")
    renamed = gone.filter(provider_id__in=report.named).exclude(provider_id="").first()
    if renamed is not None:
        return renamed, True
    named = [outcome.recipient for outcome in report.outcomes if outcome.recipient]
    latest = (one for one in gone[:20] if not named or one.recipient.lower() in named)
    return next(latest, None), False


WHAT_TO_DO: dict[Kind, Callable[[Opened], bool]] = {
    Kind.OURS: _ours,
    Kind.SIGHTINGS: _sighted,
    Kind.BOUNCE: _bounce,
    Kind.REPORTED: _reported,
    Kind.RECEIPT: _receipt,
    Kind.AWAY: _answer,
    Kind.ANSWER: _answer,
    Kind.NOTICE: _answer,
}
