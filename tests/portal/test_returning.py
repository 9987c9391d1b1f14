"""S3-20: coming back is not yet trusting."""

from datetime import timedelta

import pytest

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
