import re

import pytest

from amends.customers.customer import Customer
from amends.recovery.models import Offer, Recovery
from tests import cast
from tests.desk.pressing import HTMX, plain, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
CAPTURE = "/desk/capture/"


def capture(client, **told):
    return client.post(CAPTURE, {"place": cast.place().ref, "channel": "in person", **told})


def captured():
    return Recovery.objects.with_people().get()


def test_s3_17_two_presses_make_a_recovery(ana):
    answer = capture(ana, kinds="core")
    recovery = captured()
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/recoveries/{recovery.ref}/")
    assert recovery.customer.called == "A guest"
    assert recovery.owner == cast.ana()
    assert recovery.complaints.get().words == "What we made or sold"


def test_s3_17_several_faults_in_one_and_what_exactly(ana):
    capture(
        ana,
        kinds=["core", "delay"],
        what_core="Greasy bacon",
        what_delay="Half an hour",
        words="It was my one treat.",
    )
    recovery = captured()
    assert [f.words for f in recovery.failures.all()] == ["Greasy bacon", "Half an hour"]
    assert recovery.complaints.get().words == "It was my one treat."


def test_an_unknown_guest_is_known_by_the_table(ana):
    capture(ana, kinds="core", table="7")
    assert captured().customer.called == "Guest at table 7"


def test_a_known_customer_is_found_while_typing(ana):
    finch = cast.finch()
    answer = ana.get(CAPTURE, {"who": "finch"}, **HTMX)
    assert answer["HX-Retarget"] == "#found"
    assert f'value="{finch.ref}"' in answer.content.decode()
    capture(ana, kinds="core", who="finch", customer=finch.ref)
    assert captured().customer == finch


def test_and_by_a_button_where_nothing_runs_in_the_browser(ana):
    finch = cast.finch()
    answer = capture(ana, look="1", who="finch", kinds="core", words="Too salty")
    page = answer.content.decode()
    assert (answer.status_code, Recovery.objects.count()) == (200, 0)
    assert f'value="{finch.ref}"' in page
    assert "Too salty" in page
    assert 'value="core" checked' in page


def test_what_is_found_is_what_a_fresh_page_shows(ana):
    cast.finch()
    piece = plain(ana.get(CAPTURE, {"who": "finch"}, **HTMX))
    assert piece in plain(ana.get(CAPTURE, {"who": "finch"}))


def test_somebody_new_is_remembered_with_the_address(ana):
    capture(ana, kinds="money", who="Ines Duarte", reach="ines@duarte.example")
    assert captured().customer == Customer.at("email", "ines@duarte.example")


def test_s3_13_how_we_behaved_asks_whom_it_involved(ana):
    ben = cast.ben()
    assert "Whom did it involve?" in ana.get(CAPTURE).content.decode()
    capture(ana, kinds="behaviour", involved=cast.ana().ref)
    assert captured().owner == ben


def test_s3_21_what_we_saw_ourselves_has_no_story(ana):
    capture(ana, kinds="core", what_core="Left half the plate", channel="saw")
    recovery = captured()
    assert recovery.found_by == "staff"
    assert not recovery.complaints.exists()


def test_s3_18_put_right_now_before_they_pay(ana):
    refund = cast.remedy("Refund")
    capture(ana, kinds="core", lines=refund.ref, **{f"value_{refund.ref}": "12.50"})
    offer = Offer.objects.get(recovery=captured())
    assert (offer.is_first_move, str(offer.value)) == (True, "12.50")


def test_off_the_bill_needs_a_sum_and_the_words_are_kept(ana):
    answer = capture(ana, kinds="core", words="Too salty", lines=cast.remedy("Refund").ref)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "How much? Write the sum." in page
    assert "Too salty" in page
    assert not Recovery.objects.exists()


def test_above_the_limit_nothing_is_half_done(ana):
    refund = cast.remedy("Refund")
    answer = capture(ana, kinds="core", lines=refund.ref, **{f"value_{refund.ref}": "90"})
    assert answer.status_code == 422
    assert "above what you may give alone" in answer.content.decode()
    assert (Recovery.objects.count(), Customer.objects.count()) == (0, 0)


def test_nothing_pressed_is_asked_for_kindly(ana):
    answer = capture(ana, words="Too salty")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "What went wrong? One press is enough." in page
    assert "Too salty" in page


def test_only_what_can_be_done_at_once_is_offered(ana):
    page = ana.get(CAPTURE).content.decode()
    assert "Replacement" in page
    assert "A handwritten note" not in page


def test_the_place_is_remembered(client):
    client.force_login(cast.olive())
    here = cast.place()
    other = cast.place("larder-aaa", name="A Larder", business=cast.business())
    assert f'value="{other.ref}" required id="id_place_0" checked' in page_of(client)
    client.post(CAPTURE, {"place": here.ref, "channel": "in person", "kinds": "core"})
    assert f'value="{here.ref}" required id="id_place_1" checked' in page_of(client)


def page_of(client):
    return client.get(CAPTURE).content.decode()


def test_cve_2026_40591_customers_of_other_places_are_neither_found_nor_taken(client):
    finch = cast.finch()
    client.force_login(stranger())
    assert "Robert Finch" not in client.get(CAPTURE, {"who": "finch"}).content.decode()
    elsewhere = cast.place("elsewhere")
    told = {"place": elsewhere.ref, "channel": "in person", "kinds": "core", "customer": finch.ref}
    assert client.post(CAPTURE, told).status_code == 404


def test_who_works_nowhere_is_told_so(client):
    nobody = cast.person("Nia Novak", at=cast.place())
    nobody.work.all().delete()
    client.force_login(nobody)
    assert "You work nowhere yet" in client.get(CAPTURE).content.decode()


def test_an_auditor_captures_nothing(client):
    cast.place()
    client.force_login(cast.audrey())
    assert capture(client, kinds="core").status_code == 403


def test_few_queries_also_where_nobody_has_that_name_and_slips_are_looked_for(
    ana, django_assert_max_num_queries
):
    cast.remedy("Refund")
    with django_assert_max_num_queries(16):
        ana.get(CAPTURE, {"who": "finch"})


def test_the_same_form_sent_twice_is_one_recovery(ana):
    page = ana.get(CAPTURE).content.decode()
    once = re.search(r'name="once" value="(\w+)"', page)[1]
    first, again = (capture(ana, kinds="core", words="Too salty", once=once) for _ in range(2))
    assert again["Location"] == first["Location"]
    capture(ana, kinds="core", words="Too sweet", once=once)  # gone back to, for the next guest
    assert Recovery.objects.count() == 2
