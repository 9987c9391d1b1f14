import pytest

from amends.kit.clock import now
from amends.mailroom.mailbox import Mailbox
from amends.mailroom.stuck import DIED, Stuck

pytestmark = pytest.mark.django_db


def box() -> Mailbox:
    made = Mailbox()
    told = {"place": "bath", "address": "hello@larder.example", "host": "imap.larder.example"}
    made.set_up(password="sesame", login="larder", **told)
    return made


def test_zammad_2591_three_tries_further_and_further_apart(clock):
    """Guarantee 2: then it is hopeless, and waits no longer."""
    made, waits = box(), []
    for _ in range(3):
        stuck = Stuck.note(made, 5, "it takes too long")
        waits.append((stuck.next_at - now()).total_seconds())
    assert waits == [60, 300, 0]
    assert stuck.is_hopeless
    stuck.give_up(size=10)
    assert not Stuck.objects.waiting(made).exists()


def test_a_message_that_we_only_died_with_is_tried_more_often(clock):
    """Guarantee 2: the power fails oftener than a message kills."""
    made = box()
    tried = [Stuck.note(made, 5, DIED).is_hopeless for _ in range(5)]
    assert tried == [False] * 4 + [True]


def test_what_came_in_after_all_is_stuck_no_more():
    made = box()
    Stuck.note(made, 5, "slow")
    Stuck.objects.update(uid_validity=3)
    made.uid_validity = 3
    Stuck.came_loose(made, [5, 6])
    assert not Stuck.objects.exists()
