from datetime import timedelta

import pytest

from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.recovery import clockwork, journey
from amends.recovery.notice import About, Notice
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ARRIVALS = "/desk/arrivals/"


def press(client, visit, what):
    return client.post(f"/desk/visits/{visit.ref}/{what}/")


def is_here(client, customer, **more):
    told = {"customer": customer.ref, "place": cast.place().pk, "table": "Table 7", **more}
    return client.post(f"{ARRIVALS}here/", told)


def words(response):
    return " ".join(response.content.decode().split())


def notices_of(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("about", "words"))


def test_s3_16_the_managers_card_through_the_door_and_the_clock(client, clock):
    """He gave his card: ask for me. The guest comes, and nobody does."""
    mona = cast.mona()
    recovery, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=3))
    client.force_login(cast.ben())
    assert is_here(client, recovery.customer).status_code == 303
    first = notices_of(cast.ana())[-1]
    assert first[0] == About.ARRIVAL
    assert "Robert Finch is here" in first[1]

    page = words(client.get(ARRIVALS))
    assert "Asked for <b>Ana Reyes</b>" in page
    assert "Greasy, tough bacon" in page or "greasy" in page
    assert "<b>0</b> <span" in page

    clock.shift(timedelta(minutes=5))
    clockwork.what_is_due()
    assert notices_of(cast.ana())[-1][1].endswith("still waiting to be greeted.")
    page = words(client.get(ARRIVALS))
    assert 'data-state="soon"' in page
    assert "<b>Still not greeted.</b> Ana Reyes was called again" in page

    clock.shift(timedelta(minutes=10))
    clockwork.what_is_due()
    promise.refresh_from_db()
    assert promise.state == "broken"
    assert notices_of(mona)[-1][0] == About.BROKEN
    page = words(client.get(ARRIVALS))
    assert "<b>We were not there.</b>" in page
    assert "<b>15</b> <span" in page


def test_a_greeting_in_time_keeps_the_promise(client, clock):
    recovery, promise = cast.asked_for_ana()
    clock.shift(timedelta(days=3))
    client.force_login(cast.ana())
    is_here(client, recovery.customer)
    clock.shift(timedelta(minutes=3))
    assert press(client, Visit.objects.get(), "greeted").status_code == 303
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert "greeted by Ana Reyes" in words(client.get(ARRIVALS))


def test_of_two_who_greet_the_second_is_told(client, clock):
    recovery, _ = cast.asked_for_ana()
    client.force_login(cast.ana())
    is_here(client, recovery.customer)
    press(client, Visit.objects.get(), "greeted")
    client.force_login(cast.ben())
    answer = press(client, Visit.objects.get(), "greeted")
    assert answer.status_code == 422
    assert "Ana Reyes has already greeted Robert Finch." in words(answer)


def test_whoever_leaves_ungreeted_was_let_down_again(client, clock):
    recovery, promise = cast.asked_for_ana()
    client.force_login(cast.ben())
    is_here(client, recovery.customer)
    assert press(client, Visit.objects.get(), "left").status_code == 303
    promise.refresh_from_db()
    assert promise.state == "broken"
    assert 'class="arrival"' not in words(client.get(ARRIVALS))


def test_whoever_booked_is_here_with_one_press(client, clock):
    recovery, promise = cast.asked_for_ana()
    booked = {"outside_id": "b-1", "expected_at": now() + timedelta(minutes=30), "table": "Window"}
    journey.visit(customer=recovery.customer, place=recovery.place, **booked)
    client.force_login(cast.ana())
    page = words(client.get(ARRIVALS))
    assert "This hour" in page
    assert "asks for you" in page
    assert press(client, Visit.objects.get(), "arrived").status_code == 303
    promise.refresh_from_db()
    assert promise.triggered_at


def test_nobody_chosen_is_asked_again_and_what_was_typed_stays(client):
    client.force_login(cast.ana())
    answer = client.post(f"{ARRIVALS}here/", {"place": cast.place().pk, "table": "Table 9"})
    assert answer.status_code == 422
    assert "Who is it?" in words(answer)
    assert 'value="Table 9"' in words(answer)


def test_said_twice_counts_once(client):
    client.force_login(cast.ana())
    is_here(client, cast.finch())
    answer = is_here(client, cast.finch())
    assert answer.status_code == 422
    assert "We know that Robert Finch is here." in words(answer)
    assert Visit.objects.count() == 1


