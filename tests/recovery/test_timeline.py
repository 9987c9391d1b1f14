import pytest
from django.db import IntegrityError

from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.timeline import Actor, Entry, Verb, first_broken, record
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_every_step_is_one_entry_and_the_chain_holds():
    recovery = cast.put_right()
    numbers = [entry.number for entry in recovery.timeline.all()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert first_broken(recovery) is None


@pytest.mark.parametrize(
    "change",
    [{"words": "We gave £500."}, {"facts": {"value": "500"}}, {"actor": "clock"}, {"by_id": None}],
)
def test_changing_an_entry_shows(change):
    recovery = cast.agreed()
    Entry.objects.filter(recovery=recovery, number=2).update(**change)
    assert first_broken(recovery) == 2


def test_taking_an_entry_out_shows():
    recovery = cast.agreed()
    Entry.objects.get(recovery=recovery, number=4).delete()
    assert first_broken(recovery) == 4


def test_cutting_the_end_off_shows():
    recovery = cast.agreed()
    last = recovery.timeline.last()
    last.delete()
    assert first_broken(recovery) == last.number


def test_two_entries_never_share_a_number():
    recovery = cast.heard()
    twin = recovery.timeline.get(number=1)
    twin.pk = None
    with pytest.raises(IntegrityError):
        twin.save(force_insert=True)


def test_an_entry_says_who():
    recovery = cast.heard()
    said = record(recovery, Verb.NOTED, by=Actor.CLOCK, at=now())
    assert (said.who, recovery.timeline.get(number=1).who) == ("The clock", "Ana Reyes")


def test_a_part_remembers_who_completed_it():
    recovery = cast.heard()
    said = journey.restate(recovery, words=cast.RESTATED, by=cast.ana())
    journey.confirm(said)
    done = recovery.timeline.get(completes=2)
    assert done.actor == Actor.CUSTOMER.value
