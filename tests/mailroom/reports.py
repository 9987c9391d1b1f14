"""Delivery reports as mail servers write them, about a letter of ours."""

from tests.mailroom.mails import mail, parts

TO = "ida@moss.example"


def headers_of(message_id: str, *, more: str = "") -> str:
    return (
        f"From: The Larder <desk@amends.test>\nTo: {TO}\nSubject: We are sorry\n"
        f"Message-ID: {message_id}\n{more}\n"
    )


def delivery_status(
    message_id: str = "",
    *,
    status: str = "5.1.1",
    action: str = "failed",
    to: str = TO,
    said: str = "smtp; 550 5.1.1 no such user",
    words: str = "I could not deliver it.",
    returned: str = "text/rfc822-headers",
    sender: str = "MAILER-DAEMON@mx.example",
    id_of_report: str = "<report-1@mx.example>",
    more: str = "",
) -> bytes:
    """As Postfix, Exchange, Exim and Gmail write it (RFC 3464)."""
    fields = (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n"
        "Arrival-Date: Mon, 1 Jun 2026 08:00:00 +0000\n\n"
        f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: {said}\n"
    )
    pieces = [f"Content-Type: text/plain; charset=utf-8\n\n{words}\n", fields]
    if message_id:
        pieces.append(f"Content-Type: {returned}\n\n{headers_of(message_id, more=more)}\nHello.\n")
    body, _ = parts(*pieces)
    return mail(
        body,
        sender=f"Mail Delivery <{sender}>",
        subject="Returned mail",
        message_id=id_of_report,
        content='multipart/report; report-type=delivery-status; boundary="b0"',
        more="Auto-Submitted: auto-replied",
    )


def qmail(message_id: str, *, said: str = "550 5.1.1 no such user") -> bytes:
    return mail(
        "Hi. This is the qmail-send program at mx.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{TO}>:\n203.0.113.7 does not like recipient.\nRemote host said: {said}\n"
        "Giving up on 203.0.113.7.\n\n"
        "--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <desk@amends.test>\n{headers_of(message_id)}\nHello.\n",
        sender="MAILER-DAEMON@mx.example",
        subject="failure notice",
        message_id="<qmail@mx.example>",
    )


def exim(message_id: str) -> bytes:
    return mail(
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {TO}\n    host mx.example [203.0.113.7]\n"
        "    SMTP error from remote mail server after RCPT TO:<ida@moss.example>:\n"
        "    550 Unknown user\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        f"{headers_of(message_id)}\nHello.\n",
        sender="Mail Delivery System <Mailer-Daemon@mx.example>",
        subject="Mail delivery failed: returning message to sender",
        message_id="<exim@mx.example>",
        more=f"X-Failed-Recipients: {TO}\nAuto-Submitted: auto-replied",
    )


def yahoo(message_id: str) -> bytes:
    return mail(
        "Sorry, we were unable to deliver your message to the following address.\n\n"
        f"<{TO}>:\n554: delivery error: dd This user doesn't have a yahoo.example account (ida) [0]"
        " - mta1.mail.example\n\n--- Below this line is a copy of the message.\n\n"
        f"{headers_of(message_id)}\nHello.\n",
        sender="MAILER-DAEMON@yahoo.example",
        subject="Failure Notice",
        message_id="<yahoo@mx.example>",
    )


def delayed(message_id: str) -> bytes:
    return delivery_status(
        message_id, status="4.4.1", action="delayed", said="smtp; connection timed out"
    )


def complaint(message_id: str, *, feedback: str = "abuse") -> bytes:
    """As providers send it when somebody presses «this is spam» (RFC 5965)."""
    body, _ = parts(
        "Content-Type: text/plain\n\nThis is an email abuse report.\n",
        f"Content-Type: message/feedback-report\n\nFeedback-Type: {feedback}\n"
        "User-Agent: Provider/1.0\nVersion: 1\nOriginal-Rcpt-To: redacted@moss.example\n",
        f"Content-Type: message/rfc822\n\n{headers_of(message_id)}\nHello.\n",
    )
    return mail(
        body,
        sender="Abuse <abuse@provider.example>",
        subject="FW: We are sorry",
        message_id="<arf@provider.example>",
        content='multipart/report; report-type=feedback-report; boundary="b0"',
    )
