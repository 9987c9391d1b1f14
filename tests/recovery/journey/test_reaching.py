import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter, State
from amends.mailroom.mark import Mark
from amends.recovery import clockwork, journey
from amends.recovery.journey.reaching import NobodyWaits
from amends.recovery.notice import Notice
from amends.recovery.timeline import Verb
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def stuck(state=State.FAILED):
    """A letter of Ana's that the mail server refused."""
    recovery = cast.heard()
    letter = journey.write(recovery, words="I will ring you.", by=cast.ana())
    Letter.objects.filter(pk=letter.pk).update(state=state, trouble="No such mailbox.")
    return recovery, Letter.objects.get(pk=letter.pk)


def test_a_letter_that_did_not_go_leaves_the_customer_waiting():
    recovery, _ = stuck()
    clockwork.what_is_due()
    assert cast.fresh(recovery).waiting_since == now()
    assert recovery.timeline.get(verb=Verb.UNDELIVERED).words.endswith("No such mailbox.")
    words = Notice.objects.filter(person=cast.ana()).values_list("words", flat=True)
    assert any(each.startswith("Our letter to Robert Finch did not get through.") for each in words)


def test_it_is_told_once():
    recovery, letter = stuck()
    clockwork.what_is_due()
    clockwork.what_is_due()
    journey.could_not_reach(letter, at=now())
    assert recovery.timeline.filter(verb=Verb.UNDELIVERED).count() == 1


def test_one_that_may_have_arrived_is_for_somebody_to_find_out():
    recovery, _ = stuck(State.UNCERTAIN)
    clockwork.what_is_due()
    assert cast.fresh(recovery).waiting_since is None
    words = Notice.objects.filter(person=cast.ana()).values_list("words", flat=True)
    assert "Our letter to Robert Finch may not have arrived." in words


def test_it_is_sent_again_by_a_person():
    recovery, letter = stuck()
    journey.send_again(letter, by=cast.ana())
    letter.refresh_from_db()
    assert letter.state == State.QUEUED
    assert recovery.timeline.last().words.startswith("Once more: ")


def test_or_it_did_arrive_after_all():
    _, letter = stuck(State.UNCERTAIN)
    journey.it_arrived(letter, by=cast.ana())
    letter.refresh_from_db()
    assert letter.state == State.HANDED_OVER


def test_a_letter_to_one_of_us_belongs_to_no_recovery():
    _, letter = stuck()
    Letter.objects.filter(pk=letter.pk).update(thread="")
    letter.refresh_from_db()
    clockwork.what_is_due()
    with pytest.raises(NobodyWaits):
        journey.send_again(letter, by=cast.ana())


def test_zammad_1239_a_failure_opens_a_closed_recovery_again():
    """Guarantee 12."""
    recovery, _ = stuck()
    journey.let_go(cast.fresh(recovery), why="They moved.", by=cast.ana())
    clockwork.what_is_due()
    assert cast.fresh(recovery).closed_at is None


def test_no_such_mailbox_said_at_once_marks_the_address_like_a_report():
    """Guarantee 12."""
    _recovery, letter = stuck()
    Letter.objects.filter(pk=letter.pk).update(trouble="The mail server said no: 550 5.1.1 unknown")
    clockwork.what_is_due()
    assert Mark.objects.get().address == "robert@finch.example"


@pytest.mark.parametrize("said", ["550 no", "554 5.7.1 relay denied", "550 5.2.2 full"])
def test_any_other_no_marks_nobody(said):
    """It may be our own mail server that does not like us."""
    _, letter = stuck()
    Letter.objects.filter(pk=letter.pk).update(trouble=f"The mail server said no: {said}")
    clockwork.what_is_due()
    assert not Mark.objects.exists()


def test_sent_once_more_they_wait_no_longer_unless_they_wrote_meanwhile(clock):
    recovery, letter = stuck()
    clockwork.what_is_due()
    journey.send_again(letter, by=cast.ana())
    assert cast.fresh(recovery).waiting_since is None
    Letter.objects.filter(pk=letter.pk).update(state=State.FAILED, reported_at=None)
    clockwork.what_is_due()
    clock.shift(60)
    journey.customer_wrote(cast.fresh(recovery), words="And the tea?", channel="page")
    journey.send_again(Letter.objects.get(pk=letter.pk), by=cast.ana())
    assert cast.fresh(recovery).waiting_since
