import pytest

from amends.recovery import journey
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LIST = "/desk/recoveries/"


def shown(client, **asked):
    return client.get(LIST, asked).content.decode()


def test_the_list_leads_with_the_name(ana):
    recovery = cast.heard()
    page = shown(ana)
    assert f'<a href="/desk/recoveries/{recovery.ref}/">Robert Finch</a>' in page
    assert "Understood" in page


def test_open_mine_waiting_without_owner_closed(ana):
    closed = cast.heard(customer=cast.finch(name="Hugo Brandt", email="h@brandt.example"))
    journey.leave_me_be(closed)
    waiting = cast.heard(by=cast.ben(), customer=cast.finch(name="Ines", email="i@d.example"))
    journey.customer_wrote(waiting, words="Are you there?", channel="page")
    names = {
        show: [x for x in ("Hugo Brandt", "Ines") if x in shown(ana, show=show)]
        for show in ("open", "mine", "waiting", "orphans", "closed", "nonsense")
    }
    assert names == {
        "open": ["Ines"],
        "mine": [],
        "waiting": ["Ines"],
        "orphans": [],
        "closed": ["Hugo Brandt"],
        "nonsense": ["Ines"],
    }


def test_by_part_and_by_place(ana):
    cast.heard()
    assert "Robert Finch" in shown(ana, part="2", place=cast.place().ref)
    assert "Robert Finch" not in shown(ana, part="5")
    assert "Robert Finch" in shown(ana, part="99", place="elsewhere")


def test_found_by_name_by_address_and_by_words(ana):
    cast.heard()
    for words in ("finch", "robert@finch", "GRAPEFRUIT"):
        assert "Robert Finch" in shown(ana, q=words), words
    assert "Nothing like that" in shown(ana, q="xylophone")


def test_a_long_list_goes_on_where_it_stopped(ana, clock):
    for n in range(43):
        clock.shift(60)
        cast.heard(customer=cast.finch(name=f"Guest {n:02}", email=f"{n}@guest.example"))
    first = ana.get(LIST)
    assert len(first.context["page"].rows) == 40
    rest = ana.get(LIST, {"after": first.context["page"].after})
    assert [r.customer.name for r in rest.context["page"].rows] == [
        "Guest 02",
        "Guest 01",
        "Guest 00",
    ]


def test_a_spoilt_cursor_begins_again(ana):
    cast.heard()
    assert "Robert Finch" in shown(ana, after="nonsense")


def test_few_queries_however_long(ana, django_assert_max_num_queries):
    for n in range(8):
        cast.heard(customer=cast.finch(name=f"Guest {n}", email=f"{n}@guest.example"))
    with django_assert_max_num_queries(13):  # four to six of them to find who has that name
        shown(ana, q="guest")


def test_strangers_see_none_of_it(client):
    cast.heard()
    client.force_login(stranger())
    assert "Robert Finch" not in shown(client)
    assert "Robert Finch" not in shown(client, q="grapefruit", place=cast.place().ref)


def test_s3_12_somebody_takes_it_with_one_press(client):
    recovery = cast.heard()
    client.force_login(cast.ben())
    assert press(client, "take", recovery).status_code == 303
    assert cast.fresh(recovery).owner == cast.ben()


def test_s0_05_inside_it_changes_hands(ana):
    recovery, ben = cast.heard(), cast.ben()
    assert press(ana, "hand_over", recovery, to="").status_code == 422
    assert press(ana, "hand_over", recovery, to=ben.ref).status_code == 303
    assert cast.fresh(recovery).owner == ben


def test_only_to_people_of_the_place(ana):
    answer = press(ana, "hand_over", cast.heard(), to=stranger().ref)
    assert answer.status_code == 422


def test_drawn_without_a_new_page_it_is_the_same(ana):
    recovery, ben = cast.heard(), cast.ben()
    answer = press_quietly(ana, "hand_over", recovery, to=ben.ref)
    assert same_as_fresh(answer, page_of(ana, recovery))


def test_strangers_take_nothing(client):
    recovery = cast.heard()
    client.force_login(stranger())
    for step in ("take", "hand_over"):
        assert press(client, step, recovery).status_code == 404
