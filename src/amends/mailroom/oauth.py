"""Signing in to a mailbox at Microsoft or Google: their page asks, we get a token, and keep it fresh.

A token is renewed long before it runs out, so that a refusal is known while mail still comes in.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from amends.kit.clock import now
from amends.kit.sealing import Broken

if TYPE_CHECKING:
    from amends.mailroom.mailbox import Mailbox

PATIENCE = 15  # seconds
LARGEST = 256 * 1024
USUAL = 3600  # seconds a token is good for when the provider does not say
LAST_MINUTES = timedelta(minutes=2)
WARN_BEFORE = timedelta(days=7)
SCOPES = {
    "microsoft": "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
    "google": "https://mail.google.com/",
}
# Google hands out a refresh token only when asked so.
EXTRAS = {"microsoft": {}, "google": {"access_type": "offline"}}
TITLES = {"microsoft": "Microsoft", "google": "Google"}


class NotNow(Exception):
    """The provider cannot be reached or is not well; the sign-in itself may be good."""


class SignedOut(Exception):
    """The provider accepts our sign-in no longer, or never did: somebody must sign in again."""


@dataclass(frozen=True)
class Provider:
    """Where one signs in, and as which application."""

    name: str
    authorise_at: str
    token_at: str
    client_id: str
    client_secret: str

    def __str__(self) -> str:
        return TITLES[self.name]


@dataclass(frozen=True)
class Journey:
    """What we must remember while somebody is away at the provider's page."""

    url: str
    state: str
    verifier: str


def provider(name: str) -> Provider | None:
    """Nothing when this installation is not known to them as an application."""
    app = settings.AMENDS_SIGN_IN_APPS.get(name)
    if app is None:
        return None
    authorise_at, token_at = settings.AMENDS_SIGN_IN_AT[name]
    return Provider(name, authorise_at, token_at, *app)


def begin(mailbox: Mailbox, *, back_to: str) -> Journey:
    """The page to send somebody to. State ties the answer to this browser, the verifier to us."""
    asked = _known(mailbox)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "client_id": asked.client_id,
        "response_type": "code",
        "redirect_uri": back_to,
        "scope": SCOPES[asked.name],
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "login_hint": mailbox.login,
        "prompt": "consent",
        **EXTRAS[asked.name],
    }
    return Journey(f"{asked.authorise_at}?{urllib.parse.urlencode(query)}", state, verifier)


def finish(mailbox: Mailbox, *, code: str, verifier: str, back_to: str) -> None:
    """The code they came back with, for tokens."""
    given = {"code": code, "code_verifier": verifier, "redirect_uri": back_to}
    told = _ask(_known(mailbox), grant_type="authorization_code", **given)
    if not told.get("refresh_token"):
        raise SignedOut("No lasting sign-in was granted. Please try again and agree to everything.")
    _keep(mailbox, told)


def fresh_token(mailbox: Mailbox) -> str:
    """A token that is good now. Renewed at half its life; when that fails while the old one is
    still good, the owner is warned and the old one used."""
    at = now()
    good = bool(mailbox.access_until and mailbox.access_until > at + LAST_MINUTES)
    if good and not _is_half_gone(mailbox) and mailbox.access_token:
        return mailbox.access_token
    try:
        _renew(mailbox)
    except (SignedOut, NotNow) as trouble:
        if not good or not mailbox.access_token:
            raise
        if isinstance(trouble, SignedOut):
            mailbox.warn(f"{trouble} Mail stops coming in soon.")
    return mailbox.access_token


def is_due(mailbox: Mailbox) -> bool:
    return mailbox.auth in SCOPES and _is_half_gone(mailbox)


def runs_out(mailbox: Mailbox) -> bool:
    """The sign-in itself ends within days, and the provider has said so."""
    until = mailbox.refresh_until
    return until is not None and until <= now() + WARN_BEFORE


def _is_half_gone(mailbox: Mailbox) -> bool:
    if mailbox.access_from is None or mailbox.access_until is None:
        return True
    return now() >= mailbox.access_from + (mailbox.access_until - mailbox.access_from) / 2


def _renew(mailbox: Mailbox) -> None:
    try:
        token = mailbox.refresh_token
    except Broken:
        raise SignedOut("The secret key has changed. Please sign in again.") from None
    if not token:
        raise SignedOut("Nobody has signed in yet.")
    asked = _known(mailbox)
    told = _ask(asked, grant_type="refresh_token", refresh_token=token, scope=SCOPES[asked.name])
    _keep(mailbox, told)


def _known(mailbox: Mailbox) -> Provider:
    found = provider(mailbox.auth)
    if found is None:
        title = TITLES.get(mailbox.auth, mailbox.auth)
        raise SignedOut(f"{title} does not know this installation; see docs/operate/mail.md.")
    return found


def _keep(mailbox: Mailbox, told: dict[str, Any]) -> None:
    at = now()
    lasting = _seconds(told.get("refresh_token_expires_in"))
    mailbox.keep_tokens(
        access=str(told["access_token"]),
        until=at + timedelta(seconds=_seconds(told.get("expires_in")) or USUAL),
        refresh=str(told.get("refresh_token") or ""),
        refresh_until=at + timedelta(seconds=lasting) if lasting else mailbox.refresh_until,
    )


def _seconds(told: Any) -> int:
    text = str(told or "")
    return min(int(text), 10 * 365 * 86_400) if text.isdecimal() and len(text) < 12 else 0


def _ask(asked: Provider, **given: str) -> dict[str, Any]:
    form = {**given, "client_id": asked.client_id, "client_secret": asked.client_secret}
    request = urllib.request.Request(  # noqa: S310 - an address of our own settings
        asked.token_at,
        data=urllib.parse.urlencode(form).encode(),
        headers={"Accept": "application/json"},
    )
    try:
        with _opener().open(request, timeout=PATIENCE) as answer:
            return _read(answer.read(LARGEST), asked)
    except urllib.error.HTTPError as no:
        with no:
            _refused(no.code, no.read(LARGEST), asked)
    except (OSError, ValueError) as trouble:
        raise NotNow(f"{asked} cannot be reached: {getattr(trouble, 'reason', trouble)}") from None
    raise NotNow(f"{asked} gave no answer.")


class _Straight(urllib.request.HTTPRedirectHandler):
    """A secret goes to the address we know, and to no other."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_Straight)


def _read(content: bytes, asked: Provider) -> dict[str, Any]:
    told = json.loads(content)
    if not isinstance(told, dict) or not told.get("access_token"):
        raise NotNow(f"{asked} gave no token.")
    return told


def _refused(status: int, content: bytes, asked: Provider) -> None:
    """What they say is for a developer; the first sentence usually says what to do."""
    try:
        told = json.loads(content)
        error, words = str(told["error"]), str(told.get("error_description") or "")
    except (ValueError, KeyError, TypeError):
        error, words = "", ""
    if status >= 500 or status == 429 or not error:
        raise NotNow(f"{asked} is not well ({status}).")
    why = words.split("\n")[0].split(" Trace ID")[0][:300].strip() or error
    raise SignedOut(f"{asked} does not accept our sign-in: {why}")
