import pytest

from tests import cast

pytestmark = pytest.mark.django_db


def test_the_way_to_every_setting(client, django_assert_max_num_queries):
    client.force_login(cast.ana())
    with django_assert_max_num_queries(9):
        page = client.get("/desk/settings/").content.decode()
    for where in ["places", "people", "authority", "standards", "remedies", "letters"]:
        assert f'href="/desk/settings/{where}/"' in page


def test_a_stranger_is_shown_the_door(client):
    answer = client.get("/desk/settings/")
    assert answer["Location"].startswith("/accounts/login/")
