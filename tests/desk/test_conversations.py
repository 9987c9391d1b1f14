import pytest
from django.urls import reverse

from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.recovery import Recovery
from tests import cast
from tests.desk.pressing import page_of, press, stranger
from tests.recovery.mailing import EVE, arrive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DECISIONS = ("let_in", "it_is_them", "split_off", "not_for_us")


@pytest.fixture
def recovery():
    return cast.understood()


@pytest.fixture
def from_eve(recovery):
    """Somebody we do not know answers with the customer's own token."""
    return arrive(address_for(recovery.ref), sender=EVE, body="Send me her address.")


def shown(client, recovery):
    return page_of(client, recovery).content.decode()


def test_a_stranger_waits_for_one_press(ana, recovery, from_eve):
    """Guarantee 4."""
    page = shown(ana, recovery)
    assert "We do not know this sender in this conversation." in page
    for name in DECISIONS:
        assert reverse(f"desk:{name}", args=[from_eve.ref]) in page


@pytest.mark.parametrize("decision", DECISIONS)
def test_each_answer_settles_it_once(ana, recovery, from_eve, decision):
    assert press(ana, decision, from_eve).status_code == 303
    again = press(ana, "not_for_us", from_eve)
    assert again.status_code == 422
    assert "nothing to decide" in again.content.decode() or "moved on" in again.content.decode()
    assert "We do not know this sender" not in shown(ana, recovery)


def test_a_recovery_of_its_own_is_where_one_goes_next(ana, recovery, from_eve):
    answer = press(ana, "split_off", from_eve)
    own = Recovery.objects.exclude(pk=recovery.pk).get()
    assert answer["Location"] == reverse("desk:recovery", args=[own.ref])
    assert "It came out of" in shown(ana, own)


def test_strangers_to_the_place_decide_nothing(client, recovery, from_eve):
    client.force_login(stranger())
    for name in (*DECISIONS, "belongs_here", "answer_there", "undo_forward"):
        assert press(client, name, from_eve).status_code == 404
    for name in ("join", "part"):
        assert press(client, name, recovery, to=recovery.ref).status_code == 404
    assert client.get(reverse("desk:letter_heading", args=[from_eve.ref])).status_code == 404


def test_an_auditor_reads_and_decides_nothing(client, recovery, from_eve):
    client.force_login(cast.audrey())
    assert "Let them in" not in shown(client, recovery)
    assert press(client, "let_in", from_eve).status_code == 403


def test_a_new_subject_asks_whether_it_belongs(ana, recovery):
    letter = arrive(address_for(recovery.ref), subject="The parking ticket", body="I got one.")
    assert "Is it another matter?" in shown(ana, recovery)
    assert press(ana, "belongs_here", letter).status_code == 303
    assert "Is it another matter?" not in shown(ana, recovery)


def test_told_twice_becomes_one_and_two_again(ana):
    first, second = cast.heard(), cast.heard(words="And the toast was cold.")
    page = shown(ana, second)
    assert "They told us twice" in page
    answer = press(ana, "join", second, to=first.ref)
    assert answer["Location"] == reverse("desk:recovery", args=[first.ref])
    joined = shown(ana, first)
    assert "<blockquote>And the toast was cold." in joined
    assert "goes on here" in joined
    assert "Make two of them again" in shown(ana, second)
    assert press(ana, "part", second).status_code == 303
    assert "<blockquote>And the toast was cold." not in shown(ana, first)


def test_what_cannot_be_joined_says_why(ana):
    first = cast.heard()
    second = cast.offered().recovery
    answer = press(ana, "join", second, to=first.ref)
    assert answer.status_code == 422
    assert "Something was offered or promised here." in answer.content.decode()
    other = cast.heard(customer=cast.Customer.met(name="Jo", email="jo@x.example"))
    assert press(ana, "join", first, to=other.ref).status_code == 422


def test_freescout_4287_reply_to_is_shown_and_used_only_when_confirmed(ana, recovery):
    """Guarantee 10."""
    letter = arrive(address_for(recovery.ref), Reply_To="pay@elsewhere.example")
    page = shown(ana, recovery)
    assert "It asks for answers at <strong>pay@elsewhere.example</strong>" in page
    assert "robert@finch.example" in page
    press(ana, "write", recovery, words="One.", heard="")
    assert press(ana, "answer_there", letter).status_code == 303
    press(ana, "write", recovery, words="Two.", heard="")
    sent = Letter.objects.filter(thread=recovery.ref, kind="answer").order_by("pk")
    assert list(sent.values_list("recipient", flat=True)) == [
        "robert@finch.example",
        "pay@elsewhere.example",
    ]


def test_a_strangers_reply_to_cannot_be_made_the_customers(ana, recovery):
    letter = arrive(address_for(recovery.ref), sender=EVE, Reply_To="pay@elsewhere.example")
    assert press(ana, "answer_there", letter).status_code == 422
    press(ana, "let_in", letter)
    assert press(ana, "answer_there", letter).status_code == 422


def test_cve_2026_34722_what_a_form_names_besides_is_checked_like_the_page_itself(ana):
    """A recovery at a place that one does not see cannot be named in a form either."""
    here = cast.heard()
    there = cast.heard(place=cast.place("larder-york"), by=cast.olive())
    assert press(ana, "join", here, to=there.ref).status_code == 422
    assert cast.fresh(here).closed_at is None


def test_what_went_on_at_another_place_is_not_shown(ana):
    here = cast.heard()
    there = cast.heard(place=cast.place("larder-york"), by=cast.olive(), words="Secret of York.")
    journey.join(there, to=here, by=cast.olive())
    page = shown(ana, here)
    assert "Secret of York." not in page
    other = cast.heard()
    journey.join(other, to=cast.heard(place=there.place, by=cast.olive()), by=cast.olive())
    assert "It goes on at another place." in shown(ana, other)
