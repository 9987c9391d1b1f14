"""T14: leave me be is asked once more, and kept to."""

import pytest

from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.recovery import Outcome
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_t14_it_is_asked_once_more_and_asking_changes_nothing(holder):
    page = holder(cast.put_right())
    assert "Yes, leave me be" in page.reads("leave-me-be/")
    assert page.fresh.closed_at is None


def test_t14_no_more_letters_after_it(holder):
    page = holder(cast.put_right())
    response = page.press("leave-me-be/")
    assert response["Location"] == f"{page.address}?said=peace"
    recovery = page.fresh
    assert recovery.outcome == Outcome.LEFT_IN_PEACE
    assert not recovery.followups.open().exists()
    before = Letter.objects.count()
    journey.write(recovery, words="How are you?", by=cast.ana())
    assert Letter.objects.count() == before
    assert "We leave you in peace" in page.reads()
    assert "Leave me be" not in page.reads()


def test_t14_what_is_promised_still_holds(holder):
    page = holder(cast.agreed())
    assert "What we promised you still holds" in page.reads("leave-me-be/")
    page.press("leave-me-be/")
    assert page.fresh.promises.open().exists()


def test_t14_whoever_only_claimed_the_address_silences_nobody(holder):
    page = holder(cast.put_right(), shown=True)
    page.press("leave-me-be/")
    assert page.fresh.outcome == Outcome.LEFT_IN_PEACE
    assert page.fresh.customer.left_in_peace_at is None


def test_t14_one_word_from_them_and_we_may_answer(holder):
    page = holder(cast.put_right())
    page.press("leave-me-be/")
    page.press("person/", words="Please ring me after all.")
    assert page.fresh.customer.left_in_peace_at is None
