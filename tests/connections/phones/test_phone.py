from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from amends.connections.phones.phone import MOST, NoPhone, Phone, Subscription
from amends.kit.clock import now
from tests import cast
from tests.connections.serving import Browser

pytestmark = pytest.mark.django_db


def session_of(person):
    client = Client()
    client.force_login(person)
    return client.session.session_key


def test_it_is_kept_sealed_and_read_again(phone):
    kept, browser = phone(cast.ana())
    assert kept.subscription == browser.subscription
    assert browser.subscription.endpoint not in kept.sealed
    assert str(kept) == "Chrome on Android"


def test_the_same_browser_is_one_phone_of_whoever_is_signed_in_there_now(phone):
    first, browser = phone(cast.ana())
    first.show_names(False)
    ben = cast.ben()
    again = Phone.keep(browser.subscription, person=ben, session=session_of(ben), browser="")
    assert (again.pk, again.person, again.says_names) == (first.pk, ben, True)
    assert Phone.objects.count() == 1


def test_whoever_signs_out_is_told_nothing_there(phone):
    kept, _ = phone(cast.ana())
    Session.objects.filter(pk=kept.session_id).delete()
    assert not Phone.objects.able(at=now()).exists()


def test_a_sign_in_that_ran_out_or_somebody_who_left_is_told_nothing(phone):
    phone(cast.ana())
    assert not Phone.objects.able(at=now() + timedelta(days=31)).exists()
    cast.ana()
    type(cast.ana()).objects.update(is_active=False)
    assert not Phone.objects.able(at=now()).exists()


def test_signed_in_again_on_the_same_browser_it_tells_again_and_only_its_own_person(phone):
    kept, browser = phone(cast.ana())
    Session.objects.filter(pk=kept.session_id).delete()
    where = browser.subscription.endpoint
    assert not Phone.again(where, person=cast.ben(), session=session_of(cast.ben()))
    assert Phone.again(where, person=cast.ana(), session=session_of(cast.ana()))
    assert Phone.objects.able(at=now()).get() == kept


def test_what_was_taken_away_does_not_come_back_by_itself(phone):
    kept, browser = phone(cast.ana())
    kept.forget()
    where = browser.subscription.endpoint
    assert not Phone.again(where, person=cast.ana(), session=session_of(cast.ana()))
    assert not Phone.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "ftp://push.example/1"},
        {"endpoint": "https://push.example/" + "x" * 2000},
        {"endpoint": "https://"},
        {"p256dh": "BAAA"},
        {"p256dh": "!!!"},
        {"p256dh": "B" + "A" * 86},
        {"auth": "AAAA"},
    ],
)
def test_what_is_no_place_to_send_to_is_refused(site, wrong):
    ana = cast.ana()
    given = Browser(site).subscription._replace(**wrong)
    with pytest.raises(NoPhone):
        Phone.keep(Subscription(*given), person=ana, session=session_of(ana), browser="")


def test_unprotected_addresses_are_for_private_networks_only(site, settings):
    settings.AMENDS_PRIVATE_ADDRESSES = False
    ana = cast.ana()
    with pytest.raises(NoPhone):
        Phone.keep(Browser(site).subscription, person=ana, session=session_of(ana), browser="")


def test_the_one_known_longest_goes_when_there_are_too_many(site, clock):
    ana = cast.ana()
    session = session_of(ana)
    for number in range(MOST + 1):
        clock.shift(timedelta(minutes=1))
        browser = Browser(site, f"b{number}")
        Phone.keep(browser.subscription, person=ana, session=session, browser="")
    assert Phone.objects.count() == MOST
    assert not Phone.objects.filter(since__lte=now() - timedelta(minutes=MOST)).exists()
