"""Whatever the bytes, they become exactly one stored message and one letter in one conversation."""

import json
import random
import re

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.mailroom.addresses import address_for
from amends.mailroom.attachment import Attachment
from amends.mailroom.letter import Letter, State
from amends.mailroom.post import Post
from amends.recovery import intake
from amends.recovery.complaint import Complaint
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom.corpus.envelopes import message
from tests.mailroom.corpus.languages import LANGUAGES
from tests.mailroom.corpus.writing import BETWEEN, OURS, PROGRAMMES, STYLES, Answer
from tests.mailroom.fuzz import changed, seeds
from tests.mailroom.mails import mail, multipart, real_mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ONCE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Undone(Exception):
    """What was tried is taken back."""


def take_in(raw: bytes, **more) -> Post:
    told = {"sender": "ana@customers.test", "recipients": ["desk@amends.test"], **more}
    return intake.take_in(raw, way="smtp", **told)


def examine(raw: bytes) -> None:
    """In a transaction that is taken back, so that many can be tried."""
    try:
        with transaction.atomic():
            before = Post.objects.count(), Letter.objects.filter(direction="in").count()
            post = take_in(raw)
            post.refresh_from_db()
            assert post.read_at, post.trouble
            assert post.raw() == raw
            letter = Letter.objects.get(post=post)
            after = Post.objects.count(), Letter.objects.filter(direction="in").count()
            assert after == (before[0] + 1, before[1] + 1)
            told = Complaint.objects.filter(recovery__ref=letter.thread)
            is_known = Recovery.objects.filter(ref=letter.thread).count() == 1
            assert is_known or letter.kind, "a person's letter is in no conversation"
            assert all(complaint.words.strip() for complaint in told)
            json.dumps(letter.references).encode()
            raise Undone
    except Undone:
        pass


@given(st.binary(max_size=2_000))
@ONCE
def test_zammad_2176_2722_795_any_bytes_are_one_message_and_one_complaint(people, raw):
    """Guarantee 1: nothing lies unseen in a folder because it could not be read."""
    examine(raw)


@pytest.fixture
def people():
    return cast.ana()


@pytest.mark.parametrize("seed", range(2))
def test_zammad_1200_mail_changed_at_random_is_one_message_and_one_complaint(people, seed):
    """Guarantee 1: NUL, stray bytes and lone surrogates fit every column, JSON too."""
    chance, other = random.Random(seed), b""
    heap = seeds(chance)
    for _ in range(15):
        sown = next(heap)
        examine(changed(sown, other, chance))
        other = sown


def test_real_mails_are_each_one_message_and_one_complaint(people):
    """Guarantee 1."""
    mails = list(real_mails("email_mime").values())
    for raw in random.Random(5).sample(mails, 25):
        examine(raw)


@pytest.mark.parametrize(
    "more",
    [
        "Subject: a\0b \udcff\udced\udca0\udc80",
        f"To: {', '.join(f'p{n}@x.test' for n in range(5_000))}",
        f"References: {' '.join(f'<{n}@x.test>' for n in range(5_000))}",
        "X-A: \udced\udca0\udc80\0",
        "Cc: \udcff\udcfe (((( <a\0@b.test>",
        f"Reply-To: {'x' * 5_000}@y.test",
    ],
)
def test_dj_86c4ceb1_freescout_5106_zammad_2746_headers_of_any_shape_are_kept(people, more):
    """Guarantee 1: never refused for length, bytes or number."""
    examine(mail(subject=None, more=more) if more.startswith("Subject") else mail(more=more))
    examine(mail(subject="x" * 10_000, sender=f"{'n' * 5_000} <{'a' * 400}@x.test>"))


def test_dj_21b0be1b_osticket_34b744b5e_a_file_without_words_is_a_complaint(people):
    """Guarantee 1."""
    take_in(multipart("Content-Type: image/jpeg; name=broken.jpg\n\nJPG"))
    complaint = Complaint.objects.get()
    assert complaint.words == "There are no words in this message; see what is attached."
    assert Attachment.objects.get().name == "broken.jpg"


def answer_of(recovery: Recovery, programme: str, style: str, language: str = "en") -> Letter:
    raw = message(
        PROGRAMMES[programme](Answer(LANGUAGES[language], style, signature="Ana Lima")),
        more=f"X-Style: {programme} {style}\r\n".encode(),
    ).replace(b"ana@customers.test", recovery.customer.email.encode())
    post = take_in(raw, recipients=[address_for(recovery.ref)])
    return Letter.objects.get(post=post)


def heard(thread_says: str) -> Recovery:
    """A recovery in which we wrote this."""
    recovery = cast.understood()
    Letter.objects.create(
        direction="out",
        channel="email",
        thread=recovery.ref,
        text=thread_says,
        made_at=recovery.heard_at,
        state=State.LOGGED,
    )
    return recovery


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("programme", ["Outlook", "Gmail"])
def test_freescout_5657_5624_an_answer_is_compared_with_what_we_wrote(programme, style):
    """Guarantee 9: what stands between our lines is theirs, whatever marks ours wear."""
    letter = answer_of(heard("\n".join(OURS)), programme, style)
    shown = f"{letter.fresh}\n{letter.signature}"
    for line in () if style == "only quoted" else LANGUAGES["en"].said:
        assert line in shown
    assert (OURS[0] in letter.fresh) is (style == "only quoted")
    assert all(line in letter.text for line in OURS)


def test_freescout_5657_what_we_never_wrote_is_content():
    """Guarantee 9: quoted or not, it is in the words of the conversation."""
    letter = answer_of(heard("Something else."), "Gmail", BETWEEN)
    assert all(line in letter.fresh for line in OURS)


def test_a_letter_shows_its_signature_apart_and_what_a_limit_kept_out():
    """Guarantee 9: everything in one click, nothing silently."""
    letter = Letter(
        direction="in",
        fresh="Words",
        signature="Ana Lima",
        text="Words\n-- \nAna Lima\n> said",
        trouble="More.",
    )
    page = render_to_string("kit/parts/letter.html", {"letter": letter})
    assert "Ana Lima" in page
    assert "More." in page
    assert "Show everything" in page


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.png", '"><script>alert(1)</script>.pdf', "a&b'<b>.txt"]
)
def test_cve_2026_40873_the_name_of_a_file_is_never_markup(name):
    """Guarantee 10: nor the subject, nor what the sender is called."""
    letter = Letter(
        direction="in", subject=name, sender_name=name, fresh="x", text="x", signature=name
    )
    files = [{"name": name, "url": "/a", "size": 3}]
    page = render_to_string("kit/parts/letter.html", {"letter": letter, "attachments": files})
    assert name not in page
    assert "<img" not in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "words",
    [
        "[press here](javascript:alert(1))",
        "javascript:alert(1)",
        "<javascript:alert(1)> data:text/html,x",
        'https://x.test/?a="onclick=alert(1)',
        "https://x.test/<script>",
    ],
)
def test_dj_c54b89f1_no_link_in_the_words_runs_anything(words):
    """Guarantee 10: words are words; only http and addresses of mail become links."""
    letter = Letter(direction="in", fresh=words, text=words, trouble=words)
    page = render_to_string("kit/parts/letter.html", {"letter": letter})
    links = re.findall(r'<a [^>]*href="([^"]*)"', page)
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in links)
    assert "<script" not in page
    assert '"onclick' not in page
