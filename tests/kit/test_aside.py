"""A condition that no index is asked for, and that means the same as any other."""

import pytest

from amends.kit.aside import beside
from amends.people.place import Place
from amends.recovery.promise import Promise
from amends.recovery.recovery import Recovery
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.engines, pytest.mark.usefixtures("clock")]


def test_it_says_what_the_condition_says():
    here = cast.heard()
    there = cast.place("larder-york", name="The Larder, York")
    assert list(Recovery.objects.filter(beside("place", Place.objects.all()))) == [here]
    assert list(Recovery.objects.filter(beside("place", [here.place_id]))) == [here]
    assert not Recovery.objects.filter(beside("place", [there.pk])).exists()
    assert not Recovery.objects.filter(beside("place", [])).exists()
    assert not Recovery.objects.filter(beside("place", Place.objects.none())).exists()


def test_it_reaches_through_others():
    promise = cast.agreed("A handwritten note").promises.get()
    assert list(Promise.objects.filter(beside("recovery__place", [cast.place().pk]))) == [promise]
    assert not Promise.objects.filter(beside("recovery__place", [cast.place().pk + 1])).exists()
