from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.urls import reverse

from amends.mailroom.letter import Letter, State
from amends.recovery import journey
from amends.recovery.intake import take_in
from amends.recovery.recovery import Companion, Recovery
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HTML = (
    "<p>The <b>bacon</b> was greasy.</p><script>steal()</script>"
    '<img src="https://spy.example/x.png"><form action="https://spy.example"></form>'
)


@pytest.fixture
def letter():
    """A complaint by e-mail, with HTML and a picture that calls itself a page."""
    cast.ana()
    mail = EmailMessage()
    mail["From"], mail["To"] = "Robert Finch <robert@finch.example>", "desk@amends.test"
    mail["Subject"], mail["Message-ID"] = "Breakfast", "<1@finch.example>"
    mail.set_content("The bacon was greasy.")
    mail.add_alternative(HTML, subtype="html")
    mail.add_attachment(b"<script>", maintype="text", subtype="html", filename="bacon.html")
    take_in(mail.as_bytes(), way="smtp", recipients=["desk@amends.test"])
    return Letter.objects.get(direction="in")


def recovery_of(letter):
    return Recovery.objects.get(ref=letter.thread)


def get(client, page, ref):
    return client.get(reverse(f"desk:{page}", args=[ref]))


def test_a_letter_goes_to_the_customer(ana):
    recovery = cast.heard()
    assert press(ana, "write", recovery, words="I will ring you.", heard=0).status_code == 303
    assert "I will ring you." in page_of(ana, recovery).content.decode()


def test_freescout_3856_a_letter_can_be_called_back_and_its_words_are_in_the_composer(ana):
    recovery = cast.heard()
    journey.listen(recovery, by=cast.ana())
    sent = press(ana, "write", recovery, words="I will ring you at nin.", heard=0)
    page = ana.get(sent.url).content.decode()
    letter = Letter.objects.get()
    assert f"/desk/letters/{letter.ref}/back/" in page
    assert "<undo-time" in page
    undone = press(ana, "take_back", letter)
    assert undone.url.endswith(f"?again={letter.ref}#step-write")
    page = ana.get(undone.url).content.decode()
    assert "I will ring you at nin.</textarea>" in page
    assert "<undo-time" not in page
    assert "Called back before it went" in page


def test_an_apology_can_be_called_back_into_its_own_form(ana):
    recovery = cast.understood()
    press(ana, "apologise", recovery, words=cast.SORRY, channel="e-mail", heard=99)
    letter = Letter.objects.get(kind="apology")
    undone = press(ana, "take_back", letter)
    assert undone.url.endswith(f"?again={letter.ref}#step-apologise")
    page = ana.get(undone.url).content.decode()
    assert page.count(f"{cast.SORRY}</textarea>") == 1
    assert 'id="step-apologise"' in page


def test_an_undo_by_htmx_leads_to_the_same_place(ana):
    recovery = cast.heard()
    journey.listen(recovery, by=cast.ana())
    press(ana, "write", recovery, words="I will ring you.", heard=0)
    answer = press_quietly(ana, "take_back", Letter.objects.get())
    assert "?again=" in answer["HX-Redirect"]


def test_an_undo_that_comes_too_late_says_so(ana, clock):
    recovery = cast.heard()
    press(ana, "write", recovery, words="I will ring you.", heard=0)
    clock.shift(timedelta(seconds=26))
    page = ana.post(reverse("desk:take_back", args=[Letter.objects.get().ref]), follow=True)
    assert "It has gone out already" in page.content.decode()
    assert Letter.objects.get().state == State.QUEUED


def test_nobody_else_is_offered_the_undo(ana, client):
    recovery = cast.heard()
    press(ana, "write", recovery, words="I will ring you.", heard=0)
    client.force_login(cast.ben())
    assert "<undo-time" not in page_of(client, recovery).content.decode()
    assert press(client, "take_back", Letter.objects.get()).status_code in (200, 422)
    assert Letter.objects.get().state == State.QUEUED
    client.force_login(stranger())
    assert press(client, "take_back", Letter.objects.get()).status_code == 404


def test_a_letter_goes_at_the_hour_on_the_wall_of_the_place(ana):
    recovery = cast.heard()
    journey.listen(recovery, by=cast.ana())
    answer = press(ana, "write", recovery, words="How was it?", heard=0, send_at="2026-06-02T09:00")
    assert answer.status_code == 303
    letter = Letter.objects.get()
    assert letter.state == State.SCHEDULED
    assert letter.send_at.isoformat() == "2026-06-02T08:00:00+00:00"
    page = page_of(ana, recovery).content.decode()
    assert "unless they write first" in page
    assert "Do not send it" in page
    press(ana, "do_not_send", letter)
    assert Letter.objects.get().state == State.CANCELLED


