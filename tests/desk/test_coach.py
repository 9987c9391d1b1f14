"""The coach beside a letter on a recovery's page, with a plain browser and with a script."""

from decimal import Decimal

import pytest
from django.urls import reverse

from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.heeding import Heeded
from amends.recovery.offer import LineGiven
from amends.recovery.timeline import Entry
from tests import cast
from tests.desk.pressing import HTMX, page_of, stranger
from tests.screen import Screen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HARSH = "Returns are not permitted under company policy."
GOOD = (
    "Robert, the bacon you came for was greasy and tough. I am sorry, that was our doing. Ana will "
    "cook you a fresh one on Sunday at nine, on us."
)


def address(recovery, step="write", about=""):
    return reverse("desk:coach", args=[recovery.ref, step]) + (f"?about={about}" if about else "")


def quietly(client, recovery, step="write", about="", **sent):
    return client.post(address(recovery, step, about), sent, **HTMX)


def said(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_s4_06_rules_read_out_are_pointed_at_while_one_writes(ana):
    html = said(quietly(ana, cast.heard(), words=HARSH, coach="writing"))
    assert "policy" in html
    assert 'class="coach-note"' in html
    assert "<html" not in html
    assert "Before you send" not in html


def test_s4_08_what_is_missing_is_told_before_the_letter_leaves_and_never_forbidden(ana):
    recovery = cast.heard()
    html = said(
        quietly(
            ana,
            recovery,
            words="I am sorry about the bacon. Your money is back. Ana",
            coach="sending",
        )
    )
    assert "Before you send" in html
    assert "Send anyway" in html
    assert ana.post(reverse("desk:write", args=[recovery.ref]), {"words": HARSH}).status_code == 303


def test_a_good_letter_is_praised_and_nothing_else(ana):
    html = said(quietly(ana, cast.understood(), "apologise", words=GOOD, coach="sending"))
    assert "Good:" in html
    assert "coach-note" not in html
    assert "Send anyway" not in html


def test_nothing_is_sent_and_no_word_is_kept(ana):
    recovery = cast.heard()
    before = (Letter.objects.count(), Entry.objects.count())
    said(quietly(ana, recovery, words=HARSH))
    assert (Letter.objects.count(), Entry.objects.count()) == before
    assert set(Heeded.objects.values_list("shown", flat=True)) == {1}


def test_without_script_the_notes_come_with_the_words_kept():
    cast.person("Ana Reyes", password="greasy-bacon-at-nine")
    recovery = cast.heard()
    ana = Screen()
    ana.client.force_login(cast.ana())
    ana.open(f"/desk/recoveries/{recovery.ref}/")
    form = next(
        f for f in ana.page.forms.values() if f.attributes.get("action", "").endswith("/letters/")
    )
    told = ana.client.post(
        address(recovery),
        {**form.filled({"words": HARSH}), "csrfmiddlewaretoken": form.given["csrfmiddlewaretoken"]},
    )
    page = told.content.decode()
    assert told.status_code == 200
    assert HARSH in page
    assert 'class="coach-note"' in page
    assert "errorlist" not in page


def test_without_script_a_note_is_set_aside_by_a_press(ana):
    recovery = cast.heard()
    first = said(ana.post(address(recovery), {"words": HARSH}))
    key = first.split('name="coach_drop" value="')[1].split('"')[0]
    again = said(ana.post(address(recovery), {"words": HARSH, "coach_drop": key}))
    assert f'name="coach_drop" value="{key}"' not in again
    assert f'name="coach_aside" value="{key}"' in again
    assert Heeded.objects.get(category=key.partition(":")[0]).dismissed == 1


@pytest.mark.parametrize("step", ["write", "restate", "apologise", "ask", "offer", "thank"])
def test_every_place_where_one_writes_to_a_customer_has_the_coach(ana, step):
    recovery = cast.heard()
    assert address(recovery, step) in page_of(ana, recovery).content.decode()
    assert said(quietly(ana, recovery, step, words=HARSH))


def test_a_follow_up_and_an_answer_to_an_idea_have_it_too(ana):
    recovery = cast.put_right()
    idea = journey.give_idea(recovery, words="Warm the plates.")
    planned = recovery.followups.first()
    page = page_of(ana, recovery).content.decode()
    for step, about in [("follow_up_here", planned.ref), ("answer_idea_here", idea.ref)]:
        assert address(recovery, step, about) in page
        assert "policy" in said(quietly(ana, recovery, step, about, words=HARSH))
        assert HARSH in said(ana.post(address(recovery, step, about), {"words": HARSH}))


def test_the_pages_of_ideas_and_approvals_have_it_too(client):
    cast.mona()
    lines = [LineGiven(cast.remedy("Credit"), value=Decimal(600))]
    offer = journey.offer(cast.wished(), lines=lines, words="For you.", by=cast.ana())
    idea = journey.give_idea(offer.recovery, words="Warm the plates.")
    client.force_login(cast.mona())
    page = client.get(reverse("desk:idea", args=[idea.ref])).content.decode()
    assert address(offer.recovery, "answer_idea_here", idea.ref) in page
    asked = offer.approvals.get()
    page = client.get(reverse("desk:approval", args=[asked.ref])).content.decode()
    assert address(offer.recovery, "offer") in page


def test_what_is_not_there_is_not_read(ana, client):
    recovery = cast.heard()
    assert quietly(ana, recovery, "let_go", words=HARSH).status_code == 404
    assert quietly(ana, recovery, "follow_up_here", words=HARSH).status_code == 404
    assert quietly(ana, recovery, "follow_up_here", "nobody", words=HARSH).status_code == 404
    assert ana.get(address(recovery)).status_code == 405
    client.force_login(stranger())
    assert quietly(client, recovery, words=HARSH).status_code == 404
    client.force_login(cast.audrey())
    assert quietly(client, recovery, words=HARSH).status_code == 403


def test_words_of_the_draft_are_shown_and_never_run(ana):
    words = "<script>alert(1)</script> is company policy."
    for html in (
        said(quietly(ana, cast.heard(), words=words)),
        said(ana.post(address(cast.heard()), {"words": words})),
    ):
        assert "<script>alert" not in html


def test_a_draft_beyond_all_measure_is_kept_and_told_so(ana):
    html = said(ana.post(address(cast.heard()), {"words": "a" * 20_001}))
    assert "up to 20,000 characters" in html
    assert "a" * 20_001 in html
