"""An incident and the list of whom it touched, as rows."""

import pytest

from amends.kit.clock import now
from amends.signals.incident import State
from amends.signals.models import Incident
from tests import cast
from tests.desk.pressing import stranger
from tests.signals.test_reaching import guests, incident, listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_it_is_seen_at_its_place():
    made = incident()
    assert Incident.objects.visible_to(cast.ana()).get() == made
    assert not Incident.objects.visible_to(stranger()).exists()


def test_how_far_it_is_can_be_counted():
    made = incident(listed(guests(3)))
    assert made.counts() == {"waiting": 3, "opened": 0, "left": 0}
    assert not made.is_under_way


def test_of_two_workers_one_takes_a_customer_off_the_list():
    made = incident(listed(guests(1)))
    touched, same = made.touched.get(), made.touched.get()
    assert touched.take(State.OPENED, at=now())
    assert not same.take(State.LEFT, at=now(), why="Second.")
    assert made.touched.get().state == State.OPENED
