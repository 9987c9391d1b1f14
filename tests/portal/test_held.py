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
    with django_assert_max_num_queries(29):
        page.see("my-data/")


def test_what_we_know_of_them_and_what_they_bought_is_theirs_too(holder):
    recovery = cast.heard()
    recovery.customer.described(name="Robert Finch", values="A quiet table", dislikes="")
    journey.order(customer=recovery.customer, outside_id="A-7", place=recovery.place)
    page = holder(recovery)
    held = page.see("my-data.json").json()
    assert held["What we know of you"]["values"] == "A quiet table"
    assert held["Your orders"][0]["outside id"] == "A-7"
    assert "A quiet table" in page.reads("my-data/")


def test_t14_whoever_only_claimed_the_address_sees_none_of_that(holder):
    recovery = cast.heard()
    journey.order(customer=recovery.customer, outside_id="A-7", place=recovery.place)
    assert "A-7" not in str(holder(recovery, shown=True).see("my-data.json").json())