def test_the_search_works_without_script(client):
    cast.finch()
    client.force_login(cast.ana())
    page = words(client.get(ARRIVALS, {"q": "finch"}))
    assert f'value="{cast.finch().ref}" checked' in page


def test_a_stranger_sees_nobody_and_can_press_nothing(client):
    recovery, _ = cast.asked_for_ana()
    client.force_login(cast.ana())
    is_here(client, recovery.customer)
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    assert 'class="arrival"' not in words(client.get(ARRIVALS))
    for what in ["arrived", "greeted", "left"]:
        assert press(client, Visit.objects.get(), what).status_code == 404


def test_an_auditor_looks_and_touches_nothing(client):
    recovery, _ = cast.asked_for_ana()
    client.force_login(cast.audrey())
    assert "They are here" not in words(client.get(ARRIVALS))
    assert is_here(client, recovery.customer).status_code == 403


def test_s2_06_whoever_was_let_down_is_marked_when_they_come_next(client):
    """Nothing is promised yet, and still they are not just any guest."""
    told = cast.heard()
    other = cast.finch(name="Ada Moss", email="ada@moss.example")
    for number, guest in enumerate([told.customer, other]):
        soon = now() + timedelta(minutes=30)
        journey.visit(customer=guest, place=told.place, outside_id=f"b-{number}", expected_at=soon)
    client.force_login(cast.ana())
    page = words(client.get(ARRIVALS))
    assert "Robert Finch" in page
    assert told.about in page
    assert "Ada Moss" not in page
    assert "1 more guest is expected today" in page


def test_the_sheet_for_the_huddle_says_who_comes_and_what_is_owed(client, clock):
    recovery, _ = cast.asked_for_ana()
    booked = {"outside_id": "b-1", "expected_at": now() + timedelta(hours=3)}
    journey.visit(customer=recovery.customer, place=recovery.place, **booked)
    client.force_login(cast.mona())
    page = words(client.get(f"{ARRIVALS}huddle/"))
    assert "Robert Finch" in page
    assert "Asks for Ana Reyes" in page


def test_the_page_asks_as_little_for_twenty_guests_as_for_two(
    client, django_assert_max_num_queries
):
    client.force_login(cast.ana())
    for number in range(20):
        guest = cast.finch(name=f"Guest {number}", email=f"guest{number}@finch.example")
        cast.heard(customer=guest)
        is_here(client, guest)
    with django_assert_max_num_queries(12):
        client.get(ARRIVALS)


def test_s2_06_whoever_was_let_down_is_marked_for_a_season_even_when_all_is_closed(client, clock):
    told = cast.heard()
    journey.let_go(told, why="They moved to another town.", by=cast.mona())
    clock.shift(timedelta(days=30))
    booked = {"outside_id": "b-1", "expected_at": now() + timedelta(minutes=30)}
    journey.visit(customer=told.customer, place=told.place, **booked)
    client.force_login(cast.ana())
    assert "Take care" in words(client.get(ARRIVALS))
    assert "Take care" in words(client.get(f"{ARRIVALS}huddle/"))
    clock.shift(timedelta(days=61))
    again = {"outside_id": "b-2", "expected_at": now() + timedelta(minutes=30)}
    journey.visit(customer=told.customer, place=told.place, **again)
    assert "Take care" not in words(client.get(ARRIVALS))


def test_whoever_is_on_the_telephone_has_a_card_until_they_ring_off(client):
    recovery, _ = cast.asked_for_ana()
    ringing = journey.call(recovery.customer, place=recovery.place)
    client.force_login(cast.ben())
    page = words(client.get(ARRIVALS))
    assert "On the telephone" in page
    assert "Ask for me next time" in page
    assert client.post(f"/desk/calls/{ringing.ref}/rung-off/").status_code == 303
    assert "On the telephone" not in words(client.get(ARRIVALS))


def test_a_stranger_ends_no_call(client):
    recovery, _ = cast.asked_for_ana()
    ringing = journey.call(recovery.customer, place=recovery.place)
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    assert client.post(f"/desk/calls/{ringing.ref}/rung-off/").status_code == 404
    assert "On the telephone" not in words(client.get(ARRIVALS))


def test_the_sheet_is_a_pdf_too(client):
    client.force_login(cast.mona())
    answer = client.get(f"{ARRIVALS}huddle.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "huddle-" in answer["Content-Disposition"]
