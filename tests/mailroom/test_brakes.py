from dataclasses import replace
from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.brakes import EVERYBODYS, LIMITS, brake
from amends.mailroom.tally import Tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HOUR = timedelta(hours=1)
WORDS = "Thank you for your message number {}. We have received it and will answer in due course."


def few(what, most):
    """The same limits, but one of them soon reached."""
    given = LIMITS["acknowledgement"]
    return tuple(replace(limit, most=most) if limit.what == what else limit for limit in given)


def acknowledge(to="ida@moss.example", *, thread="", answers=""):
    return brake("acknowledgement", to=to, thread=thread, answers=answers, at=now())


def test_zendesk_2025_one_acknowledgement_for_each_address_and_hour(clock):
    """Guarantee 13: a form that anybody can fill in floods nobody."""
    assert not acknowledge().why
    assert acknowledge("IDA@moss.example ").why
    assert not acknowledge("ben@moss.example").why
    clock.shift(HOUR)
    assert not acknowledge().why


def test_freescout_688_a_sender_that_changes_by_a_character_is_stopped_by_its_words():
    """Guarantee 7: also by identical words, whatever number stands in them."""
    held = [acknowledge(f"crm{n}@x{n}.test", answers=WORDS.format(n)).why for n in range(20)]
    assert held.count("") == 5


def test_freescout_688_and_by_its_domain(monkeypatch):
    """Guarantee 7."""
    monkeypatch.setitem(LIMITS, "acknowledgement", few("domain", 60))
    held = [acknowledge(f"crm{n}@crm.example").why for n in range(100)]
    assert held.count("") == 60


def test_a_shop_with_many_customers_acknowledges_what_many_of_them_write():
    """Guarantee 8: an hour in which four hundred colleagues of one house write is no loop."""
    held = [acknowledge(f"guest{n}@customers.example").why for n in range(400)]
    assert held.count("") == 400


def test_many_guests_may_write_from_where_everybody_has_a_mailbox():
    held = [acknowledge(f"guest{n}@gmail.com").why for n in range(100)]
    assert held.count("") == 100
    assert "gmail.com" in EVERYBODYS


def test_surveda_1788_there_is_a_limit_for_everything_that_leaves(monkeypatch):
    """Guarantee 13."""
    monkeypatch.setitem(LIMITS, "acknowledgement", few("all", 50))
    held = [acknowledge(f"a@domain{n}.test").why for n in range(55)]
    assert held.count("") == 50
    assert not brake("account", to="ana@larder.example", at=now()).why


def test_whoever_is_held_back_uses_up_nothing_of_the_others():
    """Guarantee 13: one who floods us does not silence the desk for everybody."""
    for _ in range(50):
        acknowledge("flood@moss.example")
    shared = Tally.objects.filter(count__gt=1).count()
    assert shared == 2  # the address by hour and by week
    assert not acknowledge("ida@moss.example").why


def test_freescout_2626_each_text_once_in_a_conversation(clock):
    """Guarantee 7."""
    assert not acknowledge(thread="one").why
    clock.shift(timedelta(days=30))
    assert "already" in acknowledge(thread="one").why
    assert not acknowledge("ben@x.test", thread="two").why


def test_osticket_3966_a_loop_is_said_once_in_its_time():
    """Guarantee 7."""
    said = [acknowledge().is_loop for _ in range(30)]
    assert said.count(True) in (1, 2)  # by the hour, and by the week


def test_the_same_few_words_may_come_from_many():
    held = [acknowledge(f"a@b{n}.test", answers="It was burnt.").why for n in range(20)]
    assert held.count("") == 20
