import pytest

from amends.config import demonstrating
from amends.people.person import Person
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_sample_is_filled_once_and_says_how_to_sign_in():
    for _ in range(2):
        lines = list(demonstrating.fill(None))
    assert Person.objects.count() == 12
    assert any("mona@larder.example" in line for line in lines)


def test_a_sample_is_never_mixed_with_real_people():
    cast.ana()
    with pytest.raises(demonstrating.NotEmpty):
        list(demonstrating.fill(None))
