"""Outgoing letters byte for byte: whoever changes what others receive sees it here. And whether
others would take them for spam."""

import email
import email.policy
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amends.mailroom.addresses import address_for, letter_in, mark_of, message_id_for
from amends.mailroom.composing import compose
from amends.mailroom.letter import Copy, Letter
from amends.recovery import letters

GOLDEN = Path(__file__).parent / "golden"
TOLD = {
    **letters.EXAMPLE,
    "accent": "#205030",
    "link": "https://desk.larder-bath.com/r/k3j4h5k2h3/",
}
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
FIRST = "<CAFQ7=a+b1@mail.customers.test>"
MOST_POINTS = 0.5
SHOUTING = re.compile(r"[A-Z]{4,}[^a-z]{10,}|[!$€£]{2,}")


def letter(**given) -> Letter:
    usual = {
        "ref": "0123456789",
        "sender": "desk@amends.test",
        "sender_name": "Ana at The Larder",
        "reply_to": address_for("abcde"),
        "recipient": "robert@customers.test",
        "recipient_name": "Robert Finch",
        "thread": "abcde",
        "subject": "Your message to The Larder",
        "text": "Hello Robert,\n\nI will ring you at nine.\n\nAna Reyes\nThe Larder\n",
        "html": "<html><body><p>Hello Robert,</p><p>I will ring you at nine.</p></body></html>",
        "references": [mark_of("abcde")],
        "made_at": AT,
    }
    made = Letter(**{**usual, **given})
    made.message_id = message_id_for(made)
    return made


def cases() -> dict[str, bytes]:
    answers = {"in_reply_to": FIRST, "references": [mark_of("abcde"), FIRST]}
    return {
        "first_contact": compose(letter()).content,
        "answer": compose(letter(**answers)).content,
        "answer_with_their_words": compose(
            letter(**answers, quoted="On 1 June 2026 at 09:00 you wrote:\n> Greasy, and cold.")
        ).content,
        "to_several": compose(
            letter(**answers),
            copies=[
                Copy(name="Ida Finch", address="ida@finch.test"),
                Copy(address="bo@finch.test"),
            ],
        ).content,
        "by_amazon": compose(letter(**answers), renames=True).content,
        "by_itself": compose(
            letter(**answers, automatic=True, sender_name="The Larder", recipient_name="")
        ).content,
        "to_one_of_us": compose(
            letter(thread="", reply_to="", references=[], automatic=True, sender_name="Amends")
        ).content,
        "other_alphabets": compose(
            letter(
                recipient="robert@müller.test",
                recipient_name="Röbert Müller, 李明",
                sender_name="Ana – Café Größe",
                subject="Ihre Nachricht über das Frühstück, den Kaffee, die Grapefruit und "
                "alles andere, was am Sonntag nicht so war, wie es sein sollte " + "ö" * 80,
            )
        ).content,
        "no_plain_spelling": compose(letter(recipient="jörg@customers.test")).content,
        "long_lines": compose(
            letter(text="x" * 3_000 + "\n.\nFrom here on\n", html="", subject="s" * 300)
        ).content,
    }


@pytest.mark.parametrize("name", sorted(cases()))
def test_frappe_2626_a_letter_leaves_exactly_so(name):
    kept = (GOLDEN / f"{name}.eml").read_bytes()
    if name == "other_alphabets":  # Pythons fold encoded words at different places
        theirs, ours = (
            email.message_from_bytes(raw, policy=email.policy.default)
            for raw in (kept, cases()[name])
        )
        assert [(key, str(value)) for key, value in ours.items()] == [
            (key, str(value)) for key, value in theirs.items()
        ]
        return
    assert cases()[name] == kept


@pytest.mark.parametrize("name", sorted(cases()))
def test_rt_43f8d97b24_no_line_is_longer_than_mail_allows(name):
    content = cases()[name]
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    folded = [line for line in lines if not line.startswith((b"References:", b" <", b"Message-ID"))]
    assert max(map(len, folded)) <= 78
    assert b"\n" not in content.replace(b"\r\n", b"")


def read(name: str):
    return email.message_from_bytes(cases()[name], policy=email.policy.default)


def test_freescout_2375_our_ids_are_random_and_signed_and_hold_no_number():
    """Guarantee 3: nobody can make one up, and none is near another."""
    written = str(read("answer")["Message-ID"])
    assert re.fullmatch(r"<[0-9a-z]{10}\.[0-9a-z]{16}@amends\.test>", written)
    assert letter_in(written) == "0123456789"
    assert letter_in(written.replace("0123456789", "0123456788")) is None


