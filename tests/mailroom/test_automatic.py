from datetime import date

import pytest

from amends.mailroom.addresses import message_id_for
from amends.mailroom.automatic import Kind, nature_of
from amends.mailroom.letter import Letter
from amends.mailroom.parsing import parse
from tests.mailroom.mails import mail, multipart

EXCHANGE = """\
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
X-MS-Exchange-Inbox-Rules-Loop: dora@corp.example"""


def nature(raw: bytes, **more):
    return nature_of(parse(raw, **more))


def sent(subject: str = "Re: Your breakfast", body: str = "Hello.\n", **more):
    return nature(mail(body, subject=subject, **more))


AUTOMATIC = {
    "Exchange": sent("Automatic reply: Your breakfast", more=EXCHANGE),
    "Exchange 2010": sent(
        "Out of Office: Your breakfast", "I am away.", more="X-Auto-Response-Suppress: All"
    ),
    "Gmail": sent(
        "Out of town Re: x",
        more="Auto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes",
    ),
    "sieve": sent("Vacation: x", "Away.", more="Auto-Submitted: auto-replied (vacation)"),
    "cPanel": sent(more="X-Autorespond: x\nPrecedence: auto_reply\nX-Loop: a@x.test"),
    "vacation(1)": sent(more="Precedence: junk\nX-Mailer: vacation 1.2"),
    "Lotus": sent("Out of office", sender="no-reply@x.test"),
    "Zendesk": sent(more="Auto-Submitted: auto-generated\nX-Mailer: Zendesk Mailer"),
    "Freshdesk": sent(more="X-Autoreply: true\nAuto-Submitted: auto-generated"),
    "ServiceNow": sent(more="X-ServiceNow-Generated: true\nPrecedence: bulk"),
    "Znuny": sent(more="X-OTRS-Loop: yes\nPrecedence: bulk\nX-Loop: yes"),
    "Request Tracker": sent(more="X-RT-Loop-Prevention: x\nPrecedence: bulk"),
    "FreeScout": sent(more="X-FreeScout-Mail-Type: customer.auto.reply\nPrecedence: auto_reply"),
    "a CRM": sent("Automatic reply", sender="no-reply@crm.example"),
    "an empty sender": nature(mail(), null_sender=True),
    "an empty return path": nature(b"Return-Path: <>\n" + mail()),
}


@pytest.mark.parametrize("who", AUTOMATIC)
def test_frappe_pr_3628_what_machines_write_is_known_by_many_signs(who):
    """Guarantee 7: not one private header but all that machines write."""
    found = AUTOMATIC[who]
    assert found.is_automatic
    assert found.no_answer
    assert found.why


HUMAN = {
    "nothing": "",
    "it says no": "Auto-Submitted: no",
    "unsubscribing": "List-Unsubscribe: <mailto:off@x.test>",
    "a list": "Precedence: list",
    "bulk": "Precedence: bulk",
    "bulk and unsubscribing": "Precedence: bulk\nList-Unsubscribe: <https://x.test/off>",
    "receipts suppressed": "X-Auto-Response-Suppress: DR, RN, NRN",
    "a priority": "X-Priority: 1",
}


@pytest.mark.parametrize("mark", HUMAN)
def test_zammad_3667_a_mailer_that_adds_list_unsubscribe_does_not_make_a_machine(mark):
    """Guarantee 8: such a person is heard and acknowledged like everybody."""
    found = sent(more=HUMAN[mark])
    assert found.kind is Kind.PERSON
    assert found.no_answer == ""


def test_posthog_92017_precedence_says_nothing_about_who_wrote_it():
    """Guarantee 8."""
    for precedence in ("list", "bulk", "first-class"):
        assert not sent(more=f"Precedence: {precedence}").is_automatic


def test_rt_3ca5dc4a1c_all_values_of_precedence_are_read():
    """Guarantee 7: the second of them may be the one that counts."""
    found = sent(more="Precedence: list\nPrecedence: auto_reply")
    assert found.kind is Kind.ANSWER


def test_freescout_4363_a_copy_of_a_mailing_list_is_heard_and_not_acknowledged():
    """Guarantee 8: the words count; a machine of ours does not write to a list's members."""
    found = sent(
        more="List-Id: Neighbours <neighbours.x.test>\nPrecedence: list\n"
        "List-Post: <mailto:neighbours@x.test>"
    )
    assert found.kind is Kind.PERSON
    assert found.through == "neighbours@x.test"
    assert "mailing list" in found.no_answer


