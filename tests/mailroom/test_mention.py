import pytest

from amends.mailroom.filing import file_in
from amends.mailroom.matching import Match, Matching
from amends.mailroom.mention import Mention, remember
from amends.mailroom.parsing import parse
from amends.mailroom.post import store
from tests.mailroom.mails import mail
from tests.mailroom.matches import find_thread

pytestmark = pytest.mark.django_db


def filed(raw: bytes, thread: str = "abcde"):
    parsed = parse(raw)
    letter = file_in(store(raw, way="pipe"), parsed, thread=thread)
    remember(letter, parsed, seen=Matching(parsed, []).seen)
    return letter


def by_robot(number: str, sender: str = "sn@corp.example", **more) -> bytes:
    return mail(
        sender=sender,
        subject=f"{number} was updated",
        more="Auto-Submitted: auto-generated",
        **more,
    )


def test_a_first_letter_names_nothing(django_assert_num_queries):
    filed(mail())
    assert not Mention.objects.exists()


def test_zammad_5716_what_two_answers_name_together_brings_them_together():
    """Guarantee 3: also when we never saw it."""
    filed(mail(more="In-Reply-To: <unseen@x.test>", message_id="<1@x.test>"))
    other = parse(
        mail(more="References: <older@y> <UNSEEN2@x.test> <unseen@X.TEST>", message_id="<2@x.test>")
    )
    assert find_thread(other, []) == Match("abcde", "mentioned")
    assert not Match("abcde", "mentioned").is_strong


def test_what_we_have_is_not_remembered_twice():
    filed(mail(message_id="<1@x.test>"))
    filed(mail(more="References: <1@x.test> <0@x.test>", message_id="<2@x.test>"))
    assert list(Mention.objects.values_list("key", flat=True)) == ["0@x.test"]


def test_zammad_3022_a_desk_that_strips_our_ids_is_known_by_its_own_number():
    """Guarantee 3: learned per correspondent, from what machines write, and never ours."""
    filed(by_robot("INC0012345", message_id="<1@corp.example>"))
    again = by_robot("INC0012345", message_id="<2@corp.example>")
    assert find_thread(parse(again), []) == Match("abcde", "their number")
    for other in (
        by_robot("INC0012345", sender="eve@x.test", message_id="<3@x>"),
        by_robot("INC0012346", message_id="<4@x>"),
        mail(sender="sn@corp.example", subject="INC0012345", message_id="<5@x>"),
    ):
        assert find_thread(parse(other), []) is None


def test_zammad_3022_a_number_that_could_mean_two_means_none():
    filed(by_robot("INC0012345", message_id="<1@corp.example>"), "aaaaa")
    filed(by_robot("INC0012345", message_id="<2@corp.example>"), "bbbbb")
    assert find_thread(parse(by_robot("INC0012345", message_id="<3@x>")), []) is None