def test_an_hour_that_has_passed_is_refused_with_the_words_kept(ana):
    recovery = cast.heard()
    journey.listen(recovery, by=cast.ana())
    page = press(ana, "write", recovery, words="How was it?", heard=0, send_at="2020-06-02T09:00")
    assert page.status_code == 422
    assert "How was it?</textarea>" in page.content.decode()
    assert "still to come" in page.content.decode()


def test_what_they_overtook_is_shown_with_its_words(ana):
    recovery = cast.heard()
    journey.listen(recovery, by=cast.ana())
    press(ana, "write", recovery, words="How was it?", heard=0, send_at="2026-06-02T09:00")
    journey.customer_wrote(recovery, words="It never came.", channel="page")
    page = page_of(ana, recovery).content.decode()
    assert "Not sent, because Robert Finch wrote first. Read it, and decide." in page
    assert f"?again={Letter.objects.get(direction='out').ref}" in page


def test_a_companion_with_leave_can_be_ticked_and_nobody_else(ana):
    recovery = cast.heard()
    journey.listen(recovery, by=cast.ana())
    aunt = Companion.objects.create(
        recovery=recovery,
        name="Ida Finch",
        relation="aunt",
        email="ida@finch.example",
        leave_given_at=recovery.known_at,
    )
    other = Companion.objects.create(
        recovery=recovery, name="Eve", relation="guest", email="eve@finch.example"
    )
    assert "Ida Finch, aunt" in page_of(ana, recovery).content.decode()
    no = press(ana, "write", recovery, words="Hello both.", heard=0, also_to=[other.pk])
    assert no.status_code == 422
    press(ana, "write", recovery, words="Hello both.", heard=0, also_to=[aunt.pk])
    assert Letter.objects.get().also_to.get().address == "ida@finch.example"


def test_an_empty_letter_stays_here(ana):
    assert press(ana, "write", cast.heard(), words="  ").status_code == 422


def test_a_note_stays_between_us(ana):
    recovery = cast.heard()
    assert press(ana, "note", recovery, words="He likes the window table.").status_code == 303
    assert not Letter.objects.filter(thread=recovery.ref).exists()


def test_s2_13_a_call_is_written_down_like_a_letter(ana):
    recovery = cast.heard()
    told = {"words": "He would like tea.", "channel": "telephone"}
    assert press(ana, "note", recovery, **told).status_code == 303
    assert Letter.objects.get(thread=recovery.ref).channel == "telephone"


def test_the_story_carries_what_came_along(ana, letter):
    page = page_of(ana, recovery_of(letter)).content.decode()
    assert "bacon.html" in page
    assert reverse("desk:letter_as_sent", args=[letter.ref]) in page
    assert "<iframe" in page
    assert "sandbox" in page


def test_html_is_shown_clean_and_shut_in(ana, letter):
    answer = get(ana, "letter_as_sent", letter.ref)
    body = answer.content.decode()
    assert "<b>bacon</b>" in body
    for bad in ("<script", "<form", 'src="https://spy.example'):
        assert bad not in body
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_came_along_is_inert(ana, letter):
    answer = get(ana, "attachment", letter.attachments.get().ref)
    assert b"".join(answer.streaming_content) == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="bacon.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_original_is_there_byte_for_byte(ana, letter):
    answer = get(ana, "letter_original", letter.ref)
    assert answer.content == letter.post.raw()
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_auditor_may_read_them(client, letter):
    client.force_login(cast.audrey())
    assert get(client, "letter_original", letter.ref).status_code == 200


def test_a_letter_without_html_or_post_has_no_such_page(ana):
    recovery = cast.heard()
    journey.write(recovery, words="I will ring you.", by=cast.ana())
    ours = Letter.objects.get(thread=recovery.ref)
    assert get(ana, "letter_original", ours.ref).status_code == 404


def test_strangers_find_nothing(client, letter):
    client.force_login(stranger())
    assert get(client, "letter_as_sent", letter.ref).status_code == 404
    assert get(client, "letter_original", letter.ref).status_code == 404
    assert get(client, "attachment", letter.attachments.get().ref).status_code == 404
    for step in ("write", "note"):
        assert press(client, step, recovery_of(letter), words="x").status_code == 404


def test_drawn_without_a_new_page_it_is_the_same(ana):
    recovery = cast.heard()
    answer = press_quietly(ana, "note", recovery, words="He likes the window table.")
    assert same_as_fresh(answer, page_of(ana, recovery))


@pytest.fixture
def stuck():
    """A letter of ours that the mail server refused."""
    ours = journey.write(cast.heard(), words="I will ring you.", by=cast.ana())
    Letter.objects.filter(pk=ours.pk).update(state="failed", trouble="No such mailbox.")
    return Letter.objects.get(pk=ours.pk)


