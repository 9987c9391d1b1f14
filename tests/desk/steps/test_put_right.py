import pytest

from amends.desk.recovery_page import RecoveryPage
from amends.desk.steps.put_right import CoverPromise, MakePromise, NotFixed, PutRight, Thank
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def page(recovery):
    return RecoveryPage(cast.fresh(recovery), cast.ana())


def test_done_only_when_agreed_and_nothing_is_owed():
    assert not PutRight.is_open_to(page(cast.wished()))
    recovery = cast.agreed()
    assert not PutRight.is_open_to(page(recovery))
    for promise in recovery.promises.open():
        journey.release(promise, why="Never mind.", by=cast.ana())
    journey.not_fixed(cast.fresh(recovery), words="Still cold.", by=cast.ana())
    assert PutRight.is_open_to(page(recovery))


def test_not_fixed_can_be_said_long_after():
    recovery = cast.heard()
    assert not NotFixed.is_open_to(page(recovery))
    journey.leave_me_be(recovery)
    assert NotFixed.is_open_to(page(recovery))


def test_whoever_promises_keeps_it_unless_they_say_who():
    form = MakePromise(page(cast.heard()))
    assert form["owner"].value() == cast.ana().ref
    assert "Robert" in form["words"].label


def test_it_is_covered_by_somebody_else():
    promise = cast.agreed().promises.first()
    ben = cast.ben()
    form = CoverPromise(page(promise.recovery), about=promise)
    assert [ref for ref, _ in form.fields["owner"].choices] == ["", ben.ref]


def test_one_thank_you():
    recovery = cast.put_right()
    journey.thank(recovery, how="in person", by=cast.ana())
    assert not Thank.is_open_to(page(recovery))
