"""Every letter we write: one short function each, three templates each, a row before it is sent."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, linebreaks, urlize
from django.utils.safestring import mark_safe

from amends.kit import colour
from amends.kit.brief import briefly
from amends.kit.errors import Impossible
from amends.mailroom import writing
from amends.mailroom.addresses import staff_address
from amends.mailroom.filing import log
from amends.mailroom.letter import Direction, Letter
from amends.mailroom.quoting import quote_for
from amends.mailroom.referring import will_be_referred_to
from amends.mailroom.sending import Sending
from amends.people.person import Person
from amends.recovery.gate import way_to_customer, way_to_person
from amends.recovery.link import Link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from amends.recovery.authority import Approval
    from amends.recovery.learning import Idea
    from amends.recovery.notice import Notice
    from amends.recovery.offer import Offer
    from amends.recovery.promise import Promise
    from amends.recovery.recovery import Companion, Recovery

WRITTEN_BACK = frozenset({"answer", "not_fixed", "person"})  # notices of what a customer said
TEMPLATES = Path(__file__).parent / "templates" / "letters"
PLACEHOLDERS = ("name", "words", "link", "signed", "business", "place", "lines", "when")
EXAMPLE = {
    "name": "Robert",
    "words": "the words you write each time",
    "link": "https://desk.example/r/…/",
    "signed": "Ana Reyes",
    "business": "The Larder",
    "place": "The Larder, Bath",
    "lines": "- Your money back, the way you paid\n- A handwritten note from Ana",
    "when": "by Tuesday 12:00",
}


SOME_LINK = f"link-{secrets.token_hex(16)}"  # stands in for one, and nobody can have written it
CAN_BE_CALLED_BACK = ("answer", "apology")  # whose step can be undone with it


class NoSuchLetter(Impossible):
    code = "no-such-letter"


class Wording(models.Model):
    """A business's own words for one of our letters, in place of the ones we start with."""

    letter = models.CharField(max_length=40, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        ordering = ["letter"]

    def __str__(self) -> str:
        return self.letter


class Written(NamedTuple):
    subject: str
    text: str
    html: str


class Leaving(NamedTuple):
    """How a letter goes: a person's own words, at an hour, openly to others too."""

    words: str = ""
    send_at: datetime | None = None
    also_to: Sequence[Companion] = ()
    answers: Letter | None = None
    by_itself: bool = False  # signed by a person, and sent without one pressing


def acknowledgement(
    recovery: Recovery,
    *,
    at: datetime,
    when: str,
    answers: Letter | None = None,
    link: Link | None = None,
) -> Letter | None:
    """We have it, and who does what by when. No echo of what was sent, not even of the name: the
    address is only claimed. And no apology: that is for a person to give."""
    return _to_customer(
        recovery, "acknowledgement", at=at, when=when, echoes_name=False, answers=answers, link=link
    )


def restatement(recovery: Recovery, *, words: str, by: Person, at: datetime) -> Letter | None:
    return _to_customer(recovery, "restatement", at=at, words=words, by=by)


def apology(recovery: Recovery, *, words: str, by: Person, at: datetime) -> Letter | None:
    return _to_customer(recovery, "apology", at=at, words=words, by=by)


def asking(recovery: Recovery, *, words: str, by: Person, at: datetime) -> Letter | None:
    return _to_customer(recovery, "asking", at=at, words=words, by=by)


def offer(offer: Offer, *, at: datetime) -> Letter | None:
    words, lines = offer.words, _lines_of(offer)
    return _to_customer(offer.recovery, "offer", at=at, words=words, lines=lines, by=offer.by)


def unasked(
    recovery: Recovery,
    letter: str,
    *,
    words: str,
    offer: Offer | None,
    by: Person,
    by_itself: bool,
    at: datetime,
) -> Letter | None:
    """They have not said a word. `we_saw`: what we saw, that we are sorry, and what we would like to
    do; `quiet`: we know of nothing, did something go wrong?"""
    lines = _lines_of(offer) if offer else ""
    return _to_customer(
        recovery, letter, at=at, words=words, lines=lines, by=by, by_itself=by_itself
    )


def agreed(recovery: Recovery, *, promises: list[Promise], at: datetime) -> Letter | None:
    lines = "\n".join(f"- {promise.words} ({by_when(promise)})" for promise in promises)
    return _to_customer(recovery, "agreed", at=at, lines=lines, by=recovery.owner)


def answer(
    recovery: Recovery,
    *,
    words: str,
    by: Person,
    at: datetime,
    send_at: datetime | None = None,
    also_to: Sequence[Companion] = (),
) -> Letter | None:
    return _to_customer(
        recovery, "answer", at=at, words=words, by=by, send_at=send_at, also_to=also_to
    )


def moved(promise: Promise, *, by: Person, at: datetime) -> Letter | None:
    recovery = promise.recovery
    return _to_customer(recovery, "moved", at=at, words=promise.words, when=by_when(promise), by=by)


def thanks(recovery: Recovery, *, words: str, by: Person, at: datetime) -> Letter | None:
    return _to_customer(recovery, "thanks", at=at, words=words, by=by)


def follow_up(recovery: Recovery, *, words: str, by: Person, at: datetime) -> Letter | None:
    return _to_customer(recovery, "follow_up", at=at, words=words, by=by)


def trust(recovery: Recovery, *, at: datetime) -> Letter | None:
    return _to_customer(recovery, "trust", at=at, by=recovery.owner)


def idea_answer(idea: Idea, *, by: Person, at: datetime) -> Letter | None:
    return _to_customer(idea.recovery, "idea_answer", at=at, words=idea.answer, by=by)


def changed(recovery: Recovery, *, words: str, by: Person, at: datetime) -> Letter | None:
    return _to_customer(recovery, "changed", at=at, words=words, by=by)


def approval_wanted(approval: Approval, *, by_when: str) -> Letter:
    recovery = approval.offer.recovery
    return _to_person(
        approval.of, recovery, "approval_wanted", words=approval.offer.words, when=by_when
    )


def promise_broken(promise: Promise, *, person: Person) -> Letter:
    return _to_person(person, promise.recovery, "promise_broken", words=promise.words)


def not_sent(recovery: Recovery, *, person: Person, why: str) -> Letter:
    """What came in their name by e-mail did not go to the customer, and why. Nothing of it is
    repeated: it may have been somebody else's."""
    return _to_person(person, recovery, "not_sent", words=why)


def digest(person: Person, notices: Sequence[Notice]) -> Letter:
    """What they have not seen yet, each with the way to it."""
    lines = "\n".join(f"- {told.words}\n  {_desk_address(told.recovery)}" for told in notices)
    how_many = "One thing to know" if len(notices) == 1 else f"{len(notices)} things to know"
    link = _desk("notices/")
    recovery = notices[0].recovery
    told = {"lines": lines, "when": how_many, "link": link}
    if any(told_of.recovery_id != recovery.pk for told_of in notices):
        return _to_staff(person, recovery, "digest", **told)
    foot, reply_to = _answers_go(recovery, person, is_note=notices[0].about not in WRITTEN_BACK)
    return _to_staff(person, recovery, "digest", **told, foot=foot, reply_to=reply_to)


def _lines_of(offer: Offer) -> str:
    return "\n".join(f"- {line.told}" for line in offer.lines.select_related("remedy"))


def huddle(person: Person, recovery: Recovery, *, words: str, lines: str) -> Letter:
    """The sheet of one place for the morning; it is about many, and answered to nobody."""
    link, place = _desk("arrivals/huddle/"), recovery.place.name
    return _to_staff(person, recovery, "huddle", words=words, lines=lines, link=link, place=place)


def by_when(promise: Promise) -> str:
    """«by Tuesday 4 March, 17:00» in the place's own time, or the event it hangs on."""
    if promise.due_at is None:
        return f"at {promise.get_trigger_display()}"
    local = promise.due_at.astimezone(promise.recovery.place.zone)
    return f"by {local:%A} {local.day} {local:%B, %H:%M}"


def names() -> list[str]:
    """The catalogue, as the templates folder holds it."""
    return sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir())


