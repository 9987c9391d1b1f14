import pytest

from amends.desk.settings_standards import WHAT, in_words
from amends.recovery.standards import Standard, Step, standard
from tests import cast

pytestmark = pytest.mark.django_db
STANDARDS = "/desk/settings/standards/"
FIGURE = {"number": 2, "unit": "hours", "in_opening_hours": "on", "place": ""}


def words(response):
    return " ".join(response.content.decode().split())


def test_every_clock_is_told_in_plain_words():
    assert set(WHAT) == set(Step)
    assert in_words(240, True) == "4 hours of opening time"
    assert in_words(1440, True) == "24 hours of opening time"
    assert in_words(1440) == "1 day"
    assert in_words(5) == "5 minutes"


def test_the_page_tells_what_holds_everywhere_and_on_each_channel(client):
    client.force_login(cast.ana())
    page = words(client.get(STANDARDS))
    assert "4 hours of opening time" in page
    assert '5 minutes of opening time</span> <span class="soft">chat; in person; telephone' in page


def test_an_owner_sets_a_figure_for_one_place_and_takes_it_away_again(client):
    client.force_login(cast.olive())
    york = cast.place("larder-york")
    given = {**FIGURE, "place": york.pk, "channel": "fax"}
    assert client.post(f"{STANDARDS}apology/", given).status_code == 303
    assert standard(Step.APOLOGY, place=york, channel="fax") == (120, True)
    assert standard(Step.APOLOGY, place=cast.place(), channel="fax") == (240, True)
    page = words(client.get(f"{STANDARDS}apology/"))
    assert "2 hours of opening time" in page
    own = Standard.objects.get()
    assert client.post(f"{STANDARDS}apology/{own.pk}/drop/").status_code == 303
    assert not Standard.objects.exists()


def test_days_do_not_run_in_opening_hours_and_what_was_written_stays(client):
    client.force_login(cast.olive())
    answer = client.post(f"{STANDARDS}approval/", {**FIGURE, "unit": "days", "number": 37})
    assert answer.status_code == 422
    assert "Days run by the calendar" in words(answer)
    assert 'value="37"' in words(answer)


def test_others_read_and_do_not_change(client):
    for person in [cast.ana(), cast.mona(), cast.audrey()]:
        client.force_login(person)
        assert "Set it" not in words(client.get(f"{STANDARDS}apology/"))
        assert client.post(f"{STANDARDS}apology/", FIGURE).status_code == 403
        assert client.post(f"{STANDARDS}apology/1/drop/").status_code == 403


def test_there_is_no_clock_of_another_name(client):
    client.force_login(cast.olive())
    assert client.get(f"{STANDARDS}tea/").status_code == 404


def test_the_page_asks_little(client, django_assert_max_num_queries):
    client.force_login(cast.olive())
    with django_assert_max_num_queries(6):
        client.get(STANDARDS)
