import pytest

from amends.mailroom.letter import Letter
from amends.recovery.recovery import Recovery
from tests import cast
from tests.recovery.mailing import arrive, mail, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def somebody():
    cast.ana()


def test_zammad_1578_one_mail_to_two_of_our_addresses_is_linked_and_neither_is_lost():
    """Guarantee 2: each delivery is kept, the recovery is one."""
    raw = mail(message_id="<1@finch.example>")
    first = take_in(raw, "desk@amends.test").letter
    second = take_in(b"Delivered-To: hello@amends.test\r\n" + raw, "hello@amends.test").letter
    assert Recovery.objects.count() == 1
    assert (second.thread, second.copy_of, second.kind) == (first.thread, first, "copy")


def test_zammad_1578_another_place_hears_of_it_too():
    york = cast.place("larder-york", mail_address="york@larder.example")
    raw = mail(message_id="<1@finch.example>")
    first = take_in(raw, "desk@amends.test").letter
    second = take_in(b"X-Hop: 2\r\n" + raw, "york@larder.example").letter
    there = Recovery.objects.get(ref=second.thread)
    assert (there.place, there.came_after.ref) == (york, first.thread)


@pytest.mark.parametrize("slug", ["f_revocrm_1651", "mail_10682"])
def test_f_revocrm_1651_mail_10682_the_same_id_is_not_the_same_mail(slug):
    """Guarantee 2: words and files decide."""
    first = arrive(message_id="<same@x.example>", body="The bacon.")
    second = arrive(message_id="<same@x.example>", body="The juice.")
    assert second.copy_of is None
    assert second.thread != first.thread
    assert Letter.objects.count() >= 2


def test_chatwoot_9069_without_an_id_each_mail_is_taken_once():
    """zammad PR 2063, freescout 4740. Guarantee 2."""
    first = arrive(message_id="", body="The bacon.")
    raw = mail(message_id="", body="The juice.")
    second, again = take_in(raw), take_in(raw)
    assert first.message_id != second.letter.message_id
    assert first.message_id.endswith("@no-id.invalid>")
    assert again.pk == second.pk
    assert Recovery.objects.count() == 2
