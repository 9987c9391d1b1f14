"""Mail that Django and its apps send (resets, invitations) leaves like every other letter."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from amends.kit.clock import now
from amends.mailroom import writing
from amends.mailroom.brakes import brake


class Letters(BaseEmailBackend):
    """Writes a letter for each recipient; the worker sends it. Anybody can ask for one who knows an
    address, so that too many are held back."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.recipients():
                self._write(message, recipient)
        return len(email_messages)

    def _write(self, message: EmailMessage, recipient: str) -> None:
        name, address = parseaddr(recipient)
        alternatives = getattr(message, "alternatives", [])
        braked = brake("account", to=address, at=now())
        html = next((str(body) for body, kind in alternatives if kind == "text/html"), "")
        writing.write(
            thread="",
            kind="account",
            recipient=address,
            recipient_name=name,
            subject=str(message.subject),
            text=str(message.body),
            html=html,
            sender_name=parseaddr(message.from_email)[0] or "Amends",
            automatic=True,
            held=braked.why,
        )
