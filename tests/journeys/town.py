"""One business for one story: mail in by SMTP, pages by HTTP, mail out by SMTP, and the clock.
Nothing here writes what a person, a customer or a machine could not bring about."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.test import Client

from amends.config.schedule import TABLE
from amends.kit.clock import now
from amends.mailroom.sending import Sending
from amends.people.token import Token
from amends.recovery.recovery import Recovery
from amends.recovery.timeline import first_broken
from amends.remedies.remedy import Remedy
from tests import cast
from tests.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from time_machine import Traveller

    from amends.people.person import Person

PASSWORD = "marmalade-on-toast-7"
LINK = re.compile(r"http://\S+/r/\S+")
DESK = "desk@amends.test"
MINUTE, HOURS, DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Town:
    def __init__(self, clock: Traveller | None, sink: Any, port: int) -> None:
        self.clock, self.sink, self.port = clock, sink, port
        self.place = cast.place()
        Sending.objects.create(undo_seconds=0)  # stories do not wait for second thoughts

    def works(self, hired: Callable[[], Person]) -> Colleague:
        """One of the cast, signed in at the desk with their password."""
        person = hired()
        person.set_password(PASSWORD)
        person.save()
        return Colleague(person)

    def customer(self, name: str, address: str) -> Correspondent:
        return Correspondent(self, name, address)

    def till(self, of: Person) -> Till:
        return Till(Token.issue(of, name="Till")[1])

    def later(self, by: timedelta) -> None:
        """Time goes by, and everything that happens by the clock happens."""
        assert self.clock is not None
        self.clock.shift(by)
        self.tick()

    def tick(self) -> None:
        for row in TABLE:
            row.run()

    def mails_to(self, address: str) -> list[Any]:
        """What has arrived in this box, oldest first."""
        self.tick()
        box = self.sink.box
        pairs = zip(box.envelopes, box.letters, strict=True)
        return [
            message_from_bytes(raw, policy=policy.default)
            for envelope, raw in pairs
            if address in envelope.rcpt_tos
        ]


class Colleague(Screen):
    """Somebody who works here, signed in."""

    def __init__(self, person: Person) -> None:
        super().__init__("/accounts/login/")
        self.person = person
        self.press("Sign in", login=person.email, password=PASSWORD)

    def today(self) -> Screen:
        return self.open("/desk/today/")

    def opens(self, recovery: Recovery) -> Screen:
        return self.open(f"/desk/recoveries/{recovery.ref}/")

    @property
    def told(self) -> str:
        """What this person must know now, wherever they are on the desk."""
        self.open("/desk/notices/")
        return self.section("now")

    def has_listened(self, recovery: Recovery) -> None:
        self.opens(recovery).press("I have read this")

    def says_back(self, recovery: Recovery, words: str, **more: Any) -> None:
        self.opens(recovery).press(f"Send it to {first(recovery)}", words=words, **more)

    def says_sorry(self, recovery: Recovery, words: str, **more: Any) -> None:
        self.opens(recovery).press("Say sorry", words=words, **more)

    def asks(self, recovery: Recovery) -> None:
        self.opens(recovery).press(f"Ask {first(recovery)}")

    def offers(self, recovery: Recovery, words: str = "", **sums: str) -> Screen:
        """Remedies by name, with what each is worth or nothing."""
        lines = {cast.remedy(name.replace("_", " ")): worth for name, worth in sums.items()}
        put = f"Put it to {first(recovery)}"
        return self.opens(recovery).press(put, words=words, **ticked(lines))

    def keeps(self, recovery: Recovery, words: str) -> None:
        (promise,) = recovery.promises.open().filter(words__contains=words)
        self.opens(recovery).press("It is kept", on=promise.ref)


class Correspondent:
    """A customer with a mailbox and a browser, and no account."""

    def __init__(self, town: Town, name: str, address: str) -> None:
        self.town, self.name, self.address = town, name, address

    def writes(
        self, words: str, *, subject: str, to: str = DESK, answering: Any = None
    ) -> EmailMessage:
        """By their own mail programme, through the real intake."""
        message = EmailMessage()
        message["From"] = f"{self.name} <{self.address}>"
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = format_datetime(now())
        message["Message-ID"] = make_msgid(domain="mail.example")
        if answering is not None:
            message["In-Reply-To"] = answering["Message-ID"]
        message.set_content(words)
        with smtplib.SMTP("127.0.0.1", self.town.port) as server:
            assert server.send_message(message, self.address, [to]) == {}
        return message

    def answers(self, letter: Any, words: str) -> EmailMessage:
        to = letter["Reply-To"].addresses[0].addr_spec
        return self.writes(words, to=to, subject=f"Re: {letter['Subject']}", answering=letter)

    @property
    def letters(self) -> list[Any]:
        return self.town.mails_to(self.address)

    def letter(self, subject: str) -> Any:
        """The newest one with this subject."""
        found = [letter for letter in self.letters if letter["Subject"] == subject]
        assert found, f"no {subject!r} among {[letter['Subject'] for letter in self.letters]}"
        return found[-1]

    def opens(self, subject: str) -> Screen:
        """The link in that letter, in a browser that has never been here."""
        return Screen(link_in(self.letter(subject)))


class Till:
    """Another programme of the business, with a token."""

    def __init__(self, secret: str) -> None:
        self.client, self.secret = Client(), secret

    def tells(self, path: str, **told: Any) -> Any:
        response = self.client.post(
            f"/api/v1/{path}",
            told,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}"},
        )
        assert response.status_code == 200, response.content
        return response.json()


def first(recovery: Recovery) -> str:
    return recovery.customer.first_name


def ticked(lines: dict[Remedy, str]) -> dict[str, Any]:
    """The lines of an offer as its form asks for them."""
    worth = {f"value_{remedy.ref}": sum_ for remedy, sum_ in lines.items() if sum_}
    return {"lines": [remedy.ref for remedy in lines], **worth}


def words_of(letter: Any) -> str:
    return str(letter.get_body(("plain",)).get_content())


def link_in(letter: Any) -> str:
    """The one link to the customer's page, the same in both shapes of the letter."""
    plain = set(LINK.findall(words_of(letter)))
    assert len(plain) == 1
    (link,) = plain
    assert urlsplit(link).path in letter.get_body(("html",)).get_content()
    return link


def the_recovery() -> Recovery:
    """The only one there is, as it stands now."""
    return Recovery.objects.with_people().get()


def verbs(recovery: Recovery) -> list[str]:
    """What happened, in order; and nobody has changed the record since."""
    assert first_broken(recovery) is None
    return list(recovery.timeline.order_by("number").values_list("verb", flat=True))
