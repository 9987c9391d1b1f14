import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.addresses import address_for, mark_of, message_id_for
from amends.mailroom.automatic import Kind
from amends.mailroom.bounce import Fate, Grip, Outcome, meaning, read, read_feedback
from amends.mailroom.letter import Letter
from amends.mailroom.parsing import parse
from tests.mailroom import reports

OURS = message_id_for(Letter(ref="letter12"))
FORGED = OURS.replace(".", ".0", 1)


def said(raw: bytes, **more):
    return read(parse(raw), **more)


WRITERS = {
    "RFC 3464, headers returned": reports.delivery_status(OURS),
    "RFC 3464, letter returned": reports.delivery_status(OURS, returned="message/rfc822"),
    "Exchange": reports.delivery_status(
        OURS,
        words="Ihre Nachricht konnte nicht zugestellt werden.",
        said="smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
        sender="MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example",
        returned="message/rfc822",
    ),
    "Exim": reports.exim(OURS),
    "qmail": reports.qmail(OURS),
}


@pytest.mark.parametrize("who", WRITERS)
def test_helpy_71_a_bounce_names_its_letter_and_its_recipient(who):
    """Guarantee 12: whoever wrote it."""
    mail = parse(WRITERS[who])
    assert mail.nature.kind is Kind.BOUNCE
    report = read(mail)
    assert report.letters == ["letter12"]
    (outcome,) = report.outcomes
    assert outcome.recipient == reports.TO
    assert (outcome.fate, outcome.grip) == (Fate.CAME_BACK, Grip.HARD)
    assert "no such mailbox" in outcome.words


def test_yahoo_gives_only_an_old_figure():
    (outcome,) = said(reports.yahoo(OURS)).outcomes
    assert (outcome.fate, outcome.grip, outcome.recipient) == (
        Fate.CAME_BACK,
        Grip.SOFT,
        reports.TO,
    )


@pytest.mark.parametrize(
    "words",
    ["Письмо не доставлено.", "メールを配信できませんでした。", "Your message was delivered.", ""],
)
def test_hitobito_3493_the_words_beside_the_fields_do_not_matter(words):
    """Guarantee 12: read from the part that machines read, in whatever language the rest is."""
    (outcome,) = said(reports.delivery_status(OURS, words=words)).outcomes
    assert (outcome.fate, outcome.status) == (Fate.CAME_BACK, "5.1.1")


@pytest.mark.parametrize("subject", range(8))
@pytest.mark.parametrize("detail", [0, 1, 2, 7, 129, 133, 999])
def test_zammad_5429_every_class_says_something(subject, detail):
    """Guarantee 12: no list of known figures; 5.7.129 and 5.7.133 looped elsewhere."""
    for first, fates in (("4", Fate.DELAYED), ("5", Fate.CAME_BACK)):
        status = f"{first}.{subject}.{detail}"
        action = "delayed" if first == "4" else "failed"
        raw = reports.delivery_status(OURS, status=status, action=action, said="x")
        (outcome,) = said(raw).outcomes
        assert outcome.fate is fates
        assert status in outcome.words or status.endswith(".0.0")
        assert meaning(status)


@pytest.mark.parametrize(
    ("status", "grip"),
    [
        ("5.1.1", Grip.HARD),
        ("5.1.99", Grip.HARD),
        ("5.2.1", Grip.HARD),
        ("5.2.2", Grip.SOFT),
        ("4.4.7", Grip.SOFT),
        ("5.4.4", Grip.HARD),
        ("5.7.1", Grip.SOFT),
        ("5.7.129", Grip.SOFT),
        ("5.3.4", Grip.NONE),
        ("5.6.1", Grip.NONE),
        ("5.0.0", Grip.SOFT),
        ("", Grip.SOFT),
    ],
)
def test_zammad_3389_only_what_speaks_against_the_address_marks_it_for_long(status, grip):
    """Guarantee 12: a full mailbox is not a wrong address, and a letter too big is neither."""
    assert Outcome("x@x.test", Fate.CAME_BACK, status).grip is grip


def test_a_report_of_delay_or_of_success_is_not_a_letter_come_back():
    (late,) = said(reports.delayed(OURS)).outcomes
    assert (late.fate, late.grip) == (Fate.DELAYED, Grip.NONE)
    (there,) = said(reports.delivery_status(OURS, status="2.0.0", action="delivered")).outcomes
    assert (there.fate, there.grip) == (Fate.ARRIVED, Grip.NONE)


def test_a_status_that_says_nothing_is_made_good_by_what_the_server_said():
    raw = reports.delivery_status(OURS, status="5.0.0", said="smtp; 552 5.2.2 mailbox full")
    assert said(raw).outcomes[0].status == "5.2.2"
    raw = reports.delivery_status(OURS, status="", said="smtp; 550 no such user")
    assert said(raw).outcomes[0].status == "5.1.1"


def test_an_id_that_we_did_not_sign_names_nothing():
    """Guarantee 12: a forged bounce marks nobody's address."""
    report = said(reports.delivery_status(FORGED))
    assert not report.is_ours
    assert report.named == [FORGED]


def test_the_envelope_and_the_references_lead_to_the_thread():
    to = address_for("thread34")
    assert said(reports.delivery_status(), recipients=[to]).threads == ["thread34"]
    more = f"References: {mark_of('thread34')}\n <other@x.test>\n"
    report = said(reports.delivery_status("<made-by@provider.example>", more=more))
    assert (report.letters, report.threads) == ([], ["thread34"])


def test_several_recipients_fare_each_alone():
    raw = reports.delivery_status(OURS).replace(
        b"Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n",
        b"Diagnostic-Code: smtp; 550 5.1.1 no\r\n\r\nFinal-Recipient: rfc822; B@x.test\r\n"
        b"Action: delivered\r\nStatus: 2.0.0\r\n",
    )
    fates = {each.recipient: each.fate for each in said(raw).outcomes}
    assert fates == {reports.TO: Fate.CAME_BACK, "b@x.test": Fate.ARRIVED}


def test_a_complaint_by_feedback_report_names_its_letter():
    mail = parse(reports.complaint(OURS))
    assert mail.nature.kind is Kind.REPORTED
    assert read_feedback(mail).letters == ["letter12"]
    assert not read_feedback(parse(reports.complaint(OURS, feedback="not-spam"))).is_ours


@given(st.binary(max_size=600))
def test_any_bytes_at_all_are_read_without_trouble(junk):
    raw = reports.delivery_status(OURS)
    for at in (raw.index(b"Final-Recipient"), len(raw) // 2):
        mail = parse(raw[:at] + junk + raw[at:])
        assert read(mail) is not None
        assert read_feedback(mail) is not None
