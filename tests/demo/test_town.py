import pytest

from amends.demo.town import PASSWORD, settle
from amends.remedies.rule import Rule

pytestmark = pytest.mark.django_db


def test_everybody_can_sign_in_and_works_where_they_should():
    town = settle()
    assert all(person.check_password(PASSWORD) for person in town.people.values())
    assert town.mona.manages(town.places["row"])
    assert not town.mona.manages(town.places["high"])
    assert Rule.objects.filter(name="Returns within 90 days").exists()
