"""S1-13: an idea is listened to, passed on, and answered; S1-14: named only with leave."""

import pytest

from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def page(holder):
    return holder(cast.sorry())


def test_s1_13_it_is_kept_and_they_learn_where_it_goes(page):
    page.press("idea/", words="A jug of juice.", may_be_named="on")
    idea = page.fresh.ideas.get()
    assert (idea.words, idea.may_be_named) == ("A jug of juice.", True)
    assert "passes it on" in page.reads("?said=idea")
    assert "you will have an answer here" in page.reads()


def test_s1_14_without_leave_nobody_is_named(page):
    page.press("idea/", words="A jug of juice.")
    assert not page.fresh.ideas.get().may_be_named


def test_s1_13_the_answer_stands_beside_it(page):
    page.press("idea/", words="A jug of juice.")
    journey.answer_idea(page.fresh.ideas.get(), words="It is out since Monday.", by=cast.ana())
    assert "It is out since Monday." in page.reads()


def test_an_idea_without_words_is_asked_for_again(page):
    response = page.press("idea/", may_be_named="on")
    assert response.status_code == 422
    assert "What is the idea?" in response.content.decode()
