"""Delivery reports and complaint-feedback reports: which letter of ours, to whom, and what became of
it. The parts that machines read come first; the words, in whatever language, only where there are
none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.parser import HeaderParser
from enum import StrEnum
from typing import TYPE_CHECKING

from amends.mailroom.addresses import letter_in, thread_in, thread_in_mark
from amends.mailroom.charsets import to_text
from amends.mailroom.headers import words as words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from amends.mailroom.parsing import Parsed

LOOKED_THROUGH = 256 * 1024
MOST_RECIPIENTS = 200
RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
STATUSES = ("message/delivery-status", "message/global-delivery-status")
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.])([45])(\d)(\d)(?![\d.])(?=[\s\-:])")
ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\]{1,64}@[^\s<>,;:\"()\[\]\\]{1,255}")
SAID_OF = re.compile(r"^[ \t]*<?([^\s<>:;,]{1,64}@[^\s<>:;,]{1,255})>?:?[ \t\r]*$", re.M)
MESSAGE_ID = re.compile(r"^[ \t>|]*Message-ID:\s*(<[^<>\s]{1,400}>)", re.I | re.M)
REFERENCES = re.compile(
    r"^[ \t>|]*(?:References|In-Reply-To):((?:[^\n]*\n[ \t>|]+)*[^\n]*)", re.I | re.M
)
ID = re.compile(r"<[^<>\s]{1,400}>")
BELOW = re.compile(r"(?m)^-{3,80}[^\n]{0,200}?(?:copy|original|below)|^Received: ", re.I)
FIELDS = HeaderParser()


class Fate(StrEnum):
    """What became of a letter on its way to one recipient."""

    ARRIVED = "arrived"
    DELAYED = "delayed"
    CAME_BACK = "came back"


class Grip(StrEnum):
    """How far a letter that came back speaks against the address."""

    HARD = "hard"  # nobody is there: until somebody says otherwise
    SOFT = "soft"  # a trouble that may pass
    NONE = "none"  # the letter's fault, or no fault


# By the second figure of a status, and where a third says more, by both. (RFC 3463 and its registry)
MEANS: dict[str, str] = {
    "0": "their mail server could not deliver it",
    "1": "there is something wrong with the address",
    "1.1": "there is no such mailbox",
    "1.2": "there is no mail server for that address",
    "1.3": "the address is not written correctly",
    "1.4": "the address is not clear",
    "1.6": "the mailbox has moved away",
    "1.10": "that address takes no mail at all",
    "2": "there is something wrong with their mailbox",
    "2.1": "the mailbox is closed or does not take mail",
    "2.2": "the mailbox is full",
    "2.3": "the letter is too long for that mailbox",
    "2.4": "it could not be sent on to the members of a list",
    "3": "their mail server has a trouble of its own",
    "3.1": "their mail server is full",
    "3.4": "the letter is too big for their mail server",
    "4": "their mail server could not be reached",
    "4.1": "their mail server does not answer",
    "4.4": "no way leads to their mail server",
    "4.6": "it went round in circles between mail servers",
    "4.7": "it was tried for too long without success",
    "5": "the two mail servers did not understand each other",
    "5.3": "there were too many recipients",
    "6": "their mail server does not take this kind of letter",
    "7": "their mail server refused it by its rules",
    "7.1": "their mail server refuses mail from us",
    "7.25": "our mail server has no proper name of its own",
    "7.26": "our mail server cannot prove that it may write for us",
    "7.129": "that mailbox takes mail only from those it knows",
    "7.133": "that mailbox takes mail only from people inside their organisation",
    "7.509": "their mail server says that our domain's rules forbid it",
}
HARD = frozenset({"1", "1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.1", "4.4"})
NOT_THE_ADDRESS = frozenset({"2.3", "3.4", "5", "6"})
# What servers say that give only the old three figures.
OLD_CODES = {
    "550": "5.1.1",
    "551": "5.1.6",
    "552": "5.2.2",
    "553": "5.1.3",
    "554": "5.0.0",
    "521": "5.3.2",
    "556": "5.1.10",
    "421": "4.4.2",
    "450": "4.2.0",
    "451": "4.3.0",
    "452": "4.2.2",
}


@dataclass(frozen=True)
class Outcome:
    """What a report says of one recipient."""

    recipient: str  # as the report names it; empty where it names none
    fate: Fate
    status: str = ""
    said: str = ""

    @property
    def grip(self) -> Grip:
        if self.fate is not Fate.CAME_BACK:
            return Grip.NONE
        _, _, rest = self.status.partition(".")
        subject = rest.partition(".")[0]
        if rest in NOT_THE_ADDRESS or subject in NOT_THE_ADDRESS:
            return Grip.NONE
        is_hard = self.status.startswith("5") and (rest in HARD or subject == "1")
        return Grip.HARD if is_hard else Grip.SOFT

    @property
    def words(self) -> str:
        """Why, in plain words, with the figures for whoever knows them."""
        why = meaning(self.status)
        return f"{why} ({self.status})" if self.status else why


@dataclass(frozen=True)
class Report:
    """A report, and what of ours came back with it. Ids count only with our good signature; those
    in `named` are anybody's, and mean something only within one of the threads."""

    outcomes: list[Outcome] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)  # or letters that stand in the thread
    named: list[str] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        return bool(self.letters or self.threads)