def as_it_stands(letter: str) -> tuple[str, str]:
    """Subject and body as they are now, with {placeholders}: what the settings page shows."""
    own = Wording.objects.filter(letter=letter).first()
    if own is not None:
        return own.subject, own.body
    if letter not in names():
        raise NoSuchLetter("We write no letter of that name.")
    written = _ours(letter, {name: f"{{{name}}}" for name in PLACEHOLDERS})
    return written.subject, written.text


def reworded() -> set[str]:
    """Which of our letters have the business's own words."""
    return set(Wording.objects.values_list("letter", flat=True))


def placeholders(letter: str) -> list[str]:
    """What this letter can be told, in the order in which ours uses it."""
    if letter not in names():
        raise NoSuchLetter("We write no letter of that name.")
    ours = _ours(letter, {name: f"{{{name}}}" for name in PLACEHOLDERS})
    used = re.findall(r"\{(\w+)\}", f"{ours.subject} {ours.text}")
    return list(dict.fromkeys(name for name in used if name in PLACEHOLDERS))


def as_read(subject: str, body: str) -> tuple[str, str]:
    """How it reads, with an example's names and words filled in."""
    return _filled(subject, EXAMPLE), _filled(body, EXAMPLE)


def _to_customer(
    recovery: Recovery,
    letter: str,
    *,
    at: datetime,
    by: Person | None = None,
    words: str = "",
    lines: str = "",
    when: str = "",
    echoes_name: bool = True,
    send_at: datetime | None = None,
    also_to: Sequence[Companion] = (),
    answers: Letter | None = None,
    by_itself: bool = False,
    link: Link | None = None,
) -> Letter | None:
    """Nothing for whoever asked to be left in peace. What others read too carries no link: whoever
    holds it may say yes for the customer."""
    if recovery.customer.left_in_peace_at:
        return None
    business = recovery.place.business
    written = _write(
        letter,
        {
            "name": recovery.customer.first_name if echoes_name else "",
            "words": words,
            "lines": lines,
            "when": when,
            "link": "" if also_to else (link or Link.to(recovery, at=at)).url,
            "signed": by.name if by else business.signs_as,
            "business": business.name,
            "place": recovery.place.name,
            "accent": colour.on_white(business.accent),
        },
    )
    will_be_referred_to(recovery.ref)
    own_words = words if letter in CAN_BE_CALLED_BACK else ""
    leaving = Leaving(own_words, send_at, also_to, answers, by_itself)
    return _post(recovery, letter, written, leaving, by=by, at=at, echoes_name=echoes_name)


