import pytest

from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.people.roster import Away
from amends.recovery import journey
from amends.recovery.failure import Kind, NothingSaid
from amends.recovery.journey.heard import NotAllowed, WentWrong
from amends.recovery.recovery import Part, Recovery, Taken
from amends.recovery.standards import Step
from amends.recovery.timeline import Verb
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def by_mail(**more):
    told = {"customer": cast.finch(), "place": cast.place(), "words": cast.STORY, **more}
    return journey.hear(channel="e-mail", **told)


def test_s3_17_a_remark_at_the_till_is_a_complaint_with_two_failures():
    recovery = cast.heard()
    assert recovery.failures.count() == 2
    assert recovery.stage == Part.UNDERSTOOD
    assert recovery.complaints.get().words == cast.STORY


def test_whoever_hears_it_owns_it():
    assert cast.heard(by=cast.ana()).owner == cast.ana()


def test_s3_12_a_letter_gets_an_owner_by_place_and_hours(clock):
    cast.mona()
    cast.ana()
    Away.objects.create(
        person=cast.ben(), from_at=now(), until_at=now().replace(year=2027), why="holiday"
    )
    assert by_mail().owner in (cast.ana(), cast.mona())


def test_s3_13_the_person_complained_about_is_not_the_owner():
    ana, ben = cast.ana(), cast.ben()
    unkind = WentWrong(kind=Kind.BEHAVIOUR, words="Was short with me", involved=ana)
    assert cast.heard(by=ana, failures=[unkind]).owner == ben


def test_s3_13_a_later_word_about_the_owner_hands_it_on():
    ana, ben = cast.ana(), cast.ben()
    recovery = cast.heard(by=ana)
    journey.add_failure(recovery, WentWrong(kind=Kind.BEHAVIOUR, involved=ana), by=ben)
    assert cast.fresh(recovery).owner == ben


def test_s3_21_what_we_saw_ourselves_needs_no_complaint_and_no_listening():
    cast.ana()
    recovery = journey.spot(
        customer=cast.finch(),
        place=cast.place(),
        by=cast.ana(),
        failures=[WentWrong(words="Left half of it, looking unhappy")],
    )
    assert not recovery.complaints.exists()
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), channel="in person")
    assert cast.fresh(recovery).sorry_at


def test_nothing_said_is_nothing_heard():
    with pytest.raises(NothingSaid):
        cast.heard(words="  ")
    assert not Recovery.objects.exists()


def test_a_letter_is_acknowledged_once_an_hour_and_starts_no_apology():
    cast.ana()
    by_mail()
    by_mail(words="And another thing.")
    assert Letter.objects.filter(kind="acknowledgement").exclude(state="held").count() == 1
    assert Recovery.objects.filter(sorry_at=None).count() == 2


def test_the_apology_clock_runs_from_the_first_we_knew(clock):
    recovery = by_mail()
    running = recovery.clocks.get(step=Step.APOLOGY)
    assert running.started_at == recovery.known_at
    assert running.due_at > running.started_at


def test_s0_05_it_may_change_hands_and_an_auditor_may_not_hold_it():
    recovery = cast.heard(by=cast.ana())
    journey.hand_over(recovery, to=cast.ben(), by=cast.ana())
    assert cast.fresh(recovery).owner == cast.ben()
    with pytest.raises(NotAllowed):
        journey.hand_over(recovery, to=cast.audrey(), by=cast.ana())


def test_two_take_it_at_once_and_the_second_is_told_who():
    cast.place()
    recovery = journey.hear(
        customer=cast.finch(), place=cast.place(), words=cast.STORY, channel="web form"
    )
    assert recovery.owner is None
    one, other = cast.fresh(recovery), cast.fresh(recovery)
    journey.take(one, by=cast.ana())
    with pytest.raises(Taken, match="Ana"):
        journey.take(other, by=cast.ben())


def test_s2_13_any_channel_can_be_written_down_even_fax():
    recovery = cast.heard()
    journey.note(recovery, words="Sent a fax with the new date.", by=cast.ana(), channel="fax")
    assert Letter.objects.get(thread=recovery.ref, channel="fax").by_name == "Ana Reyes"


def test_s1_03_what_it_cost_beyond_money_is_kept():
    failure = cast.heard().failures.first()
    journey.it_cost(failure, by=cast.ana(), trips=2, minutes=45, worry="Missed the play")
    failure.refresh_from_db()
    assert (failure.cost_trips, failure.cost_minutes) == (2, 45)


def test_s4_12_a_companion_is_named_and_not_written_to():
    recovery = cast.heard()
    before = Letter.objects.count()
    journey.name_companion(
        recovery, name="Aunt May", relation="gave the gift", email="may@x.example", by=cast.ana()
    )
    assert (recovery.companions.count(), Letter.objects.count()) == (1, before)


def test_s4_22_reading_the_story_is_written_down_once():
    recovery = by_mail()
    journey.listen(recovery, by=cast.ana())
    journey.listen(recovery, by=cast.ben())
    assert recovery.timeline.filter(verb=Verb.LISTENED).count() == 1


def test_a_plain_letter_answers_the_customer():
    recovery = by_mail()
    journey.write(recovery, words="The kitchen opens at eight.", by=cast.ana())
    assert cast.fresh(recovery).waiting_since is None


def test_whoever_had_asked_for_peace_and_complains_again_is_answered():
    before = cast.heard()
    journey.leave_me_be(before)
    recovery = cast.heard(channel="e-mail", customer=cast.fresh(before).customer)
    assert Letter.objects.filter(kind="acknowledgement", thread=recovery.ref).exists()