def test_zammad_6025_mail_that_a_rule_of_microsoft_365_passed_on_is_a_persons():
    """Guarantee 8: what the relay adds is not evidence about the sender."""
    redirected = sent(
        more="Auto-Submitted: auto-generated\nX-MS-Exchange-Inbox-Rules-Loop: shop@x.test"
    )
    assert redirected.kind is Kind.PERSON
    assert redirected.by_rule
    forwarded = nature(
        mail(
            "From: Ida Moss <ida@moss.example>\nSent: Monday\nTo: Shop\nSubject: Vase\n\nBroken.\n",
            sender="Shop <shop@x.test>",
            subject="FW: Vase",
            more="Auto-Submitted: auto-generated\n"
            "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
        ),
        null_sender=True,
    )
    assert forwarded.kind is Kind.PERSON
    assert forwarded.by_rule


def test_zammad_6025_an_out_of_office_answer_that_a_rule_passed_on_stays_one():
    found = sent("Automatic reply", more=EXCHANGE)
    assert found.kind is Kind.AWAY


def test_a_person_who_asks_for_no_automatic_answer_gets_none_and_is_heard():
    """Guarantee 8: the acknowledgement is withheld, the complaint is not."""
    found = sent(more="X-Auto-Response-Suppress: All")
    assert found.kind is Kind.PERSON
    assert "no automatic answer" in found.no_answer


@pytest.mark.parametrize(
    "local", ["no-reply", "noreply", "do-not-reply", "postmaster", "no_reply+7"]
)
def test_osticket_1041_a_box_that_nobody_reads_is_not_written_to(local):
    """Guarantee 7: by itself it says nothing about who wrote, only that an answer is in vain."""
    found = sent(sender=f"{local}@x.test")
    assert found.kind is Kind.PERSON
    assert found.no_answer


def test_a_subject_alone_is_only_a_hint():
    """Guarantee 8: a guest may call a letter anything."""
    assert not sent("Out of office chairs, and what arrived broken").is_automatic
    assert not sent("Automatic reply: you never answer").is_automatic


def test_an_absence_names_its_last_day():
    found = sent("Automatic reply: Your breakfast", "I am away until 3 June 2026.", more=EXCHANGE)
    assert (found.kind, found.until) == (Kind.AWAY, date(2026, 6, 3))


def test_an_automatic_answer_that_is_no_absence():
    found = sent("We have received your request", more="Auto-Submitted: auto-replied")
    assert (found.kind, found.until) == (Kind.ANSWER, None)


@pytest.mark.parametrize(
    ("report", "part", "kind"),
    [
        ("delivery-status", "message/delivery-status", Kind.BOUNCE),
        ("disposition-notification", "message/disposition-notification", Kind.RECEIPT),
        ("feedback-report", "message/feedback-report", Kind.REPORTED),
    ],
)
def test_hitobito_3493_reports_are_known_by_the_part_that_machines_read(report, part, kind):
    """Guarantee 12: whatever language the words are in."""
    told = "Content-Type: text/plain; charset=utf-8\n\nНе доставлено.\n"
    fields = f"Content-Type: {part}\n\nReporting-MTA: dns; x.test\n"
    for content in (
        f"multipart/report; report-type={report}; boundary=b0",
        "multipart/report; boundary=b0",
    ):
        raw = mail(
            multipart(told, fields).split(b"\r\n\r\n", 1)[1],
            content=content,
            subject="Доклад",
            sender="Система <system@x.test>",
        )
        assert (nature(raw).kind, nature(raw).is_report) == (kind, True)


@pytest.mark.parametrize(
    ("sender", "more"),
    [
        ("Mail Delivery System <MAILER-DAEMON@x.test>", ""),
        ("Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.test>", ""),
        ("Mail Delivery <x@x.test>", "X-Failed-Recipients: ida@moss.example"),
    ],
)
def test_old_mail_servers_are_known_too(sender, more):
    found = sent("failure notice", sender=sender, more=more)
    assert (found.kind, found.is_report) == (Kind.BOUNCE, False)


def test_a_letter_of_ours_that_comes_round_is_known_as_ours():
    """Guarantee 7: an alias that points back at us makes no complaint of what we wrote."""
    ours = message_id_for(Letter(ref="abcdefgh"))
    assert sent(message_id=ours, sender="desk@amends.test").kind is Kind.OURS
    assert sent(message_id=ours).kind is Kind.PERSON  # a programme that uses our id for theirs
