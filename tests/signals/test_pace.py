import pytest

from amends.signals.models import Pace
from amends.signals.pace import IN_ALL


@pytest.mark.django_db
def test_until_an_owner_sets_it_there_is_one_figure_and_no_row():
    assert Pace.set().per_day == IN_ALL
    assert str(Pace.set()) == f"{IN_ALL} a day"
    assert not Pace.objects.exists()