def meaning(status: str) -> str:
    """Every status says something, whether or not it is in the table."""
    _, _, rest = status.partition(".")
    subject = rest.partition(".")[0]
    return MEANS.get(rest) or MEANS.get(subject) or MEANS["0"]


def read(mail: Parsed, recipients: Iterable[str] = ()) -> Report:
    """What a delivery report says. `recipients` are those of its own envelope: our return path."""
    text = mail.text[:LOOKED_THROUGH]
    found = list(_by_fields(mail)) or list(_by_words(mail, text))
    return _report(f"{_returned(mail)}\n{text}", recipients, found)


def read_feedback(mail: Parsed, recipients: Iterable[str] = ()) -> Report:
    """Somebody told their provider that they do not want our mail (RFC 5965). That they do want it
    after all is no news."""
    fields = "\n".join(_texts(mail, ("message/feedback-report",)))
    if "not-spam" in str(FIELDS.parsestr(fields).get("feedback-type", "")).lower():
        return Report()
    return _report(_returned(mail), recipients, [])


def _report(returned: str, recipients: Iterable[str], outcomes: list[Outcome]) -> Report:
    named = MESSAGE_ID.findall(returned)
    letters = [ref for written in named if (ref := letter_in(written))]
    threads = list(_our_threads(returned, recipients))
    once = dict.fromkeys
    return Report(outcomes, list(once(letters)), list(once(threads)), list(once(named))[:20])


def _by_fields(mail: Parsed) -> Iterator[Outcome]:
    """RFC 3464: one group of fields for the report, then one for each recipient."""
    for text in _texts(mail, STATUSES):
        for group in re.split(r"\n[ \t]*\n", text.strip())[: MOST_RECIPIENTS + 1]:
            fields = FIELDS.parsestr(group.strip() + "\n\n")
            recipient = fields.get("final-recipient") or fields.get("original-recipient")
            action = str(fields.get("action", "")).strip().lower()
            if recipient is None and not action:
                continue
            said = words_of(str(fields.get("diagnostic-code", "")))
            status = _status(str(fields.get("status", "")), said)
            yield _outcome(str(recipient or ""), _fate(action, status), status, said)


def _by_words(mail: Parsed, text: str) -> Iterator[Outcome]:
    """What qmail, old Exim, Yahoo and others write: addresses and figures between words."""
    named = " ".join(mail.headers.get("x-failed-recipients", []))
    addresses = ADDRESS.findall(named) or SAID_OF.findall(text)
    above = BELOW.split(text, maxsplit=1)[0]
    status = _status("", above)
    fate = Fate.DELAYED if _only_late(mail, above, status) else Fate.CAME_BACK
    if not (status or named or SAID_OF.search(text)):
        return
    for address in list(dict.fromkeys(addresses))[:MOST_RECIPIENTS] or [""]:
        yield _outcome(address, fate, status, _sentence(above))


def _only_late(mail: Parsed, text: str, status: str) -> bool:
    """Without fields to read: still being tried, by the figure and by the words of the common ones."""
    tried_on = (
        r"warning|delayed|will (?:be retried|continue|keep trying)|not (?:yet )?been delivered"
    )
    told = f"{mail.subject}\n{text[:2_000]}"
    given_up = re.search(r"giving up|given up|permanent|expired|gave up", told, re.I)
    return not status.startswith("5") and not given_up and bool(re.search(tried_on, told, re.I))


def _outcome(recipient: str, fate: Fate, status: str, said: str) -> Outcome:
    address = ADDRESS.search(recipient.rpartition(";")[2])
    if fate is Fate.CAME_BACK and not status:
        status = "5.0.0"
    return Outcome(address[0].lower() if address else "", fate, status, said[:500])


def _fate(action: str, status: str) -> Fate:
    if action in ("delivered", "relayed", "expanded") or (not action and status.startswith("2")):
        return Fate.ARRIVED
    if action == "delayed" or (not action and status.startswith("4")):
        return Fate.DELAYED
    return Fate.CAME_BACK


def _status(given: str, said: str) -> str:
    """The status; where it says nothing («5.0.0»), what the server is quoted as saying."""
    found = STATUS.search(given)
    status = ".".join(found.groups()) if found else ""
    if status and not status.endswith(".0.0"):
        return status
    better = STATUS.search(said)
    if better and not better[0].endswith(".0.0"):
        return ".".join(better.groups())
    old = REPLY.search(said)
    return status or (OLD_CODES.get("".join(old.groups()), f"{old[1]}.0.0") if old else "")


def _sentence(text: str) -> str:
    return " ".join(text.split())[:500]


def _returned(mail: Parsed) -> str:
    """The headers of what came back, and as much of the rest as a body may hold."""
    return "\n".join(_texts(mail, RETURNED))


def _texts(mail: Parsed, kinds: tuple[str, ...]) -> list[str]:
    parts = (each.content for each in mail.attachments if each.content_type in kinds)
    return [to_text(part[:LOOKED_THROUGH], "").replace("\r\n", "\n") for part in parts]


def _our_threads(text: str, recipients: Iterable[str]) -> Iterator[str]:
    yield from (thread for address in recipients if (thread := thread_in(address)))
    for line in REFERENCES.findall(text):
        for written in ID.findall(line)[-50:]:
            if thread := thread_in_mark(written) or letter_in(written):
                yield thread
