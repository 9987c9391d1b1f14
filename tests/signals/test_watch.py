"""A watch as a row."""

import pytest
from django.db import IntegrityError

from amends.signals.models import Watch
from tests import cast

pytestmark = pytest.mark.django_db


def test_days_are_of_the_places_calendar_or_of_the_first_place():
    assert str(Watch(sees="late").zone) == "UTC"
    cast.place(timezone="Europe/Lisbon")
    york = cast.place("larder-york", name="York", timezone="Europe/London")
    assert str(Watch(sees="late").zone) == "Europe/Lisbon"
    assert str(Watch(sees="late", place=york).zone) == "Europe/London"


def test_a_silence_is_another_sort_than_an_event():
    sorts = {sees for sees in Watch(sees="late")._meta.get_field("sees").flatchoices}
    assert len(sorts) == 8
    assert [Watch(sees=sees).is_of_rhythm for sees in ("late", "rating", "quiet", "falling")] == [
        False,
        False,
        True,
        True,
    ]


def test_marks_are_shares():
    with pytest.raises(IntegrityError):
        Watch.objects.create(sees="rating", name="Stars", mark=40)
