"""What others read of us: nobody's words are ever run, nobody reads what was meant for another."""

import email
import email.policy
import re
from datetime import timedelta

import pytest

from amends.mailroom.addresses import address_for
from amends.mailroom.composing import compose
from amends.mailroom.letter import Direction, Letter, State
from amends.mailroom.outbox import send_due
from amends.people import setting_up
from amends.recovery import journey, letters, policy
from amends.recovery.intake import take_in
from amends.recovery.learning import Cause
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom.mails import mail
from tests.mailroom.servers import server
from tests.recovery.journey.test_learned import improvement
from tests.recovery.test_letters import TOLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
EVIL = "{{ name }} {% include 'letters/frame.html' %} {name} {link} {# no #} ${signed} %(x)s"
ABOVE_THIS_LINE = re.compile(r"above this line|do not (reply|answer)|no-?reply", re.IGNORECASE)


def sent(letter: Letter):
    return email.message_from_bytes(compose(letter).content, policy=email.policy.default)


def body(message, kind: str) -> str:
    return message.get_body((kind,)).get_content().replace("\r", "")


@pytest.mark.parametrize("name", letters.names())
def test_chatwoot_pr_15746_no_template_runs_over_anybodys_words(name):
    """Names, words, subjects: what customers and staff write is shown as they wrote it."""
    told = {**TOLD, **dict.fromkeys(("name", "words", "lines", "when", "place", "business"), EVIL)}
    written = letters._ours(name, told)
    assert EVIL in written.text
    assert "<!doctype" not in written.subject + written.text
    assert "{% include" in written.html
    assert written.html.lower().count("<!doctype") == 1


def test_chatwoot_pr_15746_nor_over_a_business_with_words_of_its_own():
    policy.reword(
        "answer", subject="{business}: {words}", body="{name}\n{words}\n{signed}", by=cast.olive()
    )
    recovery = cast.heard(customer=cast.finch(name=EVIL))
    letter = journey.write(recovery, words=EVIL, by=cast.ana())
    assert letter.subject == f"The Larder: {EVIL}"
    assert EVIL in letter.text
    assert "{{ name }} {% include &#x27;letters/frame.html&#x27; %}" in letter.html
    assert "<p>{{" in letter.html
    assert "&lt;p&gt;" not in letter.html


def test_chatwoot_pr_15746_nor_over_what_is_quoted():
    raw = mail(f"{EVIL}\n", sender="Robert <robert@finch.example>", subject=EVIL)
    cast.ana()
    take_in(raw, way="smtp", recipients=["desk@amends.test"])
    message = sent(journey.write(Recovery.objects.get(), words="Thank you.", by=cast.ana()))
    assert f"you wrote:\n> {EVIL}" in body(message, "plain")
    assert "{% include &#x27;letters/frame.html&#x27; %} {name} {link}" in body(message, "html")


def test_chatwoot_9718_the_history_is_theirs_and_can_be_left_out():
    cast.ana()
    raw = mail("The bacon was greasy.\n", sender="Robert <robert@finch.example>")
    take_in(raw, way="smtp", recipients=["desk@amends.test"])
    recovery = Recovery.objects.get()
    assert "> The bacon was greasy." in body(
        sent(journey.write(recovery, words="Thank you.", by=cast.ana())), "plain"
    )
    policy.set_sending(by=cast.olive(), quotes=False)
    assert ">" not in body(sent(journey.write(recovery, words="Well.", by=cast.ana())), "plain")


def test_freescout_5182_no_word_between_us_ever_leaves():
    cast.ana()
    raw = mail("The bacon was greasy.\n", sender="Robert <robert@finch.example>")
    take_in(raw, way="smtp", recipients=["desk@amends.test"])
    recovery = Recovery.objects.get()
    journey.note(recovery, words="A difficult one, be careful.", by=cast.ben())
    journey.note(recovery, words="She rang and shouted.", by=cast.ben(), channel="telephone")
    message = sent(journey.write(recovery, words="Thank you.", by=cast.ana()))
    for kind in ("plain", "html"):
        assert "difficult" not in body(message, kind)
        assert "shouted" not in body(message, kind)


def test_odoo_13717_a_note_is_not_a_letter_and_has_nobody_to_go_to():
    """By construction: a note is a line of the timeline, without recipient and outside the outbox."""
    recovery = cast.heard()
    before = Letter.objects.filter(direction=Direction.OUT).count()
    journey.note(recovery, words="A difficult one, be careful.", by=cast.ben())
    assert Letter.objects.filter(direction=Direction.OUT).count() == before
    assert send_due() == 0


def test_odoo_13717_no_word_between_us_is_in_a_letter_to_us_that_could_be_answered():
    _, promise = cast.asked_for_ana()
    letter = letters.promise_broken(promise, person=cast.mona())
    assert (letter.thread, letter.references) == ("", [])
    assert letter.reply_to != address_for(promise.recovery.ref)


@pytest.mark.parametrize("name", letters.names())
def test_freescout_3235_nobody_is_told_where_to_write(name):
    written = letters._ours(name, TOLD)
    assert not ABOVE_THIS_LINE.search(written.text + written.html)


