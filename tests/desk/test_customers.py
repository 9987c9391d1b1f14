from datetime import timedelta
from decimal import Decimal

import pytest

from amends.desk.customers import AT_ONCE, found, lifetime
from amends.kit.clock import now
from amends.mailroom.mark import Grip, Mark
from amends.recovery import journey
from tests import cast
from tests.desk.pressing import stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CUSTOMERS = "/desk/customers/"
KNOWN = {
    "name": "Robert Finch",
    "values": "A quiet table",
    "dislikes": "Red lollipops",
    "preferred_channel": "fax",
}


def words(response):
    return " ".join(response.content.decode().split())


def page_of(customer):
    return f"{CUSTOMERS}{customer.ref}/"


def test_one_page_tells_the_whole_life(client, clock):
    recovery, _ = cast.asked_for_ana()
    journey.give_idea(recovery, words="Fry it on a rack.")
    clock.shift(timedelta(days=2))
    visit = journey.is_here(recovery.customer, place=recovery.place, by=cast.ana())
    journey.greet(visit, by=cast.ana())
    journey.order(
        customer=recovery.customer,
        outside_id="A-7",
        place=recovery.place,
        amount=Decimal("42.50"),
        currency="GBP",
        ordered_at=now(),
    )
    client.force_login(cast.ana())
    page = words(client.get(page_of(recovery.customer)))
    for told in [
        "told us",
        "said sorry",
        "agreed",
        "Fry it on a rack.",
        "came to The Larder, Bath",
        "Greeted by Ana Reyes.",
        "ordered, A-7",
        "kept the promise",
        "£42.50",
        "is here now",
    ]:
        assert told in page


def test_s0_01_what_they_value_is_changed_by_whoever_learns_it(client):
    recovery = cast.heard()
    client.force_login(cast.ana())
    answer = client.post(f"{page_of(recovery.customer)}known/", KNOWN)
    assert answer.status_code == 303
    page = words(client.get(page_of(recovery.customer)))
    for told in ["A quiet table", "Red lollipops", "fax"]:
        assert told in page


def test_too_long_is_refused_and_what_was_written_stays(client):
    client.force_login(cast.ana())
    long = {**KNOWN, "preferred_channel": "a letter, on thick paper, with a stamp"}
    answer = client.post(f"{page_of(cast.finch())}known/", long)
    assert answer.status_code == 422
    assert "a letter, on thick paper" in words(answer)
    assert "Red lollipops" in words(answer)


def test_another_way_to_reach_them(client):
    client.force_login(cast.ana())
    where = f"{page_of(cast.finch())}addresses/"
    assert client.post(where, {"kind": "phone", "value": "01225 123"}).status_code == 303
    assert "01225 123" in words(client.get(page_of(cast.finch())))
    wrong = client.post(where, {"kind": "email", "value": "not an address"})
    assert wrong.status_code == 422
    assert 'value="not an address"' in words(wrong)


def test_they_are_found_by_name_address_or_number_while_typing(client):
    finch = cast.finch(phone="01225 123")
    client.force_login(cast.ana())
    for typed in ["finc", "robert@", "01225"]:
        answer = client.get(f"{CUSTOMERS}search/", {"q": typed}, headers={"HX-Request": "true"})
        assert answer["HX-Retarget"] == "#found"
        assert f'name="customer" value="{finch.ref}"' in words(answer)
        assert finch.ref in words(client.get(CUSTOMERS, {"q": typed}))
    assert found(cast.ana(), "f") == []
    nobody = client.get(f"{CUSTOMERS}search/", {"q": "zebra"})
    assert "Nobody of that name" in words(nobody)


def test_a_stranger_finds_nobody(client):
    recovery, stranger = cast.heard(), cast.person("Sam Poole", at=cast.place("larder-york"))
    client.force_login(stranger)
    assert found(stranger, "finch") == []
    assert "Robert Finch" not in words(client.get(CUSTOMERS))
    page = page_of(recovery.customer)
    assert client.get(page).status_code == 404
    assert client.post(f"{page}known/", KNOWN).status_code == 404
    assert client.post(f"{page}addresses/", {}).status_code == 404


def test_what_happened_elsewhere_stays_there(client):
    """A customer of two places: each sees its own part of the story."""
    york = cast.place("larder-york", name="The Larder, York")
    recovery = cast.heard()
    recovery.customer.places.add(york)
    client.force_login(cast.person("Sam Poole", at=york))
    page = words(client.get(page_of(recovery.customer)))
    assert "Robert Finch" in page
    assert "greasy" not in page


