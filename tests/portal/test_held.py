import pytest

from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_page_and_the_file_hold_the_same(holder):
    page = holder(cast.put_right())
    journey.give_idea(page.recovery, words="A jug of juice.")
    journey.answer_trust(page.recovery, trust="yes", words="You rang.")
    shown, held = page.reads("my-data/"), page.see("my-data.json").json()
    assert all(name in shown for name, told in held.items() if told)
    for words in (cast.STORY, cast.RESTATED, cast.SORRY, cast.WISH, "A jug of juice.", "You rang."):
        assert words in shown
        assert words in str(held)


def test_the_file_is_theirs_to_take_away(holder):
    response = holder(cast.heard()).see("my-data.json")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/json"


def test_other_recoveries_of_the_same_customer_are_not_in_it(holder):
    cast.heard(words="Something else altogether.")
    page = holder(cast.heard())
    assert "Something else altogether" not in page.reads("my-data/")


def test_it_costs_a_fixed_number_of_questions(holder, django_assert_max_num_queries):
    page = holder(cast.put_right())
    for n in range(20):
        journey.customer_wrote(page.recovery, words=f"More {n}", channel="page")
    with django_assert_max_num_queries(22):
        page.see("my-data/")
