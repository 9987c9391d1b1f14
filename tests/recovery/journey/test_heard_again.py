import pytest

from amends.recovery import journey
from amends.recovery.notice import About, Notice
from amends.recovery.reading import Meaning
from amends.recovery.recovery import Outcome
from amends.recovery.timeline import Verb
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_thank_you_opens_nothing_and_makes_nobody_wait():
    recovery = cast.put_right()
    journey.customer_wrote(recovery, words="Thank you so much, Ana.", channel="e-mail")
    recovery = cast.fresh(recovery)
    assert recovery.put_right_at
    assert recovery.waiting_since is None
    assert recovery.timeline.filter(verb=Verb.THANKED_US).count() == 1


def test_it_is_not_fixed_opens_again_from_any_channel():
    recovery = cast.put_right()
    journey.leave_me_be(recovery)
    journey.customer_wrote(cast.fresh(recovery), words="It is not fixed.", channel="text message")
    recovery = cast.fresh(recovery)
    assert (recovery.closed_at, recovery.outcome) == (None, "")
    assert recovery.customer.left_in_peace_at is None
    assert Notice.objects.filter(person=recovery.owner, about=About.NOT_FIXED).exists()


def test_anything_else_waits_for_a_person_and_opens_no_closed_part():
    recovery = cast.put_right()
    journey.customer_wrote(recovery, words="What time do you open on Sunday?", channel="e-mail")
    recovery = cast.fresh(recovery)
    assert recovery.waiting_since
    assert recovery.put_right_at


def test_more_of_the_story_stands_beside_the_first_words():
    recovery = cast.heard()
    journey.add_words(recovery, words="And the tea was cold.", channel="telephone", by=cast.ana())
    assert [c.words for c in recovery.complaints.all()] == [cast.STORY, "And the tea was cold."]


def test_a_person_please_reaches_the_owner():
    recovery = cast.heard()
    journey.person_please(recovery)
    assert Notice.objects.filter(person=recovery.owner, about=About.PERSON).exists()
    assert recovery.outcome != Outcome.LET_GO


def test_a_person_please_is_told_to_the_owner_and_a_manager():
    mona = cast.mona()
    recovery = cast.heard()
    journey.person_please(recovery, words="Please ring me.")
    told = Notice.objects.filter(about=About.PERSON, words__contains="asks for a person")
    assert {notice.person for notice in told} == {recovery.owner, mona}


def test_a_person_please_is_answered_also_when_they_had_asked_for_peace():
    recovery = cast.put_right()
    journey.leave_me_be(recovery)
    journey.person_please(cast.fresh(recovery))
    assert cast.fresh(recovery).customer.left_in_peace_at is None


def test_a_button_says_what_it_means_whatever_the_words_are():
    recovery = cast.put_right()
    journey.customer_wrote(
        recovery, words="Thank you, but no.", channel="page", meaning=Meaning.NOT_FIXED
    )
    assert cast.fresh(recovery).put_right_at is None