def test_a_long_life_goes_on_where_it_stopped_and_loses_nothing(clock):
    recovery = cast.heard()
    for number in range(AT_ONCE + 9):
        clock.shift(timedelta(minutes=number % 3))
        journey.give_idea(recovery, words=f"Idea {number}.")
    first, before = lifetime(recovery.customer, cast.ana())
    second, end = lifetime(recovery.customer, cast.ana(), before=before)
    told = [event.words for event in [*first, *second] if event.words.startswith("Idea")]
    assert len(told) == len(set(told)) == AT_ONCE + 9
    assert end == ""


def test_a_spoilt_address_shows_the_newest(client):
    client.force_login(cast.ana())
    for spoilt in ("2026-13-77", "2026-06-01T09:00:00+00:00|step", "|order|1", "x|y|z"):
        assert client.get(page_of(cast.finch()), {"before": spoilt}).status_code == 200


def test_an_auditor_reads_and_changes_nothing(client):
    client.force_login(cast.audrey())
    page = page_of(cast.finch())
    assert "Change what we know" not in words(client.get(page))
    assert client.post(f"{page}known/", KNOWN).status_code == 403


def test_one_is_left_in_peace_by_a_press_and_it_can_be_taken_back(client):
    customer = cast.heard().customer
    client.force_login(cast.ana())
    page = page_of(customer)
    assert "Leave Robert Finch in peace" in words(client.get(page))
    assert client.post(f"{page}peace/").status_code == 303
    told = words(client.get(page))
    assert "Asked to be left in peace" in told
    assert "left them in peace, as they asked" in told
    assert client.post(f"{page}peace/over/").status_code == 303
    assert "They want to hear from us again" not in words(client.get(page))


def test_who_takes_peace_back_is_told_what_is_planned_again(client):
    customer = cast.put_right().customer
    client.force_login(cast.ana())
    client.post(f"{page_of(customer)}peace/")
    said = client.post(f"{page_of(customer)}peace/over/", follow=True)
    assert "hears from us again. A follow-up is planned again." in words(said)


def test_nobody_leaves_a_stranger_in_peace_and_an_auditor_nobody(client):
    page = page_of(cast.finch())
    client.force_login(cast.audrey())
    assert "in peace" not in words(client.get(page))
    assert client.post(f"{page}peace/").status_code == 403
    client.force_login(stranger())
    for what in ("peace/", "peace/over/"):
        assert client.post(f"{page}{what}").status_code == 404
    assert cast.finch().left_in_peace_at is None


def test_the_list_says_when_they_were_last_with_us_also_of_whoever_only_buys(client, clock):
    for number in range(2):
        clock.shift(timedelta(days=1))
        journey.order(
            customer=cast.finch(),
            outside_id=f"A-{number}",
            place=cast.place(),
            amount=Decimal(10),
            currency="GBP",
            ordered_at=now(),
        )
    clock.shift(timedelta(days=1))
    client.force_login(cast.ana())
    listed = words(client.get(CUSTOMERS))
    assert 'data-label="Last with us">yesterday <span class="soft">2 times in all' in listed


def test_list_and_page_ask_little_however_long(client, django_assert_max_num_queries):
    for number in range(12):
        guest = cast.finch(name=f"Guest {number}", email=f"guest{number}@finch.example")
        cast.heard(customer=guest)
        cast.heard()
    client.force_login(cast.ana())
    with django_assert_max_num_queries(8):
        client.get(CUSTOMERS)
    page = page_of(cast.finch())
    with django_assert_max_num_queries(31):
        client.get(page)


def test_zammad_3389_what_stands_against_an_address_is_seen_and_lifted(client):
    """Guarantee 12: by whoever knows that it works again."""
    customer = cast.heard().customer
    Mark.put("robert@finch.example", Grip.HARD, why="There is no such mailbox (5.1.1).", at=now())
    client.force_login(cast.ana())
    assert "Letters to it come back. There is no such mailbox" in words(
        client.get(page_of(customer))
    )
    sent = client.post(f"{page_of(customer)}works/", {"address": "robert@finch.example"})
    assert sent.status_code == 303
    assert "Letters to it come back" not in words(client.get(page_of(customer)))
    assert not Mark.objects.exists()


