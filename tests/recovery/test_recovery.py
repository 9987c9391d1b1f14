import pytest
from django.db import IntegrityError

from amends.kit.clock import now
from amends.recovery.recovery import Closed, Outcome, Part, Recovery
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_s1_01_the_part_is_the_first_one_not_yet_done():
    recovery = cast.sorry()
    assert (recovery.part, recovery.stage.label) == (Part.AGREED, "Agreed")
    recovery.undo(Part.UNDERSTOOD)
    assert cast.fresh(recovery).stage == Part.UNDERSTOOD


def test_people_see_the_recoveries_of_their_places():
    recovery = cast.heard()
    stranger = cast.person("Sam Far", at=cast.place("far-away"))
    assert not Recovery.objects.visible_to(stranger).exists()
    for person in (cast.ana(), cast.mona(), cast.olive(), cast.audrey()):
        assert Recovery.objects.visible_to(person).get() == recovery


def test_of_two_who_close_it_one_wins():
    recovery = cast.heard()
    one, other = cast.fresh(recovery), cast.fresh(recovery)
    one.close(Outcome.LET_GO, at=now())
    with pytest.raises(Closed):
        other.close(Outcome.WON_BACK, at=now())


def test_s2_02_nothing_is_closed_without_an_outcome():
    recovery = cast.heard()
    with pytest.raises(IntegrityError):
        Recovery.objects.filter(pk=recovery.pk).update(closed_at=now())
