from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from amends.people.models import Place, SpecialDay
from amends.people.place import NoSuchPlace
from tests import cast


def test_owner_and_auditor_see_every_place_others_where_they_work(harbour):
    assert set(harbour.olive.places_seen()) == {harbour.quay, harbour.hill}
    assert set(harbour.ada.places_seen()) == {harbour.quay, harbour.hill}
    assert list(harbour.fay.places_seen()) == [harbour.quay]


def test_places_are_run_by_their_managers_and_by_owners_alone(harbour):
    assert list(Place.objects.run_by(harbour.mo)) == [harbour.quay]
    assert set(Place.objects.run_by(harbour.olive)) == {harbour.quay, harbour.hill}
    assert not Place.objects.run_by(harbour.fay)
    assert not Place.objects.run_by(harbour.ada)


def test_a_special_day_has_both_times_or_neither(harbour):
    SpecialDay.objects.create(place=harbour.quay, on=date(2026, 12, 25))
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialDay.objects.create(place=harbour.quay, on=date(2026, 12, 24), opens=time(9))


def test_references_of_places_cannot_be_counted(harbour):
    assert len({harbour.quay.ref, harbour.hill.ref}) == 2
    assert all(len(place.ref) == 10 for place in (harbour.quay, harbour.hill))


@pytest.mark.django_db
def test_a_place_is_called_by_its_short_name_or_its_ref_and_others_are_named_where_it_is_none():
    place = cast.place()
    assert Place.called(place.slug) == Place.called(place.ref) == place
    with pytest.raises(NoSuchPlace, match=f"There are: {place.slug}"):
        Place.called("mars")
