"""S4-18: the customer decides; S0-16: another extra, and what they dislike is remembered."""

import pytest

from amends.recovery import journey
from amends.recovery.offer import LineGiven, State
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def offer(db):
    return cast.offered("Refund", "A handwritten note")


@pytest.fixture
def page(holder, offer):
    return holder(offer.recovery)


@pytest.fixture
def extra(offer):
    return offer.lines.get(side="extra")


def test_s4_18_yes_makes_promises_and_is_marked_as_their_decision(page, offer):
    page.press(f"offer/{offer.ref}/yes/")
    recovery = page.fresh
    assert recovery.customer_decided
    assert recovery.promises.count() == 2
    assert "What we promised" in page.reads()
    assert "Yes, please" not in page.reads()


def test_s0_16_another_extra_is_chosen_and_the_dislike_kept(page, offer, extra):
    gift = cast.remedy("A small gift")
    page.press(f"extra/{extra.ref}/another/", remedy=gift.ref, dislike="No cards, please")
    extra.refresh_from_db()
    assert extra.remedy == gift
    assert extra.swapped_from == cast.remedy("A handwritten note")
    assert "No cards, please" in page.fresh.customer.dislikes
    shown = page.reads()
    assert "A small gift" in shown
    assert "Yes, please" in shown


def test_s0_16_what_puts_it_back_is_not_for_swapping(page, offer):
    refund = offer.lines.get(side="put_back")
    note = cast.remedy("A small gift")
    response = page.press(f"extra/{refund.ref}/another/", remedy=note.ref)
    assert response.status_code == 422
    refund.refresh_from_db()
    assert refund.remedy == cast.remedy("Refund")


def test_an_extra_that_is_not_on_the_list_is_refused(page, extra):
    response = page.press(f"extra/{extra.ref}/another/", remedy=cast.remedy("Refund").ref)
    assert response.status_code == 422
    assert response.content.decode().count("errorlist") == 1


def test_something_better_in_their_own_words(page, offer):
    page.press(f"offer/{offer.ref}/better/", words="A table by the window.")
    offer.refresh_from_db()
    assert offer.state == State.COUNTERED
    assert page.fresh.wishes.last().words == "A table by the window."
    assert "what would be better" in page.reads()


def test_better_without_words_is_asked_for_again(page, offer):
    assert page.press(f"offer/{offer.ref}/better/", words="").status_code == 422
    offer.refresh_from_db()
    assert offer.state == State.OPEN


def test_no_thank_you_needs_no_reason(page, offer):
    page.press(f"offer/{offer.ref}/no/")
    offer.refresh_from_db()
    assert offer.state == State.DECLINED
    assert page.fresh.waiting_since
    assert "You said no" in page.reads()


def test_an_answer_to_one_that_was_withdrawn_changes_nothing(page, offer):
    journey.withdraw(offer, by=cast.ana())
    assert page.press(f"offer/{offer.ref}/yes/").status_code == 422
    assert page.press(f"offer/{offer.ref}/no/").status_code == 422
    assert not page.fresh.promises.exists()


def test_an_offer_that_waits_for_a_yes_inside_cannot_be_accepted(holder):
    cast.mona()
    recovery = cast.wished()
    lines = [LineGiven(cast.remedy("Refund"), value=1000)]
    held = journey.offer(recovery, lines=lines, by=cast.ana(), no_extra_why="Asked for none.")
    assert holder(recovery).press(f"offer/{held.ref}/yes/").status_code == 404


def test_somebody_elses_offer_is_not_found(holder, offer, extra):
    page = holder(cast.heard(customer=cast.finch(email="other@finch.example")))
    gift = cast.remedy("A small gift")
    assert page.press(f"offer/{offer.ref}/yes/").status_code == 404
    assert page.press(f"extra/{extra.ref}/another/", remedy=gift.ref).status_code == 404
    offer.refresh_from_db()
    assert offer.state == State.OPEN


def test_an_amount_is_shown_where_it_is_money(holder):
    recovery = cast.wished()
    lines = [LineGiven(cast.remedy("Refund"), value=24), LineGiven(cast.remedy("A small gift"))]
    journey.offer(recovery, lines=lines, by=cast.ana())
    assert "£24" in holder(recovery).reads()
