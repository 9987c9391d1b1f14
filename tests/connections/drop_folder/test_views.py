import pytest

from amends.connections.drop_folder.dropped import Dropped
from amends.kit.clock import now
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/desk/settings/files/"


def words(answer):
    return " ".join(answer.content.decode().split())


def test_what_became_of_the_last_files(client, settings, tmp_path):
    settings.AMENDS_DROP_FOLDER = tmp_path
    Dropped.note(name="orders.csv", at=now(), new=3, refused=1, kept_as="done/x")
    Dropped.note(name="<b>.csv", at=now(), trouble="No.", kept_as="rejected/x")
    client.force_login(cast.olive())
    page = words(client.get(PAGE))
    assert "3 new" in page
    assert "1 left out" in page
    assert "&lt;b&gt;.csv" in page
    assert str(tmp_path) in page


def test_where_no_folder_is_watched_it_says_who_can_name_one(client):
    client.force_login(cast.audrey())
    assert "AMENDS_DROP_FOLDER" in words(client.get(PAGE))


def test_it_is_for_those_who_see_every_place(client):
    client.force_login(cast.mona())
    assert client.get(PAGE).status_code == 403
