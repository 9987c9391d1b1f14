import pytest

from amends.recovery import journey
from amends.recovery.notice import Notice
from tests import cast
from tests.desk.pressing import HTMX

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def told(words="It is not sorted."):
    recovery = cast.heard()
    journey.customer_wrote(recovery, words=words, channel="page")
    return Notice.objects.filter(person=cast.ana()).latest("pk")


def test_what_one_must_know_is_on_top_of_every_page(ana):
    notice = told()
    for page in ("/desk/today/", "/desk/capture/", "/desk/recoveries/"):
        assert notice.words in ana.get(page).content.decode()


def test_it_is_put_away_with_one_press_and_one_stays_where_one_was(ana):
    notice = told()
    answer = ana.post(f"/desk/notices/{notice.pk}/seen/", {"back": "/desk/capture/"})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/capture/")
    assert notice.words not in ana.get("/desk/today/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", ""])
def test_nobody_is_led_away_from_here(ana, back):
    answer = ana.post(f"/desk/notices/{told().pk}/seen/", {"back": back})
    assert answer["Location"] == "/desk/today/"


def test_ghsa_w668_wq26_6c94_the_notice_of_somebody_else_is_not_there(client):
    notice = told()
    client.force_login(cast.ben())
    assert client.post(f"/desk/notices/{notice.pk}/seen/").status_code == 404
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_a_quiet_look_costs_little_and_changes_nothing(ana, django_assert_max_num_queries):
    told()
    first = ana.get("/desk/notices/", **HTMX)
    seen = first.context["token"]
    with django_assert_max_num_queries(4):
        answer = ana.get("/desk/notices/", {"seen": seen}, **HTMX)
    assert answer.status_code == 204


def test_a_new_notice_comes_with_the_next_look(ana):
    seen = ana.get("/desk/notices/", **HTMX).context["token"]
    notice = told()
    answer = ana.get("/desk/notices/", {"seen": seen}, **HTMX)
    assert notice.words in answer.content.decode()
    assert answer["HX-Retarget"] == "#now"


def test_calm_two_at_most_and_a_line_that_there_is_more(ana):
    for _ in range(4):
        told()
    page = ana.get("/desk/today/").content.decode()
    assert page.count('class="banner"') == 2
    assert "2 more to know" in page
    everything = ana.get("/desk/notices/").content.decode()
    assert everything.count('class="banner"') == 4
