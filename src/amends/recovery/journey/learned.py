"""Part six, Learned: cause linked, improvement raised or «one-off» said why; ideas answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from amends.kit.clock import now
from amends.recovery import letters
from amends.recovery.journey.settling import settle_back
from amends.recovery.journey.waiting import answered
from amends.recovery.learning import Cause, Finding, Idea, Improvement, NoReason
from amends.recovery.notice import About, Notice
from amends.recovery.recovery import Part, Recovery
from amends.recovery.timeline import Actor, By, Verb, record

if TYPE_CHECKING:
    from datetime import date, datetime

    from amends.people.person import Person


@transaction.atomic
def link_cause(recovery: Recovery, *, cause: Cause, by: Person) -> Finding:
    """What lies behind it: a process, never a name (S0-12, S0-13)."""
    at = now()
    finding = Finding.find(recovery, by=by, at=at, cause=cause)
    record(recovery, Verb.CAUSE, by=by, at=at, words=cause.name)
    _settle(recovery, finding, by=by, at=at)
    return finding


@transaction.atomic
def name_cause(recovery: Recovery, *, called: str, by: Person) -> Finding:
    """The cause of that name, or a new one that starts with this recovery."""
    return link_cause(recovery, cause=Cause.called(called), by=by)


@transaction.atomic
def one_off(recovery: Recovery, *, why: str, by: Person) -> Finding:
    at = now()
    finding = Finding.find(recovery, by=by, at=at, one_off_why=why)
    record(recovery, Verb.ONE_OFF, by=by, at=at, words=finding.one_off_why)
    _settle(recovery, finding, by=by, at=at)
    return finding


@transaction.atomic
def improve(
    cause: Cause, *, words: str, owner: Person, due: date, check: date, by: Person
) -> Improvement:
    """A change meant to end the cause. Every recovery behind it has then been learned from."""
    at = now()
    raised = Improvement.raise_(cause, words=words, owner=owner, due=due, check=check, by=by, at=at)
    findings = cause.findings.select_related("recovery__customer", "recovery__place")
    for finding in findings.filter(recovery__learned_at=None):
        record(finding.recovery, Verb.IMPROVED, by=by, at=at, words=raised.words)
        _settle(finding.recovery, finding, by=by, at=at)
    return raised


@transaction.atomic
def give_idea(
    recovery: Recovery, *, words: str, by: By = Actor.CUSTOMER, may_be_named: bool = False
) -> Idea:
    """Critics are volunteers: their idea is kept, passed on, and owed an answer (S1-11..14)."""
    at = now()
    idea = Idea.give(recovery, words=words, at=at, may_be_named=may_be_named)
    record(recovery, Verb.IDEA, by=by, at=at, words=idea.words[:500])
    words = f"{recovery.customer.called} has an idea for us."
    Notice.tell(recovery.owner, recovery, About.ANSWER, words, at=at)
    return idea


@transaction.atomic
def take_up_idea(idea: Idea, *, improvement: Improvement, by: Person) -> None:
    """Passed on: the idea becomes part of an improvement, and that can be seen from both (S1-12)."""
    idea.take_up(improvement)
    record(idea.recovery, Verb.IMPROVED, by=by, at=now(), words=improvement.words)


@transaction.atomic
def answer_idea(
    idea: Idea, *, words: str, by: Person, improvement: Improvement | None = None
) -> None:
    at = now()
    idea.answer_with(words, by=by, at=at, improvement=improvement)
    record(idea.recovery, Verb.IDEA_ANSWERED, by=by, at=at, words=idea.answer)
    letters.idea_answer(idea, by=by, at=at)
    answered(idea.recovery, at=at)


@transaction.atomic
def tell_what_changed(improvement: Improvement, *, words: str, by: Person) -> int:
    """It is made: everyone it hurt, and whoever had the idea, is told once, each in a letter of
    their own (S2-18)."""
    if not words.strip():
        raise NoReason("What is different now? Tell it the way a customer would notice it.")
    at = now()
    improvement.made(at=at)
    concerned = Recovery.objects.filter(
        Q(finding__cause=improvement.cause_id) | Q(ideas__improvement=improvement)
    )
    told: set[int] = set()
    for recovery in concerned.distinct().with_people():
        if recovery.customer_id in told or recovery.customer.left_in_peace_at:
            continue
        told.add(recovery.customer_id)
        letters.changed(recovery, words=words.strip(), by=by, at=at)
        record(recovery, Verb.TOLD, by=by, at=at, words=words.strip())
    return len(told)


def _settle(recovery: Recovery, finding: Finding, *, by: Person, at: datetime) -> None:
    if finding.is_settled and recovery.complete(Part.LEARNED, at=at):
        record(
            recovery,
            Verb.IMPROVED if finding.cause else Verb.ONE_OFF,
            by=by,
            at=at,
            words=str(finding),
            completes=Part.LEARNED,
        )
    settle_back(recovery, at=at)
