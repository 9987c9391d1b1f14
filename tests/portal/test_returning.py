"""S3-20: coming back is not yet trusting."""

from datetime import timedelta

import pytest

from amends.recovery.followup import Kind, kind_of
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def page(holder):
    return holder(cast.put_right())


def test_s3_20_a_yes_is_kept_with_its_words(page):
    page.press("trust/", trust="yes", words="You rang when you said.")
    told = page.fresh.returns.get()
    assert (told.trust, told.trust_words) == ("yes", "You rang when you said.")
    assert "you trust us again" in page.reads()


def test_s3_20_a_not_yet_wants_a_person(page):
    page.press("trust/", trust="not_yet")
    assert page.fresh.waiting_since
    assert "not yet" in page.reads()


def test_no_answer_is_asked_for_again(page, clock):
    clock.shift(timedelta(days=4))
    response = page.press("trust/", words="Well")
    assert response.status_code == 422
    assert "A yes or a not yet is enough." in response.content.decode()
    assert not page.fresh.returns.exists()


def test_nobody_invents_another_answer(page):
    assert page.press("trust/", trust="certainly").status_code == 422


def test_s3_22_who_would_go_next_door_came_back_for_want_of_another(page):
    page.press("trust/", trust="yes", next_door="them")
    assert kind_of(page.fresh.returns.all()) == Kind.CAPTIVE


def test_s3_22_nobody_has_to_say(page):
    page.press("trust/", trust="yes")
    assert page.fresh.returns.get().next_door == ""
    assert kind_of(page.fresh.returns.all()) == Kind.LOYAL
