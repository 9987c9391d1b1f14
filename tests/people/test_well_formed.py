from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.kit.errors import Impossible
from amends.people.person import Person
from amends.people.well_formed import address, apart, checked, free_slug, known_zone
from tests import cast

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.lists(st.tuples(st.integers(0, 6), times, times), max_size=12))
def test_a_week_comes_back_in_order_and_never_overlaps(week):
    try:
        rows = apart(week)
    except Impossible as no:
        assert no.code == "overlap"
        return
    assert rows == sorted(week)
    for day in range(7):
        opened = [(opens, closes) for weekday, opens, closes in rows if weekday == day]
        for (_, closes), (opens, _) in pairwise(opened):
            assert closes <= opens


def test_one_stretch_may_begin_when_the_other_ends():
    week = [(0, time(11), time(15)), (0, time(8), time(11))]
    assert apart(week) == sorted(week)


def test_addresses_are_lowered_and_must_be_addresses():
    assert address(" Mo@Harbour.Test ") == "mo@harbour.test"
    with pytest.raises(Impossible):
        address("mo at harbour")


def test_a_zone_is_one_that_exists():
    assert known_zone("Europe/London") == "Europe/London"
    with pytest.raises(Impossible):
        known_zone("Europe/Atlantis")


def test_a_slug_is_free_and_there_is_one_for_every_name(harbour):
    assert free_slug("Quay") == "quay-2"
    assert free_slug("海") == "place"


@pytest.mark.django_db
def test_what_somebody_else_changes_meanwhile_is_not_undone():
    """A new password above all."""
    ana = cast.ana()
    theirs = Person.objects.get(pk=ana.pk)
    theirs.set_password("a long new sentence")
    theirs.save()
    checked(ana, name="Ana Berg")
    ana.refresh_from_db()
    assert ana.name == "Ana Berg"
    assert ana.check_password("a long new sentence")
