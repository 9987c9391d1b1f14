"""S0-08, S4-15: what would they think fair, in their words."""

import pytest

from amends.portal.questions import WishForm
from amends.recovery.wish import Wants
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def page(holder):
    return holder(cast.sorry())


def test_s4_15_the_very_question_stands_on_the_page(page):
    assert "What would you think would be fair?" in page.reads()


def test_s0_08_their_own_words_are_recorded(page):
    response = page.press("wish/", words="A proper breakfast.", wants="treated")
    assert response.status_code == 303
    wish = page.fresh.wishes.get()
    assert (wish.words, wish.wants, wish.taken_by) == ("A proper breakfast.", Wants.TREATED, None)
    assert page.fresh.waiting_since
    assert "A proper breakfast." in page.reads()


def test_suggestions_join_their_words(page):
    note, refund = cast.remedy("A handwritten note"), cast.remedy("Refund")
    page.press("wish/", words="And:", likes=[note.ref, refund.ref])
    words = page.fresh.wishes.get().words
    assert words.startswith("And:\n\nI would like: ")
    assert "A handwritten note" in words
    assert "Refund" in words


def test_s4_21_only_wanting_us_to_know_is_enough(page):
    page.press("wish/", only_heard="1")
    recovery = page.fresh
    assert recovery.wishes.get().wants == Wants.HEARD
    assert recovery.agreed_at
    assert recovery.put_right_at


def test_an_empty_wish_is_asked_for_again(page):
    response = page.press("wish/", wants="treated")
    assert response.status_code == 422
    assert "A word or two will do" in response.content.decode()
    assert not page.fresh.wishes.exists()


def test_what_is_not_on_the_list_cannot_be_chosen(page):
    response = page.press("wish/", words="Please", likes=["nothing"])
    assert response.status_code == 422
    assert "Please" in response.content.decode()


def test_every_suggestion_of_the_catalogue_is_there_by_name(page):
    assert all(name in page.reads() for name in ("A handwritten note", "Time with our expert"))
    assert WishForm.base_fields["likes"].required is False
