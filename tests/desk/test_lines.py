from decimal import Decimal

import pytest
from django.http import QueryDict

from amends.desk.lines import LinesForm
from amends.remedies.remedy import Side
from tests import cast

pytestmark = pytest.mark.django_db


def filled(*chosen, **more):
    sent = QueryDict(mutable=True)
    sent.setlist("lines", [remedy.ref for remedy in chosen])
    sent.update({"words": "For you.", **more})
    return LinesForm(sent, place=cast.place())


def test_what_is_ticked_becomes_lines_in_our_words_and_at_its_worth():
    room = cast.remedy("An upgrade")
    form = filled(
        room, **{f"value_{room.ref}": "35", f"words_{room.ref}": "The room with the view"}
    )
    assert form.is_valid()
    line = form.given()[0]
    assert (line.remedy, line.words, line.value) == (room, "The room with the view", Decimal(35))


def test_s0_14_putting_back_and_the_extra_stand_apart():
    cast.remedy("Refund")
    sides = LinesForm(place=cast.place()).sides
    assert [lines[0]["remedy"].side for _, lines in sides] == [Side.PUT_BACK, Side.EXTRA]
    only = LinesForm(place=cast.place(), side=Side.PUT_BACK)
    assert len(only.sides) == 1


def test_nothing_ticked_or_off_the_menu_is_refused():
    room = cast.remedy("An upgrade")
    assert filled().errors["lines"] == ["Choose at least one thing to offer."]
    room.is_active = False
    room.save()
    assert "lines" in filled(room).errors


def test_a_tick_is_kept_when_something_else_is_wrong():
    room = cast.remedy("An upgrade")
    form = filled(room, words="")
    assert not form.is_valid()
    ticked = [x["remedy"] for _, lines in form.sides for x in lines if x["ticked"]]
    assert ticked == [room]


def test_s1_10_for_whom_something_else_means_most_money_comes_last():
    cast.remedy("Refund")
    form = LinesForm(place=cast.place(), side=Side.PUT_BACK)
    form.money_last = True
    ((_, lines),) = form.sides
    in_money = [line["remedy"].is_money for line in lines]
    assert in_money == sorted(in_money)
    assert {True, False} <= set(in_money)
