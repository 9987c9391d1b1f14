"""The customer's page itself."""

import pytest

from amends.mailroom.attachment import Attachment
from amends.mailroom.parsing import Enclosure
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LIVED = [
    cast.heard,
    cast.understood,
    cast.sorry,
    cast.wished,
    lambda: cast.offered().recovery,
    cast.agreed,
    cast.put_right,
]


@pytest.mark.parametrize("live", LIVED)
def test_s2_05_every_page_says_first_what_happens_next(holder, live):
    page = holder(live())
    shown = page.reads()
    assert shown.index("this is what happens next") < shown.index('class="steps"')
    for door in ("It is not fixed", "A person, please", "Leave me be", "My data"):
        assert door in shown


def test_s2_05_by_whom_and_by_when(holder):
    page = holder(cast.heard(channel="e-mail"))
    assert "Ana reads your story and answers you" in page.reads()
    assert "by 14:00 today" in page.reads()


def test_a_whole_story_costs_a_fixed_number_of_questions(holder, django_assert_max_num_queries):
    page = holder(cast.offered("Refund", "A handwritten note", "Time with our expert").recovery)
    for words in range(30):
        journey.customer_wrote(page.recovery, words=f"More {words}", channel="page")
    journey.give_idea(page.recovery, words="A jug of juice.")
    with django_assert_max_num_queries(24):
        page.see()


def test_the_page_holds_nothing_inline(holder):
    shown = holder(cast.offered().recovery).reads()
    assert "<style" not in shown
    assert " style=" not in shown
    assert " onclick" not in shown
    assert shown.count("<script") == shown.count('<script type="module" src=') + shown.count(
        "<script defer src="
    )


def test_a_file_of_theirs_is_an_inert_download(holder):
    page = holder(cast.heard())
    photo = Enclosure(name="bacon.html", content_type="text/html", content=b"<script>")
    journey.customer_wrote(page.recovery, words="Look.", channel="page", photos=[photo])
    attached = Attachment.objects.get()
    response = page.see(f"files/{attached.ref}/")
    assert b"".join(response.streaming_content) == b"<script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_somebody_elses_is_not_found(holder):
    other = cast.heard()
    photo = Enclosure(name="x.png", content_type="image/png", content=b"x")
    journey.customer_wrote(other, words="Look.", channel="page", photos=[photo])
    page = holder(cast.heard(customer=cast.finch(email="else@finch.example")))
    assert page.see(f"files/{Attachment.objects.get().ref}/").status_code == 404
