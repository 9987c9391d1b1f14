from datetime import timedelta

import pytest

from amends.recovery import journey
from amends.recovery.notice import About
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_not_fixed_opens_again_and_reaches_a_person():
    recovery = cast.put_right()
    journey.not_fixed(recovery, words="The bacon is still greasy.", by=cast.ana())
    recovery = cast.fresh(recovery)
    assert recovery.put_right_at is None
    assert recovery.waiting_since
    assert recovery.followups.open().count() == 0


def test_s2_14_thanks_are_given_by_a_person():
    recovery = cast.put_right()
    journey.thank(recovery, how="a handwritten note", by=cast.ana())
    assert cast.fresh(recovery).thanked_by == cast.ana()


def test_alga_psa_2772_a_polite_loop_opens_again_three_times_a_day_and_no_more(clock):
    """Guarantee 7: the person is told each time all the same."""
    recovery = cast.put_right()
    for number in range(5):
        journey.let_go(cast.fresh(recovery), why="They are served.", by=cast.ana())
        clock.shift(60)
        journey.customer_wrote(cast.fresh(recovery), words="It is not fixed.", channel="e-mail")
        assert (cast.fresh(recovery).closed_at is None) is (number < 3)
        if number >= 3:
            break
    assert recovery.notices.filter(about=About.NOT_FIXED).count() == 4
    clock.shift(timedelta(days=1))
    journey.customer_wrote(cast.fresh(recovery), words="It is not fixed.", channel="e-mail")
    assert cast.fresh(recovery).closed_at is None