def test_a_letter_that_did_not_go_says_so_and_can_be_sent_once_more(ana, stuck):
    page = page_of(ana, recovery_of(stuck)).content.decode()
    assert "could not be delivered: No such mailbox." in page
    assert press(ana, "send_again", stuck).status_code == 303
    stuck.refresh_from_db()
    assert stuck.state == "queued"


def test_or_they_have_it_already(ana, stuck):
    assert press(ana, "it_arrived", stuck).status_code == 303
    answer = press(ana, "it_arrived", stuck)
    assert answer.status_code == 422
    assert "has moved on" in answer.content.decode()


def test_strangers_settle_no_letter(client, stuck):
    client.force_login(stranger())
    for step in ("send_again", "it_arrived"):
        assert press(client, step, stuck).status_code == 404


def test_zammad_6_3_1_pictures_from_afar_are_blocked_and_that_is_said(ana, letter):
    """Guarantee 10: one press loads them, in the reader's browser; we fetch nothing ourselves."""
    page = page_of(ana, recovery_of(letter)).content.decode()
    assert "Pictures from elsewhere are not loaded" in page
    url = reverse("desk:letter_as_sent", args=[letter.ref])
    assert f'href="{url}?pictures" target="as-sent-{letter.ref}"' in page
    assert f'name="as-sent-{letter.ref}"' in page
    blocked = ana.get(url)
    assert "img-src data:" in blocked["Content-Security-Policy"]
    assert "https:" not in blocked["Content-Security-Policy"]
    loaded = ana.get(f"{url}?pictures")
    assert 'src="https://spy.example/x.png"' in loaded.content.decode()
    assert "img-src data: https: http:" in loaded["Content-Security-Policy"]
    assert loaded["Referrer-Policy"] == "no-referrer"


def test_the_heading_is_shown_word_for_word_and_runs_nothing(ana):
    cast.ana()
    raw = b"X-Note: <script>steal()</script>\r\nFrom: Bo <bo@x.example>\r\nSubject: S\r\n\r\nBody"
    take_in(raw, way="smtp", recipients=["desk@amends.test"], sender="b@x.example")
    found = Letter.objects.get(direction="in")
    page = get(ana, "letter_heading", found.ref).content.decode()
    assert "X-Note: &lt;script&gt;steal()" in page
    assert "b@x.example" in page
    assert "Body" not in page.split("<pre")[1]


def test_cve_2026_40873_what_a_file_is_called_runs_nothing_either(ana):
    """Guarantee 10."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "<b>Bo</b> <bo@x.example>",
        "desk@amends.test",
        "<i>",
    )
    mail.set_content("The bacon was greasy.")
    mail.add_attachment(
        b"x", maintype="image", subtype="png", filename="<img src=x onerror=a()>.png"
    )
    cast.ana()
    take_in(mail.as_bytes(), way="smtp", recipients=["desk@amends.test"])
    page = page_of(ana, recovery_of(Letter.objects.get(direction="in"))).content.decode()
    assert "<img src=x" not in page
    assert "<b>Bo</b>" not in page
    assert "<h1><i>" not in page


@pytest.mark.parametrize("page", ["letter_as_sent", "letter_original", "letter_heading"])
def test_ghsa_wg74_ww4w_2qpc_what_belongs_to_a_letter_needs_a_right_and_a_random_name(
    client, letter, page
):
    """Guarantee 10: a link that was passed on opens nothing for whoever may not see the recovery."""
    assert get(client, page, letter.ref).status_code == 302
    client.force_login(stranger())
    assert get(client, page, letter.ref).status_code == 404
    assert len(letter.attachments.get().ref) == 26


def test_a_picture_within_the_letter_is_shown_in_it_and_a_signature_below_the_story(ana):
    """Guarantees 9 and 10: from that letter alone; nothing is loaded from anywhere."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Robert Finch <robert@finch.example>", "desk@amends.test"
    mail["Subject"], mail["Message-ID"] = "Breakfast", "<2@finch.example>"
    mail.set_content("The bacon was greasy.\n\n-- \nRobert, room 12")
    mail.add_alternative('<p>Greasy.</p><img src="cid:plate">', subtype="html")
    plate = b"\x89PNG\r\n\x1a\nplate"
    mail.get_payload()[1].add_related(plate, maintype="image", subtype="png", cid="<plate>")
    take_in(mail.as_bytes(), way="smtp", recipients=["desk@amends.test"])
    letter = Letter.objects.get(direction="in")
    assert "Robert, room 12" in page_of(ana, recovery_of(letter)).content.decode()
    answer = get(ana, "letter_as_sent", letter.ref)
    assert 'src="data:image/png;base64,' in answer.content.decode()
    assert "http" not in answer["Content-Security-Policy"]
