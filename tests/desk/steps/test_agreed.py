from decimal import Decimal

import pytest
from django.http import QueryDict

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.agreed import Accept, Ask, Bend, MakeOffer, TakeWish
from amends.recovery import journey
from amends.remedies.rule import Rule
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(recovery):
    return RecoveryPage(cast.fresh(recovery), cast.ana())


def offer(recovery, *names, **more):
    told = QueryDict(mutable=True)
    told.setlist("lines", [cast.remedy(name).ref for name in names])
    told.update(more)
    return MakeOffer(page(recovery), told)


def test_once_agreed_nobody_is_asked_again():
    recovery = cast.sorry()
    assert Ask.is_open_to(page(recovery))
    journey.heard_was_enough(recovery, by=cast.ana())
    assert not Ask.is_open_to(page(recovery))
    assert not TakeWish.is_open_to(page(recovery))


def test_one_offer_at_a_time():
    made = cast.offered()
    assert not MakeOffer.is_open_to(page(made.recovery))
    assert Accept.is_open_to(page(made.recovery))
    journey.withdraw(made, by=cast.ana())
    assert MakeOffer.is_open_to(page(made.recovery))


def test_where_there_is_no_rule_there_is_none_to_bend():
    recovery = cast.heard()
    assert not Bend.is_open_to(page(recovery))
    Rule.objects.create(name="Returns within 90 days")
    assert Bend.is_open_to(page(recovery))


def test_the_terms_are_what_the_journey_asks_for():
    refund = cast.remedy("Refund")
    form = offer(cast.wished(), "Refund", "A handwritten note", **{f"value_{refund.ref}": "12"})
    assert form.is_valid()
    assert set(form.terms) == {"lines", "words", "no_extra_why", "is_first_move"}
    assert {line.value for line in form.terms["lines"]} == {Decimal(12), None}


def test_s4_14_the_warning_is_heard_once():
    refund = cast.remedy("Refund")
    much = {f"value_{refund.ref}": "45"}
    assert not offer(cast.wished(), "Refund", **much).is_valid()
    assert offer(cast.wished(), "Refund", even_so="on", **much).is_valid()


def test_a_sum_that_is_no_sum_is_refused_where_it_stands():
    refund = cast.remedy("Refund")
    form = offer(cast.wished(), "Refund", **{f"value_{refund.ref}": "lots"})
    assert list(form.errors) == [f"value_{refund.ref}"]
