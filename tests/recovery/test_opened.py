import pytest

from amends.mailroom.addresses import address_for
from amends.mailroom.mention import Mention
from amends.mailroom.parsing import parse
from amends.mailroom.post import store
from amends.recovery.opened import NO_WORDS, Opened
from tests import cast
from tests.recovery.mailing import mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def opened(raw: bytes, *recipients: str) -> Opened:
    return Opened(store(raw, way="pipe", recipients=recipients), parse(raw))


def test_libredesk_7ac483d0_what_leads_to_nothing_any_more_is_passed_over():
    """Guarantee 3: a token of something that is gone does not hide the id of what is there."""
    recovery = cast.understood()
    sent = recovery_letter(recovery)
    raw = mail(to=address_for("gone"), In_Reply_To=sent.message_id)
    found, match = opened(raw, address_for("gone")).found
    assert (found, match.how) == (recovery, "our id")


def recovery_letter(recovery):
    from amends.mailroom.letter import Letter

    return Letter.objects.filter(thread=recovery.ref, direction="out").first()


def test_a_letter_without_words_says_so():
    assert opened(mail("\n")).words == NO_WORDS


def test_what_a_stranger_names_draws_nobody_after_it():
    raw = mail(In_Reply_To="<unseen@x.test>")
    opened(raw).file("abcde", needs_check=True)
    assert not Mention.objects.exists()
    other = mail(In_Reply_To="<unseen@x.test>")
    opened(other).file("abcde")
    assert Mention.objects.count() == 1