@pytest.mark.parametrize("name", letters.names())
def test_freescout_3580_nothing_of_ours_looks_like_the_mark_of_a_signature(name):
    written = letters._ours(name, TOLD)
    assert not any(line.startswith(("--", "__", ">")) for line in written.text.split("\n"))


def test_zammad_3770_every_letter_that_goes_by_itself_says_so():
    """Guarantee 7: the header test for every letter there is, as the journey writes it."""
    recovery, promise = cast.asked_for_ana()
    letters.promise_broken(promise, person=cast.mona())
    letters.trust(recovery, at=recovery.known_at)
    letters.acknowledgement(recovery, at=recovery.known_at, when="by noon")
    written = list(Letter.objects.filter(direction=Direction.OUT, channel="email"))
    assert {"acknowledgement", "promise_broken", "restatement", "apology", "offer"} <= {
        letter.kind for letter in written
    }
    for letter in written:
        message = sent(letter)
        assert ("Auto-Submitted" in message) is letter.automatic
        assert letter.automatic is not bool(letter.by_name)


def test_ghsa_q3fh_rj9h_jfrc_what_an_owner_writes_into_our_letters_is_text():
    policy.reword(
        "acknowledgement",
        subject="<script>alert(1)</script>",
        body="<script>alert(1)</script> <img src=x onerror=alert(1)> {name}",
        by=cast.olive(),
    )
    cast.heard(channel="e-mail")
    letter = Letter.objects.get(kind="acknowledgement")
    assert "<script" not in letter.html
    assert "<img" not in letter.html


def test_ghsa_9cm3_qvj2_8hg4_what_others_say_of_themselves_is_escaped_in_letters_to_us():
    evil = '<a href="javascript:alert(1)">x</a>'
    recovery = cast.heard(customer=cast.finch(name=evil), words=evil)
    offer = journey.promise(
        recovery, words=evil, by=cast.ana(), due=recovery.known_at + timedelta(hours=1)
    )
    letter = letters.promise_broken(offer, person=cast.mona())
    assert '<a href="javascript' not in letter.html


def hurt_by_the_same(*names: str) -> list[Recovery]:
    cause, hurt = Cause.called("Bacon fried too early"), []
    for name in names:
        customer = cast.finch(name=name, email=f"{name.split()[0].lower()}@x.example")
        recovery = cast.heard(customer=customer)
        journey.link_cause(recovery, cause=cause, by=cast.ana())
        hurt.append(recovery)
    journey.tell_what_changed(improvement(cause), words="We drain it now.", by=cast.mona())
    return hurt


def test_freescout_4446_each_of_many_has_a_letter_and_a_conversation_of_their_own():
    """Guarantee 15."""
    hurt = hurt_by_the_same("Ida Moss", "Joan Wren", "Carl Bell")
    told = list(Letter.objects.filter(kind="changed"))
    assert {letter.thread for letter in told} == {recovery.ref for recovery in hurt}
    for unlike in ("message_id", "reply_to", "recipient"):
        assert len({getattr(letter, unlike) for letter in told}) == 3
    for letter in told:
        assert "Cc" not in sent(letter)
        others = {one.customer.first_name for one in hurt} - {letter.recipient_name.split()[0]}
        assert not any(other in letter.text + letter.html for other in others)
    links = {re.search(r"/r/([^/]+)/", letter.text)[1] for letter in told}
    assert len(links) == 3


def test_freescout_4446_an_answer_to_a_letter_to_many_is_in_the_one_conversation():
    """Guarantee 15: each answers into their own, and nobody reads another's."""
    one, *others = hurt_by_the_same("Ida Moss", "Joan Wren", "Carl Bell")
    letter = Letter.objects.get(kind="changed", thread=one.ref)
    raw = mail(
        "Good to hear.\n",
        sender="Ida Moss <ida@x.example>",
        to=letter.reply_to,
        more=f"In-Reply-To: {letter.message_id}",
    )
    take_in(raw, way="smtp", recipients=[letter.reply_to])
    came = Letter.objects.get(state=State.RECEIVED)
    assert came.thread == one.ref
    assert not Letter.objects.filter(
        thread__in=[other.ref for other in others], state=State.RECEIVED
    ).exists()


def test_freescout_4446_they_leave_one_by_one_over_one_connection(settings):
    with server() as post_office:
        settings.AMENDS_MAIL_URL = post_office.url
        hurt_by_the_same("Ida Moss", "Joan Wren", "Carl Bell")
        Letter.objects.exclude(kind="changed").delete()
        assert send_due() == 3
    assert post_office.connections == 1
    named = [said for said in post_office.commands if said.lower().startswith("rcpt")]
    assert len(named) == len(post_office.letters) == 3


def test_a_person_with_a_strange_name_signs_with_it_and_nothing_runs():
    ana = cast.ana()
    setting_up.change_details(ana, name="Ana {{ x }}", phone="", by=ana)
    letter = journey.write(cast.heard(by=ana), words="Hello.", by=ana)
    assert "Ana {{ x }}" in letter.text
