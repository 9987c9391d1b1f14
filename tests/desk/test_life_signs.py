from datetime import timedelta

import pytest

from amends.desk.life_signs import LifeSigns
from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.mailroom.mailbox import Mailbox
from amends.recovery import mailboxes
from tests import cast
from tests.recovery.test_mailboxes import added

pytestmark = pytest.mark.django_db


def signs(box: Mailbox) -> LifeSigns:
    return LifeSigns(Mailbox.objects.get(pk=box.pk), at=now())


def test_from_the_first_moment_to_the_last_sign(clock):
    box = added()
    assert (signs(box).state, signs(box).words) == ("waiting", "The first look is being taken.")
    clock.shift(timedelta(minutes=1))
    assert "Nobody reads it" in signs(box).words
    box.hold("reader")
    box.went_well()
    assert (signs(box).state, signs(box).words) == ("good", "It is read.")
    clock.shift(timedelta(minutes=4))
    assert "Nobody reads it" in signs(box).words
    box.stumble("imap.larder.example did not answer in time.")
    assert signs(box).words == "imap.larder.example did not answer in time."
    box.stop()
    assert signs(box).words == "It is not read."


def test_osticket_6455_a_sign_in_that_ends_soon_or_was_never_made(clock, settings):
    """Guarantee 14: said days before."""
    settings.AMENDS_SIGN_IN_APPS = {"google": ("id", "secret"), "microsoft": None}
    box = added(auth="google", password="")
    assert signs(box).words == "Somebody must sign in to Google first."
    box.keep_tokens(access="a", until=now(), refresh="r", refresh_until=now() + timedelta(days=3))
    assert signs(box).warning == "The sign-in ends on 4 June. Please sign in again."
    box.warn("Google does not accept our sign-in.")
    assert signs(box).warning == "Google does not accept our sign-in."


def test_chatwoot_3868_a_test_says_step_by_step_what_works(clock, settings):
    """Guarantee 3."""
    box = added()
    assert signs(box).test == []
    mailboxes.test(box, by=cast.olive())
    shown = signs(box)
    assert shown.is_being_tested
    assert "AMENDS_MAIL_URL is not set" in shown.test[1]["words"]
    box.hold("reader")
    box.went_well()
    Letter.objects.update(state="handed_over", handed_over_at=now())
    clock.shift(timedelta(seconds=4))
    Mailbox.objects.update(test_home_at=now())
    states = [step["state"] for step in signs(box).test]
    assert states == ["good", "good", "good", "good", "waiting"]
    assert "It took 4 seconds." in signs(box).test[3]["words"]
    clock.shift(timedelta(minutes=6))
    told = signs(box)
    assert not told.is_being_tested
    assert "desk+…@amends.test" in told.test[4]["words"]


def test_what_did_not_leave_is_told_with_its_reason():
    box = added()
    mailboxes.test(box, by=cast.olive())
    Letter.objects.update(state="failed", trouble="The mail server said no: 550 not here")
    assert "550 not here" in signs(box).test[1]["words"]
