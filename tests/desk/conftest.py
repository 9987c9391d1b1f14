import pytest

from tests import cast
from tests.people.conftest import harbour

__all__ = ["ana", "harbour"]


@pytest.fixture
def ana(client, db):
    """A browser in which Ana is signed in: front line, at the breakfast room in Bath."""
    client.force_login(cast.ana())
    return client
