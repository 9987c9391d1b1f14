"""Mailboxes as an owner sets them up, and the test that shows whether mail comes and goes."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction

from amends.kit.errors import Impossible
from amends.kit.refs import new_ref
from amends.mailroom import oauth, writing
from amends.mailroom.addresses import address_for
from amends.mailroom.mailbox import Afterwards, Auth, Mailbox, Security
from amends.people.place import Place
from amends.people.rights import By, only_owners
from amends.recovery.self_test import thread_of

if TYPE_CHECKING:
    from amends.mailroom.oauth import Journey

SUBJECT = "A test of your mailbox"
HOME = "Amends sent this to {address} to see whether it comes back. Nothing needs to be done."
ANSWER = "Amends sent this to itself as a customer would answer one of its letters."


def add(*, place: Place, by: By, takes_old: bool = False, **entered: Any) -> Mailbox:
    """It is read within seconds. What lies there already is left, unless it is asked for."""
    only_owners(by)
    made = Mailbox(by_name=by.name if by else "")
    return _set_up(made, place=place, takes_old=takes_old, **entered)


def change(mailbox: Mailbox, *, place: Place, by: By, **entered: Any) -> Mailbox:
    only_owners(by)
    return _set_up(mailbox, place=place, **entered)


def stop(mailbox: Mailbox, *, by: By) -> None:
    """It is read no more. What was taken stays, and how far we had come is remembered."""
    only_owners(by)
    mailbox.stop()


def go_on(mailbox: Mailbox, *, by: By) -> None:
    only_owners(by)
    try:
        with transaction.atomic():
            mailbox.go_on()
    except IntegrityError:
        raise _read_already() from None


@transaction.atomic
def test(mailbox: Mailbox, *, by: By) -> None:
    """A letter to the mailbox, and one to the address at which customers answer. They leave by the
    way all letters do; who meets them on their way in says so on the mailbox."""
    only_owners(by)
    if mailbox.stopped_at is not None:
        raise Impossible("It is stopped. Let it go on first.", code="stopped")
    name = new_ref()
    thread = thread_of(name)
    mailbox.begin_test(name)
    for recipient, words in ((mailbox.address, HOME), (address_for(thread), ANSWER)):
        writing.write(
            thread=thread,
            kind=writing.SELF_TEST,
            recipient=recipient,
            subject=SUBJECT,
            text=words.format(address=mailbox.address),
            sender_name="Amends",
            by_name=by.name if by else "",
            automatic=True,
        )


def begin_sign_in(mailbox: Mailbox, *, by: By, back_to: str) -> Journey:
    only_owners(by)
    try:
        return oauth.begin(mailbox, back_to=back_to)
    except oauth.SignedOut as no:
        raise Impossible(str(no), code="not-known-there") from no


def finish_sign_in(mailbox: Mailbox, *, code: str, verifier: str, back_to: str, by: By) -> None:
    only_owners(by)
    try:
        oauth.finish(mailbox, code=code, verifier=verifier, back_to=back_to)
    except (oauth.SignedOut, oauth.NotNow) as no:
        raise Impossible(str(no), code="not-signed-in") from no
    mailbox.set_up()


def _set_up(mailbox: Mailbox, *, place: Place, **entered: Any) -> Mailbox:
    _make_sense(entered)
    if entered["auth"] == Auth.PASSWORD and not (
        entered.get("password") or mailbox.sealed_password
    ):
        raise Impossible("It needs a password.", code="no-password")
    try:
        with transaction.atomic():
            mailbox.set_up(place=place.ref, **entered)
    except IntegrityError:
        raise _read_already() from None
    return mailbox


def _make_sense(entered: dict[str, Any]) -> None:
    if not 0 < entered["port"] < 65_536:
        raise Impossible("A port is a number from 1 to 65535.", code="no-port")
    if entered["security"] == Security.NONE and not _is_beside(entered["host"]):
        words = "Without TLS the password would cross the net for everybody to read."
        raise Impossible(words, code="not-protected")
    moves = entered["afterwards"] == Afterwards.MOVE
    if moves and not entered["move_to"].strip():
        raise Impossible("To which folder should it be moved?", code="no-folder")
    if moves and entered["move_to"] == entered["folder"]:
        raise Impossible("It would be moved to where it lies.", code="same-folder")
    if settings.AMENDS_SIGN_IN_APPS.get(entered["auth"], True) is None:
        title = oauth.TITLES[entered["auth"]]
        words = f"{title} does not know this installation yet; docs/operate/mail.md says how."
        raise Impossible(words, code="not-known-there")


def _is_beside(host: str) -> bool:
    """This machine, a private address, or a name that means nothing outside."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host


def _read_already() -> Impossible:
    return Impossible("This folder is read already by another mailbox here.", code="read-already")
