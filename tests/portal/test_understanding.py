"""S4-08: «so what you are telling us is that…», confirmed or corrected by the customer."""

import pytest

from amends.recovery import journey
from amends.recovery.recovery import Part
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def page(holder):
    recovery = cast.heard()
    journey.restate(recovery, words="You waited an hour.", by=cast.ana(), hurt_most="My one treat.")
    return holder(recovery)


@pytest.fixture
def restated(page):
    return page.recovery.restatements.get()


def test_s4_08_our_telling_is_shown_with_what_hurt_most(page):
    shown = page.reads()
    assert "So what you are telling us is this" in shown
    assert "You waited an hour." in shown
    assert "My one treat." in shown


def test_s4_08_yes_completes_the_part(page, restated):
    response = page.press(f"understood/{restated.ref}/yes/")
    assert response["Location"] == f"{page.address}#understanding"
    assert page.fresh.done(Part.UNDERSTOOD)
    assert "you told us that it is right" in page.reads()


def test_s4_08_not_quite_brings_the_story_back_to_us(page, restated):
    page.press(f"understood/{restated.ref}/no/", words="Two hours.")
    restated.refresh_from_db()
    assert restated.correction == "Two hours."
    assert page.fresh.waiting_since
    assert "will say it again" in page.reads()


def test_a_correction_without_words_is_asked_for_again(page, restated):
    response = page.press(f"understood/{restated.ref}/no/", words=" ")
    assert response.status_code == 422
    assert "Please tell us what we got wrong." in response.content.decode()
    restated.refresh_from_db()
    assert restated.corrected_at is None


def test_what_has_been_answered_cannot_be_answered_again_and_the_words_stay(page, restated):
    page.press(f"understood/{restated.ref}/yes/")
    response = page.press(f"understood/{restated.ref}/no/", words="Two hours.")
    assert response.status_code == 422


def test_another_customers_restatement_is_not_found(page, holder):
    other = cast.heard(customer=cast.finch(email="other@finch.example"))
    theirs = journey.restate(other, words="Theirs.", by=cast.ana())
    assert page.press(f"understood/{theirs.ref}/yes/").status_code == 404
    assert not cast.fresh(other).understood_at
