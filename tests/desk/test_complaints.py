import pytest

from amends.recovery import journey
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def by_letter():
    cast.ana()
    return journey.hear(
        customer=cast.finch(), place=cast.place(), words=cast.STORY, channel="e-mail"
    )


def test_reading_the_story_is_one_press(ana):
    recovery = by_letter()
    answer = press(ana, "listen", recovery)
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/recoveries/{recovery.ref}/")
    assert cast.fresh(recovery).listened_at


def test_and_without_a_new_page_it_draws_the_same(ana):
    recovery = by_letter()
    answer = press_quietly(ana, "listen", recovery)
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_more_of_the_story_stands_beside_the_first(ana):
    recovery = cast.heard()
    told = {"words": "And the toast was cold.", "channel": "telephone"}
    assert press(ana, "add_words", recovery, **told).status_code == 303
    assert [c.words for c in recovery.complaints.all()] == [cast.STORY, "And the toast was cold."]


def test_no_words_are_no_story(ana):
    answer = press(ana, "add_words", cast.heard(), words="", channel="fax")
    assert answer.status_code == 422


@pytest.mark.parametrize("step", ["listen", "add_words"])
def test_strangers_find_nothing(client, step):
    recovery = by_letter()
    client.force_login(stranger())
    assert press(client, step, recovery, words="x").status_code == 404