def test_freescout_123_where_the_provider_renames_a_letter_ours_stands_in_references_too():
    """Guarantee 3: the mark of the thread is in every letter, our own id where it gets lost."""
    plain, renamed = read("answer"), read("by_amazon")
    assert plain["References"].split() == [mark_of("abcde"), FIRST]
    assert renamed["References"].split() == [mark_of("abcde"), FIRST, renamed["Message-ID"]]


def test_odoo_pr_280971_the_address_to_answer_to_is_enough_by_itself():
    """Guarantee 3: whatever becomes of the ids."""
    for name in ("first_contact", "answer", "by_amazon", "by_itself"):
        assert read(name)["Reply-To"].addresses[0].addr_spec == address_for("abcde")


def test_freescout_4922_an_answer_is_grouped_by_what_it_answers_and_by_a_steady_subject():
    answer = read("answer")
    assert answer["In-Reply-To"] == FIRST == answer["References"].split()[-1]
    assert read("first_contact")["Subject"] == answer["Subject"]
    assert "Thread-Index" not in answer


def test_chatwoot_10791_a_first_letter_of_ours_can_be_answered_too():
    """Guarantee 3."""
    first = read("first_contact")
    assert "In-Reply-To" not in first
    assert first["References"] == mark_of("abcde")


def test_libredesk_096bc870_our_own_plus_address_is_never_shown_as_a_recipient():
    for name in cases():
        assert "desk+" not in str(read(name)["To"]) + str(read(name)["Cc"] or "")


@pytest.mark.parametrize("name", sorted(cases()))
def test_nothing_is_claimed_that_is_not_true(name):
    """No list headers, since there is no list; no machine's mark on what a person wrote."""
    message = read(name)
    by_itself = name in ("by_itself", "to_one_of_us")
    assert [key for key in message if key.lower().startswith("list-")] == []
    assert ("Auto-Submitted" in message) is by_itself
    assert "Precedence" not in message


def test_zammad_2909_nothing_is_enclosed_that_was_not_meant_to_be():
    """No picture, no file, no inline part: nothing hidden in one programme and shown in another."""
    for name in cases():
        parts = [part.get_content_type() for part in read(name).walk()]
        assert set(parts) <= {"multipart/alternative", "text/plain", "text/html"}
        assert all(part.get_content_disposition() is None for part in read(name).walk())


def written(name: str) -> bytes:
    ours = letters._ours(name, TOLD)
    domain = "larder-bath.com"
    made = letter(
        subject=ours.subject,
        text=ours.text,
        html=ours.html,
        sender=f"desk@{domain}",
        recipient="robert@finch-family.com",
        reply_to=f"desk+abcde.35x1kr2yvnzn3t27@{domain}",
    )
    made.message_id = f"<0123456789.n5dyvqw5fcsr46kj@{domain}>"
    return compose(made).content


@pytest.mark.parametrize("name", letters.names())
def test_freescout_5245_what_scorers_count_against_a_letter_is_not_in_ours(name):
    message = email.message_from_bytes(written(name), policy=email.policy.default)
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert re.fullmatch(r"<[^@<>\s]{10,60}@[a-z0-9.-]+\.[a-z]+>", str(message["Message-ID"]))
    assert not SHOUTING.search(str(message["Subject"]) + text)
    assert html.lower().startswith("<!doctype html>")
    assert "<img" not in html
    assert "<script" not in html
    assert set(re.findall(r'href="(https?://[^/"]+)', html)) <= {"https://desk.larder-bath.com"}
    assert 0.4 < len(re.sub(r"<[^>]+>", "", html).split()) / len(text.split()) < 2.5


def test_freescout_5245_a_spam_scorer_finds_nothing_in_our_letters(tmp_path):
    scorer = shutil.which("spamassassin")
    if scorer is None:
        pytest.skip("SpamAssassin is not installed: apt-get install spamassassin")
    box = b"".join(
        b"From amends Mon Jun  1 09:00:00 2026\n" + written(name).replace(b"\r\n", b"\n") + b"\n"
        for name in letters.names()
    )
    shell = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C"}
    done = subprocess.run(
        [scorer, "--local", "--nocreate-prefs", "--mbox"],
        input=box,
        capture_output=True,
        check=True,
        timeout=120,
        env=shell,
    )
    scored = re.findall(rb"^X-Spam-Status: \w+, score=(-?[\d.]+)", done.stdout, re.M)
    assert len(scored) == len(letters.names())
    assert {float(points) for points in scored if float(points) > MOST_POINTS} == set()
