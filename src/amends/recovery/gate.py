"""One gate before every letter that is sent by itself: who may get it, from which of our addresses,
and what holds it back. What is held back stays as a letter with the reason, for people to see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import structlog
from django.conf import settings

from amends.customers.customer import AddressKind
from amends.kit.brief import briefly
from amends.kit.clock import now
from amends.mailroom.addresses import desk_address, is_ours
from amends.mailroom.brakes import brake
from amends.mailroom.letter import Standing
from amends.mailroom.mailbox import Mailbox
from amends.mailroom.mark import Grip, Mark, key_of
from amends.mailroom.tally import Counted, Tally
from amends.people.business import Business
from amends.people.place import Place
from amends.people.roster import next_manager
from amends.recovery.notice import About, Notice

if TYPE_CHECKING:
    from datetime import datetime

    from amends.mailroom.letter import Letter
    from amends.people.person import Person
    from amends.recovery.recovery import Recovery

log = structlog.get_logger(__name__)
# What goes out with nobody pressing anything, or to many at one press; every other letter is a
# person's, who chose to send it.
BY_ITSELF = {
    "acknowledgement": "acknowledgement",
    "agreed": "step",
    "trust": "step",
    "we_saw": "unasked",
    "quiet": "unasked",
}
ONE_DAY = timedelta(days=1)
OURS = "This is our own address."


class Way(NamedTuple):
    """Where a letter goes, and from which address of ours; or why it does not."""

    to: str
    sender: str = ""
    held: str = ""  # held back by the gate
    failed: str = ""  # a person wanted it to go, and there is nowhere


def way_to_customer(
    recovery: Recovery, kind: str, *, answers: Letter | None, at: datetime
) -> Way | None:
    """None without an address. Of several the newest that letters do not come back from."""
    emails = _emails(recovery)
    if not emails:
        return None
    marks = Mark.on(emails, at=at)
    reachable = (each for each in emails if key_of(each) not in marks)
    to = next(reachable, None) or min(emails, key=lambda each: marks[key_of(each)].closes)
    mark, sort = marks.get(key_of(to)), BY_ITSELF.get(kind, "")
    if not sort:
        return Way(to, failed=_come_back(mark) if mark and mark.closes else "")
    if mark is not None and _writes_from_there(mark, answers):
        Mark.lift(to)
        mark = None
    why = _why_not(to, mark, answers) or _brake(recovery, sort, to, answers, at=at)
    if why and sort != "acknowledgement":
        words = f"A letter to {recovery.customer.called} was held back: {why}"
        Notice.tell(recovery.owner, recovery, About.POST, words, at=at)
    return Way(to, sender=_written_to(answers), held=why)


def way_to_person(person: Person, recovery: Recovery, *, words: str) -> Way:
    """One of us whose letters come back is not written to: a manager hears it on the desk."""
    at = now()
    mark = Mark.on([person.email], at=at).get(key_of(person.email))
    why = _why_not(person.email, mark, None)
    if why and _first_today(person, at=at):
        manager = next_manager(recovery.place, not_these=[person])
        told = f"{person.name} could not be told by e-mail. {words}"
        Notice.tell(manager, recovery, About.POST, told, at=at)
    return Way(person.email, held=why or brake("notice", to=person.email, at=at).why)


def _first_today(person: Person, *, at: datetime) -> bool:
    return Tally.count_one([Counted("not reached", person.email, ONE_DAY)], at=at) == [1]


def own_addresses() -> frozenset[str]:
    """Ours are never a customer's, and never written to."""
    return _own_addresses(settings.AMENDS_MAIL_DOMAIN)


def is_own(address: str) -> bool:
    return bool(address) and (is_ours(address) or address.strip().lower() in own_addresses())


@briefly
def _own_addresses(_: str) -> frozenset[str]:
    named = Place.objects.exclude(mail_address="").order_by().values_list("mail_address")
    more = Business.objects.exclude(mail_address="").order_by().values_list("mail_address")
    boxes = Mailbox.objects.order_by().values_list("address")
    found = named.union(more, boxes)
    return frozenset([desk_address(), *(address.lower() for (address,) in found)])


def _emails(recovery: Recovery) -> list[str]:
    """The newest first, each once."""
    known = [a for a in recovery.customer.addresses.all() if a.kind == AddressKind.EMAIL]
    known.sort(key=lambda address: address.pk, reverse=True)
    return list(dict.fromkeys(address.value for address in known))


def _why_not(to: str, mark: Mark | None, answers: Letter | None) -> str:
    """The first brake: what it would answer, and what we know of the address."""
    if is_own(to):
        return OURS
    if mark is not None:
        return _come_back(mark)
    if answers is not None and (answers.automatic or answers.signs):
        return answers.signs or "A machine wrote to us."
    return ""


def _writes_from_there(mark: Mark, answers: Letter | None) -> bool:
    """Proven to come from that very address: it is alive again."""
    if answers is None or answers.standing != Standing.PROVEN or mark.grip == Grip.UNWANTED:
        return False
    return key_of(answers.sender) == mark.address and answers.made_at > mark.at


def _come_back(mark: Mark) -> str:
    return f"{mark.address}: {mark.get_grip_display()}. {mark.why}".strip()


def _brake(recovery: Recovery, sort: str, to: str, answers: Letter | None, *, at: datetime) -> str:
    """The second brake, which looks only at how much."""
    said = answers.fresh or answers.text if answers is not None else ""
    braked = brake(sort, to=to, thread=recovery.ref, answers=said, at=at)
    if braked.is_loop:
        log.warning("two machines seem to answer each other", address=to, recovery=recovery.ref)
        words = f"{to} and our own letters seem to answer each other. Nothing more goes by itself."
        Notice.tell(recovery.owner, recovery, About.POST, words, at=at)
    return braked.why


def _written_to(answers: Letter | None) -> str:
    """The address of ours that they wrote to, where mail may go out from it; else the desk's."""
    if answers is None or answers.post is None:
        return ""
    at_home = f"@{settings.AMENDS_MAIL_DOMAIN.lower()}"
    ours = (each for each in answers.post.recipients if each in own_addresses())
    return next((each for each in ours if each.endswith(at_home)), "")
