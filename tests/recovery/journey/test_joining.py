import pytest

from amends.recovery import journey
from amends.recovery.journey.joining import NotTheSame, TooFar
from amends.recovery.link import Link
from amends.recovery.recovery import Closed, Recovery
from amends.recovery.timeline import Verb, first_broken
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def two():
    return cast.heard(channel="e-mail"), cast.heard(channel="e-mail")


def verbs(recovery):
    return list(recovery.timeline.values_list("verb", flat=True))


def test_two_tellings_go_on_as_one(two):
    first, second = two
    journey.join(second, to=first, by=cast.ana())
    second = cast.fresh(second)
    assert (second.outcome, second.joined_to, second.waiting_since) == ("joined", first, None)
    assert not second.clocks.running().exists()
    assert second.goes_on_as() == first
    assert cast.fresh(first).with_joined() == [first, second]
    assert Verb.JOINED in verbs(first)
    assert first_broken(cast.fresh(first)) is None


def test_whoever_waits_still_waits(two, clock):
    first, second = two
    since = cast.fresh(second).waiting_since
    clock.shift(60)
    journey.write(first, words="We are on it.", by=cast.ana())
    journey.join(second, to=cast.fresh(first), by=cast.ana())
    assert cast.fresh(first).waiting_since == since


def test_it_can_be_undone(two):
    first, second = two
    journey.join(second, to=first, by=cast.ana())
    journey.part(cast.fresh(second), by=cast.ana())
    second = cast.fresh(second)
    assert (second.closed_at, second.joined_to, second.outcome) == (None, None, "")
    assert second.waiting_since
    assert second.clocks.running().exists()
    with pytest.raises(NotTheSame):
        journey.part(second, by=cast.ana())


def test_what_is_not_the_same_stays_two(two):
    first, _ = two
    other = cast.heard(customer=cast.Customer.met(name="Jo", email="jo@x.example"))
    for to in (first, other):
        with pytest.raises(NotTheSame):
            journey.join(first, to=to, by=cast.ana())


def test_nothing_owed_is_lost():
    offered = cast.offered().recovery
    with pytest.raises(TooFar):
        journey.join(offered, to=cast.heard(), by=cast.ana())


def test_what_is_closed_is_joined_to_nothing(two):
    first, second = two
    journey.join(second, to=first, by=cast.ana())
    with pytest.raises(Closed):
        journey.join(cast.fresh(second), to=first, by=cast.ana())
    with pytest.raises(Closed):
        journey.join(first, to=cast.fresh(second), by=cast.ana())


def test_both_links_of_the_customer_open_the_one_that_goes_on(two, clock):
    first, second = two
    token = Link.to(second, at=second.known_at).token
    journey.join(second, to=first, by=cast.ana())
    assert Link.opened(token, at=second.known_at).recovery == first


def test_a_circle_made_by_hand_ends(two):
    first, second = two
    Recovery.objects.filter(pk=first.pk).update(joined_to=second)
    Recovery.objects.filter(pk=second.pk).update(joined_to=first)
    assert cast.fresh(first).goes_on_as() in (first, second)
    assert len(cast.fresh(first).with_joined()) == 2
