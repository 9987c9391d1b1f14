import pytest

from amends.recovery import journey
from amends.recovery.failure import NO_FAULT, Failure, Fault, Kind
from amends.recovery.journey.heard import WentWrong
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize("fault", ["", *Fault.values])
def test_s0_10_s3_02_t1_fault_gates_nothing(fault):
    recovery = cast.heard()
    recovery.failures.update(fault=fault)
    said = journey.restate(recovery, words=cast.RESTATED, by=cast.ana())
    journey.confirm(said)
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana())
    assert cast.fresh(recovery).sorry_at


def test_s3_03_s3_06_s3_11_every_kind_opens_the_same_steps():
    assert {Kind.EXPECTATION, Kind.BAD_DAY} == NO_FAULT
    for kind in Kind.values:
        recovery = cast.heard(failures=[WentWrong(kind=kind)])
        journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), channel="in person")
        assert cast.fresh(recovery).sorry_at
    assert Failure.objects.get(kind=Kind.BEHAVIOUR).words == "How we behaved"


def test_s0_03_a_failure_is_told_neutrally():
    labels = " ".join([*Kind.labels, *Fault.labels]).lower()
    assert not any(word in labels for word in ("alleged", "claimed", "supposed"))
