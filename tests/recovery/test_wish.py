import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.wish import NoWish, Wants, Wish
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s1_10_what_they_want_need_not_be_material():
    wish = Wish.take(cast.heard(), words="", wants=Wants.HEARD, at=now())
    assert wish.wants == "heard"
    assert {"heard", "treated", "take_part"} < set(Wants.values)


def test_a_wish_has_words():
    with pytest.raises(NoWish):
        Wish.take(cast.heard(), words=" ", wants=Wants.PUT_RIGHT, at=now())


def test_s4_15_the_exact_question_is_ready():
    recovery = cast.sorry()
    journey.ask(recovery, by=cast.ana())
    letter = Letter.objects.get(thread=recovery.ref, kind="asking")
    assert "What would you think would be fair?" in letter.text


def test_a_later_wish_stands_beside_the_first():
    recovery = cast.wished()
    journey.wish(recovery, words="Or simply the juice.")
    assert recovery.wishes.count() == 2
