import threading

import pytest
from django.db import connection

from amends.customers.customer import Customer
from amends.kit.refs import new_ref
from amends.mailroom.attachment import Attachment
from amends.mailroom.letter import Letter
from amends.mailroom.parsing import Enclosure
from amends.recovery import journey
from amends.recovery.journey.told import Told
from amends.recovery.recovery import Recovery
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_form_becomes_a_recovery_with_its_letter_and_photos():
    photo = Enclosure(name="bacon.png", content_type="image/png", content=b"picture")
    told = Told(words=cast.STORY, name="Robert Finch", email="r@finch.example", photos=[photo])
    recovery = journey.tell(cast.place(), told=told, ref=new_ref())
    letter = Letter.objects.conversation(recovery.ref).get(direction="in")
    assert letter.text == cast.STORY
    assert [a.name for a in letter.attachments.all()] == ["bacon.png"]
    assert recovery.complaints.get().letter == letter
    assert recovery.failures.get().words == cast.STORY


def test_the_same_form_twice_has_one_effect():
    told, ref = Told(words=cast.STORY, email="r@finch.example"), new_ref()
    first = journey.tell(cast.place(), told=told, ref=ref)
    assert journey.tell(cast.place(), told=told, ref=ref) == first
    assert Recovery.objects.count() == Customer.objects.count() == 1
    assert Letter.objects.filter(kind="acknowledgement").count() == 1


def test_gone_back_to_and_changed_it_is_more_of_the_story():
    told, ref = Told(words=cast.STORY, email="r@finch.example"), new_ref()
    recovery = journey.tell(cast.place(), told=told, ref=ref)
    journey.tell(cast.place(), told=Told(words="And nobody came."), ref=ref)
    letters = Letter.objects.conversation(recovery.ref).filter(direction="in")
    assert [letter.text for letter in letters] == [cast.STORY, "And nobody came."]


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_have_one_effect():
    place, told, ref = cast.place(), Told(words=cast.STORY, email="r@finch.example"), new_ref()
    found, start = [], threading.Barrier(2)

    def press():
        start.wait()
        try:
            found.append(journey.tell(place, told=told, ref=ref).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == 1
    assert Recovery.objects.count() == 1
    assert Attachment.objects.count() == 0


def test_a_guest_without_a_name_is_known_by_the_table():
    recovery = journey.tell(cast.place(), told=Told(words="Cold toast.", number="7"), ref=new_ref())
    assert recovery.customer.called == "Guest, table or order 7"
    assert recovery.complaints.get().words == "Cold toast.\n\nTable or order number: 7"
    assert recovery.about == "Cold toast."
