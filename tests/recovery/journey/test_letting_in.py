import pytest

from amends.mailroom.addresses import address_for
from amends.mailroom.letter import Decided, Letter
from amends.recovery import journey
from amends.recovery.journey.letting_in import NotAsked
from amends.recovery.timeline import Verb
from tests import cast
from tests.recovery.mailing import EVE, arrive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def recovery():
    return cast.understood()


@pytest.fixture
def letter(recovery):
    return arrive(address_for(recovery.ref), sender=EVE, body="I was there too.")


def test_let_in_they_are_heard_and_kept_apart(recovery, letter):
    companion = journey.let_in(letter, by=cast.ana())
    letter.refresh_from_db()
    assert (companion.email, companion.name) == ("eve@stranger.example", "Eve")
    assert companion.leave_given_at
    assert (letter.kind, letter.asks, letter.needs_check) == ("companion", "", False)
    assert letter not in Letter.objects.with_customer()
    assert recovery.timeline.filter(verb=Verb.COMPANION, by=cast.ana()).exists()


def test_the_customer_from_another_address_is_known_there_from_now_on(recovery, letter):
    journey.it_is_them(letter, by=cast.ana())
    recovery = cast.fresh(recovery)
    assert recovery.waiting_since
    assert recovery.customer.addresses.filter(key="eve@stranger.example").exists()
    assert not arrive(address_for(recovery.ref), sender=EVE).needs_check


def test_a_recovery_of_its_own_is_the_writers(recovery, letter):
    own = journey.split_off(letter, by=cast.ana())
    letter.refresh_from_db()
    assert (own.customer.email, own.came_after) == ("eve@stranger.example", recovery)
    assert own.complaints.get().words == "I was there too."
    assert letter.thread == own.ref
    answer = arrive(address_for(own.ref), sender=EVE, body="Thanks.")
    assert (answer.thread, answer.needs_check) == (own.ref, False)


def test_what_is_not_for_us_is_kept_out_of_the_way(recovery, letter):
    journey.not_for_us(letter, by=cast.ana())
    letter.refresh_from_db()
    assert (letter.kind, letter.needs_check) == ("not for us", False)
    assert letter not in Letter.objects.with_customer()


def test_of_two_who_decide_at_once_one_is_heard(letter):
    late = Letter.objects.get(pk=letter.pk)
    journey.let_in(letter, by=cast.ana())
    with pytest.raises(Decided):
        journey.not_for_us(late, by=cast.ben())
    late.refresh_from_db()
    with pytest.raises(NotAsked):
        journey.not_for_us(late, by=cast.ben())


def test_only_what_was_asked_is_decided(recovery, letter):
    with pytest.raises(NotAsked):
        journey.belongs_here(letter, by=cast.ana())
    with pytest.raises(NotAsked):
        journey.answer_there(letter, by=cast.ana())


def test_answers_go_elsewhere_only_when_one_of_us_believes_it(recovery):
    letter = arrive(address_for(recovery.ref), Reply_To="new@finch.example")
    assert journey.write(recovery, words="One.", by=cast.ana()).recipient == "robert@finch.example"
    journey.answer_there(letter, by=cast.ana())
    fresh = cast.fresh(recovery)
    assert journey.write(fresh, words="Two.", by=cast.ana()).recipient == "new@finch.example"


def test_the_customers_page_shows_nothing_of_a_stranger(recovery, letter):
    """Guarantee 4."""
    from amends.portal.story import Story
    from amends.recovery.link import Link

    story = Story(Link.to(recovery, at=recovery.known_at))
    for decide in (None, journey.let_in):
        if decide:
            decide(letter, by=cast.ana())
        assert letter not in Story(story.link).letters
