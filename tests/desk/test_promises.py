from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import clockwork, journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PROMISES = "/desk/promises/"


def words(response):
    return " ".join(response.content.decode().split())


def promised(text="I will ring you.", *, by=None, hours=4, **more):
    by = by or cast.ana()
    due = now() + timedelta(hours=hours)
    return journey.promise(cast.heard(**more), words=text, by=by, due=due)


def listed(client, **chosen):
    return words(client.get(PROMISES, chosen))


def rows(client, **chosen):
    return [promise.words for promise in client.get(PROMISES, chosen).context["page"].rows]


def test_a_promise_moves_from_list_to_list_as_its_life_goes_on(client, clock):
    promised()
    client.force_login(cast.ana())
    assert "I will ring you." in listed(client)
    assert rows(client, show="late") == []
    clock.shift(timedelta(hours=5))
    assert rows(client, show="late") == ["I will ring you."]
    assert rows(client) == []
    clock.shift(timedelta(hours=24))
    clockwork.what_is_due()
    assert rows(client, show="broken") == ["I will ring you."]
    assert rows(client, show="late") == []


def test_it_is_kept_with_one_press_and_one_is_back_where_one_was(client):
    owed = promised()
    client.force_login(cast.ben())
    answer = client.post(f"{PROMISES}{owed.ref}/kept/listed/?show=due&for=place")
    assert (answer.status_code, answer["Location"]) == (303, f"{PROMISES}?show=due&for=place")
    owed.refresh_from_db()
    assert owed.kept_by == cast.ben()
    assert "Kept" in listed(client, show="kept")


def test_with_htmx_the_list_alone_is_drawn_again(client):
    owed = promised()
    promised("I will write to you.")
    client.force_login(cast.ana())
    answer = client.post(f"{PROMISES}{owed.ref}/kept/listed/", headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#promises"
    assert "I will write to you." in words(answer)
    assert "<html" not in words(answer)


def test_what_was_kept_already_is_said(client):
    owed = promised()
    journey.keep(owed, by=cast.ana())
    client.force_login(cast.ben())
    answer = client.post(f"{PROMISES}{owed.ref}/kept/listed/")
    assert answer.status_code == 422
    assert "already kept by Ana Reyes" in words(answer)


def test_mine_are_those_i_keep_and_those_i_stand_in_for(client):
    owed = promised("Ben rings.", by=cast.ben())
    client.force_login(cast.ana())
    assert "Ben rings." not in listed(client, **{"for": "me"})
    journey.cover_promise(owed, owner=cast.ben(), cover=cast.ana(), by=cast.mona())
    assert "Ben rings." in listed(client, **{"for": "me"})


def test_what_waits_for_a_visit_comes_after_all_that_have_a_day(client):
    cast.asked_for_ana()
    promised("Later than all.", hours=900)
    client.force_login(cast.ana())
    page = listed(client)
    assert page.index("Later than all.") < page.index("At the next visit")


def test_a_stranger_sees_none_and_keeps_none(client):
    owed = promised()
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    assert "I will ring you." not in listed(client, **{"for": "all"})
    assert client.post(f"{PROMISES}{owed.ref}/kept/listed/").status_code == 404


def test_nothing_of_the_address_reaches_a_query(client):
    client.force_login(cast.ana())
    spoilt = {"show": "'; drop", "for": "recovery__owner", "after": "bm90aGluZw", "order": "pk"}
    assert "Nothing to keep" in listed(client, **spoilt)


def test_a_long_list_goes_on_where_it_stopped_and_asks_little(
    client, django_assert_max_num_queries
):
    recovery = cast.heard()
    for number in range(45):
        due = now() + timedelta(hours=1 + number // 3)
        journey.promise(recovery, words=f"Promise {number:02}.", by=cast.ana(), due=due)
    client.force_login(cast.ana())
    with django_assert_max_num_queries(6):
        first = client.get(PROMISES)
    after = first.context["page"].after
    second = client.get(PROMISES, {"after": after}).context["page"]
    seen = [promise.words for promise in [*first.context["page"].rows, *second.rows]]
    assert seen == [f"Promise {number:02}." for number in range(45)]
    assert second.after == ""
