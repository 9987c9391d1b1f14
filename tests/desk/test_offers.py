from decimal import Decimal

import pytest

from amends.recovery import journey
from amends.recovery.offer import State
from amends.remedies.rule import Rule
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def given(*names, **more):
    """What the form sends for these remedies: {"Refund": "12"} or just the name."""
    return {"lines": [cast.remedy(name).ref for name in names], **more}


def worth(name, amount):
    return {f"value_{cast.remedy(name).ref}": amount}


def test_s0_15_an_offer_puts_back_and_adds_something(ana):
    recovery = cast.wished()
    told = given("Refund", "A handwritten note", **worth("Refund", "20"))
    assert press(ana, "offer", recovery, **told).status_code == 303
    offer = recovery.offers.get()
    assert (offer.state, offer.value) == (State.OPEN, Decimal(20))


def test_s0_15_without_an_extra_it_is_asked_why(ana):
    recovery = cast.wished()
    told = given("Refund", words="Your money back.", **worth("Refund", "20"))
    answer = press(ana, "offer", recovery, **told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Add something extra, or say why there is none." in page
    assert "Your money back." in page
    told["no_extra_why"] = "They waved it away."
    assert press(ana, "offer", recovery, **told).status_code == 303


def test_s0_08_before_asking_it_must_be_marked_as_a_first_move(ana):
    recovery = cast.sorry()
    told = given("Do it again, properly")
    assert press(ana, "offer", recovery, **told).status_code == 422
    assert press(ana, "offer", recovery, **told, is_first_move="on").status_code == 303
    assert recovery.offers.get().is_first_move


def test_nothing_chosen_is_no_offer(ana):
    answer = press(ana, "offer", cast.wished(), words="Dear Robert")
    assert answer.status_code == 422
    assert "Choose at least one thing to offer." in answer.content.decode()


def test_money_is_named_as_a_sum(ana):
    answer = press(ana, "offer", cast.wished(), **given("Refund", "A handwritten note"))
    assert answer.status_code == 422
    assert "How much? Write the sum." in answer.content.decode()


def test_s4_14_too_much_is_warned_of_and_never_forbidden(ana):
    recovery = cast.wished()
    told = given("Refund", "A small gift", **worth("Refund", "45"))
    answer = press(ana, "offer", recovery, **told)
    assert answer.status_code == 422
    assert "one and a half times the price" in answer.content.decode()
    assert press(ana, "offer", recovery, **told, even_so="on").status_code == 303


def test_s2_16_above_the_limit_somebody_is_asked_and_the_page_says_who(ana):
    cast.mona()
    recovery = cast.wished()
    assert b"Above it Mona Hart is asked first" in page_of(ana, recovery).content
    told = given("Refund", "A small gift", even_so="on", **worth("Refund", "80"))
    press(ana, "offer", recovery, **told)
    page = page_of(ana, recovery).content.decode()
    assert "Waiting for a yes of ours" in page
    assert "Mona Hart is asked" in page


def test_s2_11_the_page_shows_the_limit_left_and_never_what_a_thing_costs_us(ana):
    """T4: what it may be worth to them is there, too."""
    remedy = cast.remedy("A small gift")
    type(remedy).objects.filter(pk=remedy.pk).update(cost=Decimal("3.33"), value=Decimal(12))
    page = page_of(ana, cast.wished()).content.decode()
    assert "£50</strong> is yours to give here without asking" in page
    assert "Worth £12" in page
    assert "3.33" not in page


def test_s4_10_a_rule_is_bent_with_a_reason(ana):
    rule = Rule.objects.create(name="Returns within 90 days")
    recovery = cast.wished()
    assert press(ana, "bend", recovery, rule=rule.ref, why="Home on day 100").status_code == 303
    assert "Returns within 90 days" in page_of(ana, recovery).content.decode()
    assert press(ana, "bend", recovery, rule=rule.ref, why="").status_code == 422
    assert press(ana, "bend", recovery, rule="nosuchrule", why="x").status_code == 422


def test_they_may_answer_by_word_of_mouth(ana):
    offer = cast.offered()
    assert press(ana, "accept", offer).status_code == 303
    assert cast.fresh(offer.recovery).agreed_at
    assert offer.recovery.promises.count() == 2


def test_s0_09_what_would_be_better_is_the_next_wish(ana):
    offer = cast.offered()
    assert press(ana, "counter", offer, words="Tea for two.").status_code == 303
    assert "Tea for two." in page_of(ana, offer.recovery).content.decode()
    assert press(ana, "counter", cast.offered(), words="").status_code == 422


def test_a_no_is_written_down(ana):
    offer = cast.offered()
    assert press(ana, "decline", offer, words="Too little.").status_code == 303
    offer.refresh_from_db()
    assert offer.state == State.DECLINED


def test_an_offer_is_taken_back_for_a_better_one(ana):
    offer = cast.offered()
    assert press(ana, "withdraw", offer).status_code == 303
    assert "Next: Put an offer together for Robert" in page_of(ana, offer.recovery).content.decode()


def test_who_was_slower_is_told_that_it_has_moved_on(ana):
    offer = cast.offered()
    journey.decline(offer)
    answer = press(ana, "accept", offer)
    assert answer.status_code == 422
    assert "This offer is declined." in answer.content.decode()


def test_drawn_without_a_new_page_it_is_the_same(ana):
    recovery = cast.wished()
    answer = press_quietly(ana, "offer", recovery, **given("Exchange", "A handwritten note"))
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_strangers_find_nothing(client):
    offer = cast.offered()
    client.force_login(stranger())
    steps = [("offer", offer.recovery), ("bend", offer.recovery)]
    steps += [(step, offer) for step in ("accept", "counter", "decline", "withdraw")]
    for step, on in steps:
        assert press(client, step, on, words="x").status_code == 404
