import pytest

from amends.connections.drop_folder import dropped
from amends.connections.drop_folder.dropped import Dropped
from amends.kit.clock import now

pytestmark = pytest.mark.django_db


def test_the_last_ones_are_remembered(monkeypatch):
    monkeypatch.setattr(dropped, "MOST", 3)
    for number in range(5):
        Dropped.note(name=f"{number}.csv", at=now(), kept_as="done/x")
    assert [one.name for one in Dropped.objects.order_by("pk")] == ["2.csv", "3.csv", "4.csv"]