def _post(
    recovery: Recovery,
    letter: str,
    written: Written,
    leaving: Leaving,
    *,
    by: Person | None,
    at: datetime,
    echoes_name: bool,
) -> Letter:
    """By e-mail where we can; else onto the customer's page, which the same link opens."""
    customer, business = recovery.customer, recovery.place.business
    by_name = by.name if by else ""
    way = way_to_customer(recovery, letter, answers=leaving.answers, at=at)
    if way is None:
        return log(
            recovery.ref,
            channel="page",
            direction=Direction.OUT,
            text=written.text,
            by_name=by_name,
            at=at,
            subject=written.subject,
        )
    return writing.write(
        thread=recovery.ref,
        kind=letter,
        recipient=way.to,
        recipient_name=customer.name if echoes_name else "",
        subject=written.subject,
        text=written.text,
        html=written.html,
        sender_name=f"{by.first_name} at {business.signs_as}" if by else business.signs_as,
        automatic=by is None or leaving.by_itself,
        by_name=by_name,
        sender=way.sender,
        held=way.held,
        failed=way.failed,
        **_as_it_leaves(recovery, leaving, to=way.to, is_theirs=by is not None),
    )


def _as_it_leaves(
    recovery: Recovery, leaving: Leaving, *, to: str, is_theirs: bool
) -> dict[str, Any]:
    """What a person wrote quotes the customer's last letter, which they have. A letter in words of
    one's own can be called back for a moment."""
    rules = Sending.rules() if is_theirs else Sending(quotes=False)
    zone = recovery.place.zone
    may_quote = rules.quotes and not leaving.also_to
    return {
        "words": leaving.words,
        "send_at": leaving.send_at,
        "copies": [writing.Named(who.name, who.email) for who in leaving.also_to if who.email],
        "quoted": quote_for(to, thread=recovery.ref, zone=zone) if may_quote else "",
        "undo_seconds": rules.undo_seconds if leaving.words and not leaving.send_at else 0,
    }


