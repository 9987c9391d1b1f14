"""Fetching from a real IMAP server: nothing lost, nothing twice, nobody held up."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from amends.kit.clock import now
from amends.mailroom.fetching import NotStored, Round
from amends.mailroom.imap import Conversation
from amends.mailroom.letter import Letter
from amends.mailroom.mailbox import LostHold, Mailbox
from amends.mailroom.post import Post, store
from amends.mailroom.stuck import DIED, Stuck
from amends.recovery.intake import take_in
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom.boxes import Taken, look, mailbox
from tests.mailroom.mails import mail, parts

pytestmark = pytest.mark.django_db


def letters(count: int, *, start: int = 0) -> list[bytes]:
    return [
        mail(f"Number {number}.\r\n", message_id=f"<n{number}@x.test>")
        for number in range(start, start + count)
    ]


def test_new_mail_is_taken_byte_for_byte_oldest_first_and_once(dovecot):
    user, taken = dovecot.user(), Taken()
    sent = [*letters(3), mail(b"caf\xe9 \x01 \xff\r\n", message_id=None)]
    dovecot.put(user, *sent)
    box = mailbox(dovecot, user)
    assert look(box, taken) == 4
    assert taken.raws == sent
    assert taken.envelopes[0] == {
        "way": "imap",
        "sender": "",
        "recipients": [f"{user}@amends.test"],
        "place": "bath",
    }
    assert look(box, taken) == 0
    dovecot.put(user, *letters(1, start=9))
    assert look(box, taken) == 1
    assert len(taken.raws) == 5


def test_what_lay_there_before_is_left_unless_it_is_asked_for(dovecot):
    """Clocks differ, so what came in the hour before is taken as well."""
    user, taken = dovecot.user(), Taken()
    old, fresh = letters(2)
    dovecot.put(user, old, msg_time=now() - timedelta(days=3))
    dovecot.put(user, fresh, msg_time=now() - timedelta(minutes=20))
    assert look(mailbox(dovecot, user, takes_old=False), taken) == 1
    assert taken.raws == [fresh]


def test_a_date_from_long_ago_loses_no_mail_that_comes_later(dovecot):
    """Mail moved there by hand keeps its old date; only its number says that it is new."""
    user, taken = dovecot.user(), Taken()
    box = mailbox(dovecot, user, takes_old=False)
    assert look(box, taken) == 0
    dovecot.put(user, *letters(1), msg_time=datetime(2001, 1, 1, tzinfo=UTC))
    assert look(box, taken) == 1


def test_platform_1509_the_read_flag_decides_nothing(dovecot):
    """Guarantee 2: a high-water mark of numbers; somebody reading their mail changes nothing."""
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(1), flags=[b"\\Seen"])
    box = mailbox(dovecot, user)
    assert look(box, taken) == 1
    with dovecot.talking(user) as client:
        client.remove_flags([1], [b"\\Seen"])
    assert look(box, taken) == 0


@pytest.mark.django_db(transaction=True)
def test_platform_1509_a_server_that_numbers_anew_brings_nothing_twice(dovecot):
    """Guarantee 2: another UIDVALIDITY means reading again, and the bytes are known already."""
    user = dovecot.user()
    dovecot.put(user, *letters(5))
    box = mailbox(dovecot, user)
    look(box, keep)
    before, count = box.uid_validity, Post.objects.count()
    dovecot.number_anew(user)
    dovecot.put(user, *letters(1, start=7))
    look(box, keep)
    assert box.uid_validity != before
    assert (count, Post.objects.count()) == (5, 6)


def test_a_server_that_numbers_anew_does_not_bring_what_lay_there_before_us(dovecot):
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(3), msg_time=now() - timedelta(days=30))
    box = mailbox(dovecot, user, takes_old=False)
    look(box, taken)
    dovecot.number_anew(user)
    assert look(box, taken) == 0
    assert taken.raws == []


@pytest.mark.django_db(transaction=True)
def test_zammad_78_what_was_taken_before_a_crash_is_not_taken_twice(dovecot):
    """Guarantee 2: dies after storing and before writing down how far it had come."""
    user = dovecot.user()
    dovecot.put(user, *letters(4))
    box = mailbox(dovecot, user)
    box.hold("test")
    look(box, keep)
    Mailbox.objects.update(last_uid=0, in_hand=[1, 2, 3, 4])
    box.refresh_from_db()
    look(box, keep)
    assert Post.objects.count() == 4
    assert box.in_hand == []


def test_dj_405efcc3_one_bad_mail_at_the_end_leaves_the_others_done(dovecot):
    """Guarantee 2: what was stored is put away, and the bad one alone waits."""
    user, taken = dovecot.user(), Taken()
    *good, bad = letters(4)
    dovecot.put(user, *good, bad)
    taken.trouble = refusing(bad)
    box = mailbox(dovecot, user, afterwards="move", move_to="Taken")
    assert look(box, taken) == 3
    assert len(dovecot.lies_in(user)) == 1
    assert len(dovecot.lies_in(user, "Taken")) == 3
    assert Stuck.objects.get().tries == 1


def test_zammad_2591_after_three_tries_a_bad_mail_is_set_aside_and_shown(dovecot):
    """Guarantees 1 and 2: it holds up nobody, and a complaint says that it lies there."""
    user, taken = dovecot.user(), Taken()
    bad, good = letters(2)
    dovecot.put(user, bad)
    taken.trouble = refusing(bad)
    box = mailbox(dovecot, user)
    for _ in range(3):
        Stuck.objects.update(next_at=now())
        look(box, taken)
    stuck = Stuck.objects.get()
    assert (stuck.tries, stuck.given_up_at is not None) == (3, True)
    (told,) = taken.raws
    assert b"From: Ana Lima <ana@customers.test>" in told
    assert b"could not be fetched in 3 tries" in told
    dovecot.put(user, good)
    assert look(box, taken) == 1
    assert taken.raws[-1] == good


def test_what_was_stuck_comes_in_at_the_next_try(dovecot):
    user, taken = dovecot.user(), Taken()
    (slow,) = letters(1)
    dovecot.put(user, slow)
    taken.trouble = refusing(slow)
    box = mailbox(dovecot, user, afterwards="move", move_to="Taken")
    assert look(box, taken) == 0
    taken.trouble = None
    assert look(box, taken) == 0  # its time has not come
    Stuck.objects.update(next_at=now())
    assert look(box, taken) == 1
    assert not Stuck.objects.exists()
    assert len(dovecot.lies_in(user, "Taken")) == 1


def test_what_somebody_took_away_is_not_waited_for(dovecot):
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(1))
    taken.trouble = refusing(letters(1)[0])
    box = mailbox(dovecot, user)
    look(box, taken)
    with dovecot.talking(user) as client:
        client.delete_messages([1])
        client.expunge()
    Stuck.objects.update(next_at=now())
    assert look(box, taken) == 0
    assert Stuck.objects.get().given_up_at is not None


def test_zammad_2321_a_mail_that_takes_for_ever_is_left_behind_and_the_next_is_taken(dovecot):
    """Guarantee 2: one message has its time, and no more."""
    user, taken, ever = dovecot.user(), Taken(), threading.Event()
    slow, good = letters(2)
    dovecot.put(user, slow, good)
    taken.trouble = lambda raw: ever.wait(30) if raw == slow else None
    assert look(mailbox(dovecot, user), taken, longest=0.3) == 1
    assert taken.raws == [good]
    assert "not read within" in Stuck.objects.get().trouble
    ever.set()


def test_osticket_5645_a_failing_run_copies_nothing_and_says_so(dovecot):
    """Guarantee 2: a full disk is no fault of the mail; nothing is moved before it is stored."""
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(3))
    box = mailbox(dovecot, user, afterwards="move", move_to="Archive")

    def full(raw):
        raise OSError(28, "No space left on device")

    taken.trouble = full
    for _ in range(4):
        with pytest.raises(NotStored, match="No space left"):
            look(box, taken)
    assert len(dovecot.lies_in(user)) == 3
    assert not Stuck.objects.exists()
    taken.trouble = None
    assert look(box, taken) == 3
    assert len(dovecot.lies_in(user, "Archive")) == 3


def test_a_database_that_is_away_sets_no_mail_aside(dovecot):
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(1))

    def away(raw):
        raise OperationalError("the database is locked")

    taken.trouble = away
    with pytest.raises(NotStored):
        look(mailbox(dovecot, user), taken)
    assert not Stuck.objects.exists()


def test_osticket_5645_a_folder_that_cannot_be_made_is_told_and_mail_comes_in_once(dovecot):
    """Guarantee 14: mail that cannot be put away is taken all the same, and somebody is told."""
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(2))
    box = mailbox(dovecot, user, afterwards="move", move_to="in/../valid")
    assert look(box, taken) == 2
    assert "cannot be put away" in box.warning
    assert look(box, taken) == 0
    Mailbox.objects.update(move_to="Done")
    box.refresh_from_db()
    dovecot.put(user, *letters(1, start=5))
    look(box, taken)
    assert box.warning == ""


@pytest.mark.django_db(transaction=True)
def test_chatwoot_12054_what_was_taken_once_never_comes_back(dovecot):
    """Guarantee 2: what it became may be gone; the post itself is remembered for good."""
    user = dovecot.user()
    dovecot.put(user, *letters(1))
    box = mailbox(dovecot, user)
    look(box, keep)
    dovecot.put(user, *letters(1))  # the same bytes put back by hand
    look(box, keep)
    assert Post.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_zammad_1578_one_mail_in_two_of_our_mailboxes_is_kept_for_each(dovecot):
    """Guarantee 2: the same bytes are one post for each mailbox."""
    for user in (dovecot.user(), dovecot.user()):
        dovecot.put(user, *letters(1))
        look(mailbox(dovecot, user), keep)
    assert Post.objects.count() == 2


def test_chatwoot_9069_mails_without_a_message_id_are_taken_each_once(dovecot):
    """Guarantee 2: nobody looks at the Message-ID to know a mail again."""
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *(mail(f"{number}\r\n", message_id=None) for number in range(2)))
    box = mailbox(dovecot, user)
    assert (look(box, taken), look(box, taken)) == (2, 0)


def test_freescout_3298_what_is_too_large_is_not_loaded_and_never_silent(dovecot, settings):
    """Guarantee 1: its heading becomes a complaint that says so; the mail stays where it is."""
    settings.AMENDS_SMTP_SIZE = 700_000
    user, taken = dovecot.user(), Taken()
    large = mail(("y" * 76 + "\r\n") * 12_000, more="In-Reply-To: <a@b.c>")
    dovecot.put(user, large, *letters(1))
    assert look(mailbox(dovecot, user), taken) == 2
    told = taken.raws[0]
    assert b"larger than the 700 kB that are taken" in told
    assert b"In-Reply-To: <a@b.c>" in told
    assert b"Message-ID: <first@customers.test>" in told
    assert len(told) < 2_000
    assert len(dovecot.lies_in(user)) == 2


@pytest.mark.django_db(transaction=True)
def test_zammad_docs_what_is_too_large_is_a_complaint_and_its_sender_gets_a_way_to_send_files(
    dovecot, settings
):
    """Guarantee 1: neither bounced nor removed; the acknowledgement leads to the customer's page,
    which takes files."""
    settings.AMENDS_SMTP_SIZE = 300_000
    user = dovecot.user()
    cast.ana()
    dovecot.put(user, mail("y" * 70 + "\r\n" + ("y" * 76 + "\r\n") * 5_000))
    look(mailbox(dovecot, user), take_in)
    told = Letter.objects.get(direction="in")
    assert "larger than the 300 kB that are taken" in told.text
    assert Recovery.objects.get().customer.name == "Ana Lima"
    answer = Letter.objects.get(direction="out", kind="acknowledgement")
    assert (answer.recipient, "/r/" in answer.text) == ("ana@customers.test", True)


def test_a_large_mail_comes_in_pieces_and_whole(dovecot):
    user, taken = dovecot.user(), Taken()
    large = mail("".join(f"{number:>74}\r\n" for number in range(30_000)))
    dovecot.put(user, large)
    look(mailbox(dovecot, user), taken)
    assert taken.raws == [large]


def test_zammad_2591_seventy_attachments_come_in_with_the_rest(dovecot):
    """Guarantee 2."""
    pictures = [
        f"Content-Type: image/png; name=p{number}.png\r\n"
        f"Content-Disposition: attachment\r\n\r\npicture {number}\r\n"
        for number in range(70)
    ]
    body, content = parts(*pictures)
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, mail(body, content=content), *letters(1))
    assert look(mailbox(dovecot, user), taken) == 2


@pytest.mark.parametrize(
    "folder", ['Say "cheese"', "Beschwerden/Größe", "苦情", "a & b", "back\\slash"]
)
def test_freescout_3502_folders_with_quotes_and_other_letters(dovecot, folder):
    """Guarantee 2: read from and moved to under their own names."""
    user, taken = dovecot.user(), Taken()
    folder = folder.replace("/", ".")
    dovecot.put(user, *letters(2), folder=folder)
    box = mailbox(dovecot, user, folder=folder, afterwards="move", move_to=f"{folder} done")
    assert look(box, taken) == 2
    assert len(dovecot.lies_in(user, f"{folder} done")) == 2
    assert dovecot.lies_in(user, folder) == []


@pytest.mark.parametrize("afterwards", ["mark", "move"])
def test_libredesk_d4420cff_servers_that_know_only_the_old_words(bare_dovecot, afterwards):
    """Guarantee 2: no ESEARCH, MOVE, UIDPLUS or IDLE; the same mail comes in."""
    user, taken = bare_dovecot.user(), Taken()
    bare_dovecot.put(user, *letters(3))
    box = mailbox(bare_dovecot, user, afterwards=afterwards, move_to="Taken")
    assert (look(box, taken), look(box, taken)) == (3, 0)
    if afterwards == "move":
        assert len(bare_dovecot.lies_in(user, "Taken")) == 3


def test_without_uidplus_the_deleted_mail_of_others_is_not_swept_away(bare_dovecot):
    user, taken = bare_dovecot.user(), Taken()
    bare_dovecot.put(user, *letters(2))
    with bare_dovecot.talking(user) as client:
        client.add_flags([1], [b"\\Deleted"])
    box = mailbox(bare_dovecot, user, afterwards="move", move_to="Taken")
    look(box, taken)
    assert len(bare_dovecot.lies_in(user)) == 2


def test_libredesk_65cac843_each_question_is_answered_before_the_next(dovecot):
    """Guarantee 2: many stretches and batches in one look, none fetched inside another."""
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(120))
    box = mailbox(dovecot, user)
    assert look(box, taken) == 120
    assert taken.raws == letters(120)


def test_freescout_4175_no_date_decides_what_is_new(dovecot):
    """Guarantee 2: SINCE is asked once, when we begin, and is two days too wide on purpose."""
    user, taken = dovecot.user(), Taken()
    box = mailbox(dovecot, user, takes_old=False)
    dovecot.put(user, *letters(1), msg_time=now() - timedelta(minutes=59))
    dovecot.put(user, *letters(1, start=3), msg_time=now() + timedelta(days=1))
    assert look(box, taken) == 2


def test_marked_as_read_only_after_it_is_stored(dovecot):
    user, taken = dovecot.user(), Taken()
    good, bad = letters(2)
    dovecot.put(user, good, bad)
    taken.trouble = refusing(bad)
    look(mailbox(dovecot, user, afterwards="mark"), taken)
    with dovecot.talking(user) as client:
        flags = {uid: told[b"FLAGS"] for uid, told in client.fetch([1, 2], ["FLAGS"]).items()}
    assert b"\\Seen" in flags[1]
    assert b"\\Seen" not in flags[2]


@pytest.mark.django_db(transaction=True)
def test_freescout_1425_of_two_who_read_at_once_one_stops(dovecot):
    """Guarantee 2: the hold is asked for again before anything is written down."""
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(2))
    box = mailbox(dovecot, user)

    def robbed(raw):
        Mailbox.objects.update(held_by="somebody else")

    taken.trouble = robbed
    with pytest.raises(LostHold):
        look(box, taken)
    assert Mailbox.objects.get().last_uid == 0


def test_freescout_1425_a_look_that_finds_nothing_costs_little(
    dovecot, django_assert_max_num_queries
):
    """Guarantee 2: a busy installation is not slower than its schedule."""
    user, taken = dovecot.user(), Taken()
    dovecot.put(user, *letters(60))
    box = mailbox(dovecot, user)
    with django_assert_max_num_queries(14):
        look(box, taken)
    with django_assert_max_num_queries(5):
        look(box, taken)


def test_a_mail_that_kills_us_is_found_out_and_set_aside(dovecot):
    """Guarantee 2: of a batch nobody is blamed; alone it is, and after three times shown."""
    box = mailbox(dovecot, dovecot.user())
    box.hold("test")
    look_once = Round(box, Deaf(), None, lambda: True)
    for in_hand, tries in (([1, 2], 0), ([1], 1), ([1], 2), ([1], 3)):
        Mailbox.objects.update(in_hand=in_hand, uid_validity=1)
        box.refresh_from_db()
        look_once._take_what_we_died_of()
        assert (Stuck.objects.first() or Stuck()).tries == tries


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_was_stored_before_we_died_is_not_said_to_be_lost(dovecot):
    """Guarantees 1 and 2: killed each time between storing it and writing that down."""
    user = dovecot.user()
    dovecot.put(user, *letters(2))
    box = mailbox(dovecot, user)
    look(box, keep)
    for _ in range(5):
        Stuck.note(box, 1, DIED)
    look(box, keep)
    assert not Stuck.objects.exists()
    assert Post.objects.count() == 2


class Deaf(Conversation):
    """Somebody else took the messages away meanwhile."""

    def __init__(self) -> None:
        pass

    def known(self, uids):
        return []


def keep(raw: bytes, *, place: str, **envelope) -> None:
    store(raw, mailbox=place, **envelope)


def refusing(bad: bytes):
    def trouble(raw: bytes) -> None:
        if raw == bad:
            raise ValueError("it cannot be understood")

    return trouble
