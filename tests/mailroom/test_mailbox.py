from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.kit.clock import now
from amends.kit.sealing import Broken
from amends.mailroom.mailbox import AT_LAST, HELD_FOR, LostHold, Mailbox

pytestmark = pytest.mark.django_db


def box(**more) -> Mailbox:
    made = Mailbox()
    told = {"place": "bath", "address": "hello@larder.example", "host": "imap.larder.example"}
    made.set_up(**{"password": "sesame", "login": "larder", **told, **more})
    return made


def test_ghsa_mxcg_7m22_x9pj_secrets_are_sealed_in_the_database():
    """Guarantee 14: whoever reads the rows reads no password and no token."""
    made = box()
    made.keep_tokens(access="short-lived", until=now(), refresh="long-lived")
    row = str(Mailbox.objects.values().get())
    assert not any(secret in row for secret in ("sesame", "short-lived", "long-lived"))
    found = Mailbox.objects.get()
    assert (found.password, found.refresh_token) == ("sesame", "long-lived")


def test_another_key_reads_no_password(settings):
    made = box()
    settings.SECRET_KEY = "another key altogether, as long as one"
    with pytest.raises(Broken):
        _ = made.password
    assert made.access_token == ""


def test_a_new_password_is_kept_and_none_leaves_the_old_one():
    made = box()
    made.set_up(address="hallo@larder.example")
    assert made.password == "sesame"
    made.set_up(password="open")
    assert Mailbox.objects.get().password == "open"


def test_another_folder_is_begun_afresh_and_a_new_password_is_not(clock):
    made = box()
    made.hold("us")
    made.go_by(7, from_uid=0, numbered_to=3)
    made.reach(12, taken=1)
    made.set_up(password="open")
    assert made.last_uid == 12
    made.set_up(folder="Complaints")
    assert (made.last_uid, made.uid_validity, made.since) == (0, None, now())


def test_what_its_reader_notes_while_it_is_set_up_is_not_undone():
    made, seen_by_owner = box(), Mailbox.objects.get()
    made.hold("us")
    made.go_by(7, from_uid=0, numbered_to=3)
    seen_by_owner.refresh_from_db()
    made.reach(12, taken=1)
    made.keep_tokens(access="short-lived", until=now(), refresh="the newest")
    made.let_go("us")
    seen_by_owner.set_up(password="open", address="hallo@larder.example")
    found = Mailbox.objects.get()
    assert (found.held_by, found.held_until, found.last_uid) == ("", None, 12)
    assert (found.refresh_token, found.password) == ("the newest", "open")
    assert found.address == "hallo@larder.example"


def test_freescout_1425_one_reads_at_a_time_and_a_dead_one_is_followed(clock):
    """Guarantee 2: two looks never overlap."""
    made, other = box(), Mailbox.objects.get()
    assert made.hold("one")
    assert not other.hold("two")
    assert made.hold("one")
    clock.shift(HELD_FOR + timedelta(seconds=1))
    assert other.hold("two")
    with pytest.raises(LostHold):
        made.reach(5, taken=1)
    assert Mailbox.objects.get().last_uid == 0


def test_who_lets_go_frees_it_at_once():
    made, other = box(), Mailbox.objects.get()
    made.hold("one")
    other.let_go("two")
    assert not other.hold("two")
    made.let_go("one")
    assert other.hold("two")


def test_a_stopped_mailbox_is_held_by_nobody():
    made = box()
    made.hold("one")
    made.stop()
    assert not made.hold("one")
    with pytest.raises(LostHold):
        made.take_up([1])
    made.go_on()
    assert made.hold("one")


def test_one_folder_is_read_once():
    box()
    with pytest.raises(IntegrityError), transaction.atomic():
        box(address="other@larder.example")
    Mailbox.objects.get().stop()
    box()


def test_a_failure_is_counted_from_its_beginning_and_ends_when_it_goes_well(clock):
    made = box()
    made.hold("us")
    made.stumble("It does not answer.")
    since = made.failing_since
    clock.shift(AT_LAST)
    made.stumble("It does not answer still.")
    assert made.failing_since == since
    made.went_well()
    found = Mailbox.objects.get()
    assert (found.failing_since, found.trouble, found.fetched_at) == (None, "", now())


def test_no_message_makes_us_go_back():
    made = box()
    made.hold("us")
    made.reach(9, taken=1)
    made.reach(4, taken=1)
    assert Mailbox.objects.get().last_uid == 9


def test_a_mailbox_without_its_sign_in_is_not_read_yet():
    made = box(auth="google", password="")
    assert not Mailbox.objects.to_read().exists()
    made.keep_tokens(access="a", until=now(), refresh="r")
    assert Mailbox.objects.to_read().get() == made