def _to_person(
    person: Person, recovery: Recovery, letter: str, *, words: str = "", when: str = ""
) -> Letter:
    foot, reply_to = _answers_go(recovery, person, is_note=True)
    return _to_staff(
        person,
        recovery,
        letter,
        words=words,
        when=when,
        lines=recovery.about,
        link=_desk_address(recovery),
        place=recovery.place.name,
        foot=foot,
        reply_to=reply_to,
    )


def _answers_go(recovery: Recovery, person: Person, *, is_note: bool) -> tuple[str, str]:
    """Said at the foot of the letter, and the address: to the customer only after a letter about
    what the customer said. A note has an address of its own."""
    to_customer, to_us = (
        staff_address(recovery.ref, person.ref, is_note=kept) for kept in (False, True)
    )
    them = recovery.customer.called
    if is_note:
        return f"Your answer is kept as a note among us. To write to {them}: {to_customer}", to_us
    foot = f"Your answer goes to {them}, in your name. For a note among us: {to_us}"
    return foot, to_customer


def _to_staff(
    person: Person, recovery: Recovery, letter: str, *, reply_to: str = "", **told: str
) -> Letter:
    """Outside every thread, so that no answer reaches a customer but by the token of this person;
    after customers' letters."""
    business = recovery.place.business
    ours = {
        "name": person.first_name,
        "words": "",
        "signed": "Amends",
        "business": business.name,
        "place": "",
        "foot": "",
        "accent": colour.on_white(business.accent),
    }
    written = _write(letter, {**ours, **told})
    text = f"{written.text}\n{told['foot']}\n" if told.get("foot") else written.text
    way = way_to_person(person, recovery, words=written.subject)
    return writing.write(
        thread="",
        about=recovery.ref,
        kind=letter,
        recipient=way.to,
        recipient_name=person.name,
        subject=written.subject,
        text=text,
        html=written.html,
        sender_name="Amends",
        urgent=False,
        automatic=True,
        held=way.held,
        reply_to=reply_to,
    )


def _desk_address(recovery: Recovery) -> str:
    return _desk(f"recoveries/{recovery.ref}/")


def _desk(path: str) -> str:
    return f"{settings.AMENDS_URL.rstrip('/')}/desk/{path}"


@briefly
def _own_words(letter: str) -> Wording | None:
    return Wording.objects.filter(letter=letter).first()


def _write(letter: str, told: dict[str, str]) -> Written:
    own = _own_words(letter)
    return _ours(letter, told) if own is None else _theirs(own, told)


def _ours(letter: str, told: dict[str, str]) -> Written:
    """What many get within a minute, such as acknowledgements, differs only in the link."""
    link = told["link"]
    drawn = _drawn(letter, *{**told, "link": link and SOME_LINK}.items())
    return Written(
        subject=drawn.subject.replace(SOME_LINK, link),
        text=drawn.text.replace(SOME_LINK, link),
        html=drawn.html.replace(SOME_LINK, conditional_escape(link)),
    )


@briefly
def _drawn(letter: str, *items: tuple[str, str]) -> Written:
    folder, told = f"letters/{letter}", dict(items)
    return Written(
        subject=" ".join(render_to_string(f"{folder}/subject.txt", told).split()),
        text=render_to_string(f"{folder}/body.txt", told).strip() + "\n",
        html=render_to_string(f"{folder}/body.html", told),
    )


def _theirs(own: Wording, told: dict[str, str]) -> Written:
    """Only the placeholders are filled in; nothing in a customer's words is ever run."""
    text = _filled(own.body, told)
    body = mark_safe(linebreaks(urlize(text, autoescape=True)))  # noqa: S308 - escaped just here
    html = render_to_string("letters/plain.html", {**told, "body": body})
    return Written(subject=" ".join(_filled(own.subject, told).split()), text=text, html=html)


def _filled(text: str, told: dict[str, str]) -> str:
    """One pass, so that a placeholder inside somebody's words stays as they wrote it. Where we do
    not know a name, nobody is greeted with a gap."""
    if not told["name"]:
        text = text.replace(" {name}", "")
    if not told["link"]:
        text = re.sub(r"(?m)^.*\{link\}.*\n?", "", text)
    return re.sub(r"\{(\w+)\}", lambda found: told.get(found[1], found[0]), text)
