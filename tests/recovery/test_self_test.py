import pytest

from amends.mailroom.addresses import address_for, mark_of
from amends.mailroom.letter import Letter
from amends.mailroom.mailbox import Mailbox
from amends.mailroom.post import Post
from amends.recovery import intake, mailboxes
from amends.recovery.recovery import Recovery
from tests import cast
from tests.mailroom.mails import mail
from tests.recovery.test_mailboxes import added

pytestmark = pytest.mark.django_db


@pytest.fixture
def box():
    made = added()
    mailboxes.test(made, by=cast.olive())
    return made


def met(to: str, *, way: str = "imap", references: str = "") -> Mailbox:
    more = "Auto-Submitted: auto-generated"
    more += f"\nReferences: {references}" if references else ""
    raw = mail(to=to, sender="Amends <desk@amends.test>", more=more)
    intake.take_in(raw, way=way, recipients=["hello@larder.example"])
    return Mailbox.objects.get()


def test_chatwoot_3868_a_letter_that_comes_home_is_noted_and_bothers_nobody(box):
    """Guarantee 3: known by the ids that we signed."""
    found = met("hello@larder.example", references=mark_of(f"test-{box.test}"))
    assert found.test_home_at is not None
    assert found.test_answer_at is None
    assert not Recovery.objects.exists()
    assert Post.objects.get().letter.kind == "self_test"


def test_odoo_280971_an_answer_with_nothing_but_its_address_is_known(box):
    """Guarantee 3: by any way in, as a customer's answer would be."""
    found = met(address_for(f"test-{box.test}"), way="smtp")
    assert found.test_answer_at is not None
    assert not Recovery.objects.exists()


def test_one_that_came_by_another_way_did_not_come_through_the_mailbox(box):
    mark = mark_of(f"test-{box.test}")
    assert met("hello@larder.example", way="smtp", references=mark).test_home_at is None


def test_a_made_up_mark_is_an_ordinary_letter(box):
    """Guarantee 6: nobody hides a complaint by pretending that it is our test."""
    cast.ana()
    forged = f"<test-{box.test}.0000000000000000@amends.test>"
    raw = mail(to="desk+test-abc.0000000000000000@amends.test", more=f"References: {forged}")
    intake.take_in(raw, way="imap")
    assert Recovery.objects.count() == 1
    assert Mailbox.objects.get().test_home_at is None


def test_an_old_test_changes_nothing_and_the_same_again_neither(box):
    old = box.test
    mailboxes.test(box, by=cast.olive())
    assert met("hello@larder.example", references=mark_of(f"test-{old}")).test_home_at is None
    assert Letter.objects.filter(direction="in").count() == 1