def test_nobody_lifts_what_stands_against_somebody_elses_address(client):
    customer = cast.heard().customer
    Mark.put("eve@x.example", Grip.HARD, why="There is no such mailbox.", at=now())
    client.force_login(cast.ana())
    client.post(f"{page_of(customer)}works/", {"address": "eve@x.example"})
    assert Mark.objects.exists()
    client.force_login(cast.audrey())
    assert client.post(f"{page_of(customer)}works/", {"address": "x"}).status_code == 403


def test_s1_09_s1_10_what_means_most_and_what_they_tell_others_is_kept(client):
    recovery = cast.wished()
    journey.wish(recovery, words="Just listen.", wants="heard", by=cast.ana())
    client.force_login(cast.ana())
    told = {**KNOWN, "wants": "take_part", "word_of_mouth": "Tells her book club."}
    page = page_of(recovery.customer)
    assert "Only to be heard" in words(client.get(page))
    assert client.post(f"{page}known/", told).status_code == 303
    shown = words(client.get(page))
    assert "To help us do better" in shown
    assert "Tells her book club." in shown


def test_s4_12_who_comes_with_them_is_shown_with_and_without_leave(client):
    recovery = cast.heard()
    for _ in range(2):
        journey.name_companion(recovery, name="Jo Finch", relation="his wife", by=cast.ana())
    client.force_login(cast.ana())
    page = words(client.get(page_of(recovery.customer)))
    assert page.count("Jo Finch, his wife") == 1
    assert "Not to be written to without leave" in page


def test_s3_19_whom_they_went_to_is_remembered(client):
    recovery = cast.heard()
    journey.let_go(
        recovery, why="They moved.", lost_to="The Spoon", value_lost=Decimal(900), by=cast.mona()
    )
    client.force_login(cast.ana())
    assert "To The Spoon, and £900 with it" in words(client.get(page_of(recovery.customer)))


def test_s0_16_what_they_dislike_shows_on_their_next_recovery(client):
    cast.finch().dislikes_also("Red lollipops")
    client.force_login(cast.ana())
    assert "Red lollipops" in words(client.get(f"/desk/recoveries/{cast.heard().ref}/"))


def test_several_addresses_are_shown_and_found_in_any_spelling(client):
    finch = cast.finch(phone="020 7946 0018")
    client.force_login(cast.ana())
    client.post(f"{page_of(finch)}addresses/", {"kind": "id", "value": "LOYAL-7"})
    assert "LOYAL-7" in words(client.get(page_of(finch)))
    for typed in ("+442079460018", "loyal7", "Fnich"):
        assert [one.ref for one in found(cast.ana(), typed)] == [finch.ref]


def test_who_was_lately_with_us_stands_first_and_everybody_is_a_press_away(client, clock):
    cast.heard(customer=cast.finch())
    clock.shift(timedelta(days=15))
    ida, jo, kim = (cast.finch(name=n, email=f"{n}@x.example") for n in ("Ida", "Jo", "Kim"))
    client.force_login(cast.ana())
    assert names(client.get(CUSTOMERS)) == ["Kim", "Jo", "Ida", "Robert Finch"]
    assert "Nobody lately" in words(client.get(CUSTOMERS, {"show": "lately"}))
    cast.heard(customer=ida)
    clock.shift(timedelta(hours=1))
    journey.is_here(jo, place=cast.place(), by=cast.ana())
    page = client.get(CUSTOMERS)
    assert names(page) == ["Jo", "Ida"]
    assert "the latest first" in words(page)
    clock.shift(timedelta(hours=1))
    journey.is_here(ida, place=cast.place(), by=cast.ana())
    assert names(client.get(CUSTOMERS)) == ["Ida", "Jo"]
    everybody = client.get(CUSTOMERS, {"show": "all"})
    assert names(everybody) == ["Kim", "Jo", "Ida", "Robert Finch"]
    assert "Whoever was entered here last stands first." in words(everybody)
    assert names(client.get(CUSTOMERS, {"q": "kim"})) == [kim.name]


def test_who_was_lately_at_another_place_is_not_named(client):
    york = cast.place("larder-york", name="The Larder, York")
    cast.finch().known_at(york)
    journey.is_here(cast.finch(), place=york, by=cast.olive())
    client.force_login(cast.ana())
    assert "Nobody lately" in words(client.get(CUSTOMERS, {"show": "lately"}))


def names(response):
    return [one.called for one in response.context["page"].rows]
