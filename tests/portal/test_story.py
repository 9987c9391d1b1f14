"""What the page tells, and what it must never tell."""

from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.mailroom.filing import log
from amends.mailroom.letter import Direction, Letter, State
from amends.portal.story import Story
from amends.recovery import journey
from amends.recovery.journey.told import Told
from amends.recovery.learning import Cause
from amends.recovery.link import Link
from amends.recovery.offer import LineGiven
from amends.remedies.rule import Rule
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def story_of(recovery, *, shown=False):
    link = Link.to(recovery, at=now())
    return Story(Link.opened(link.shown_token if shown else link.token, at=now()))


def everything(holder, recovery):
    page = holder(recovery)
    return page.reads() + page.reads("my-data/") + page.reads("my-data.json")


def test_s0_05_one_contact_however_often_it_changes_hands(holder):
    recovery = cast.heard(channel="e-mail")
    for person in (cast.ben(), cast.mona(), cast.ben()):
        journey.hand_over(cast.fresh(recovery), to=person, by=cast.mona())
    told = everything(holder, recovery)
    assert "Ben" in told
    for name in ("Ana", "Mona", "Reyes", "Hart", "Okafor", "department"):
        assert name not in told


def test_s0_04_the_cause_stays_with_us(holder):
    recovery = cast.put_right()
    journey.link_cause(recovery, cause=Cause.called("Grill thermostat drifts"), by=cast.ana())
    assert "thermostat" not in everything(holder, recovery)


def test_s0_13_no_note_fault_or_person_involved_reaches_the_customer(holder):
    recovery = cast.put_right()
    journey.note(recovery, words="She seemed cross with Ben.", by=cast.ana())
    journey.note(recovery, words="Rang her, a bit rude.", by=cast.ana(), channel="telephone")
    journey.bend(
        recovery, rule=Rule.objects.create(name="No refund"), why="Regular guest", by=cast.ana()
    )
    told = everything(holder, recovery)
    for secret in ("cross with Ben", "a bit rude", "Regular guest"):
        assert secret not in told


def test_an_offer_that_waits_for_a_yes_inside_is_not_shown(holder):
    recovery = cast.wished()
    dear = cast.remedy("Refund")
    cast.mona()
    lines = [LineGiven(dear, words="A thousand back", value=1000)]
    journey.offer(recovery, lines=lines, by=cast.ana(), no_extra_why="Asked for none.")
    assert "A thousand back" not in everything(holder, recovery)


def test_only_letters_they_have_are_shown():
    recovery = cast.heard()
    journey.write(recovery, words="We have it.", by=cast.ana())
    held = Letter.objects.latest("pk")
    held.hold_until = now().replace(year=2030)
    held.save()
    log(recovery.ref, channel="telephone", direction=Direction.OUT, text="Rang her.")
    log(recovery.ref, channel="page", direction=Direction.IN, text="Mine.")
    log(recovery.ref, channel="in person", direction=Direction.IN, text="Ours.", by_name="Ana")
    stranger = log(recovery.ref, channel="email", direction=Direction.IN, text="Not mine.")
    Letter.objects.filter(pk=stranger.pk).update(needs_check=True, state=State.RECEIVED)
    assert [letter.text for letter in story_of(recovery).letters] == ["Mine."]
    held.hold_until = None
    held.save()
    assert len(story_of(recovery).letters) == 2


def test_whoever_only_claims_an_address_learns_nothing_of_the_customer(holder):
    cast.finch(phone="+44 1225 555 011")
    told = Told(words="Cold toast.", name="Somebody Else", email="robert@finch.example")
    recovery = journey.tell(cast.place(), told=told, ref="abcdefghjk")
    page = holder(recovery, shown=True)
    shown = page.reads() + page.reads("my-data/") + page.reads("my-data.json")
    assert "Somebody, this is what happens next" in shown
    for secret in ("Robert", "Finch", "555 011", "robert@finch.example"):
        assert secret not in shown
    proven = holder(recovery).reads("my-data/")
    assert "Robert Finch" in proven
    assert "robert@finch.example" in proven


def test_suggestions_put_what_costs_no_money_first_for_whoever_wants_to_be_heard():
    recovery = cast.sorry()
    journey.wish(recovery, words="Only listen.", wants="heard")
    kinds = [remedy.is_money for remedy in story_of(recovery).suggestions]
    assert kinds == sorted(kinds)
    assert True in kinds


def test_promises_are_told_as_they_stand(clock):
    recovery, waiting = cast.asked_for_ana()
    told = {p.pk: p for p in story_of(recovery).promises}
    assert told[waiting.pk].at_event == "at your next visit"
    refund = recovery.promises.exclude(pk=waiting.pk).get()
    journey.move(refund, to=now() + timedelta(days=9), leave="She said yes.", by=cast.ana())
    assert {p.pk: p.shown for p in story_of(recovery).promises}[refund.pk] == "moved"
    clock.shift(timedelta(days=10))
    assert {p.pk: p.shown for p in story_of(recovery).promises}[refund.pk] == "late"


def test_trust_is_asked_after_a_return_and_not_again_after_a_yes():
    recovery = cast.agreed()
    assert not story_of(recovery).asks_trust
    journey.seen_back(recovery, by=cast.ana())
    assert story_of(recovery).asks_trust
    journey.answer_trust(recovery, trust="yes")
    assert not story_of(recovery).asks_trust


def test_trust_is_not_asked_before_the_fix_has_had_time(clock):
    """T14: it is asked when the day of the follow-up has come, not at the moment of putting right."""
    recovery = cast.put_right()
    assert not story_of(recovery).asks_trust
    clock.shift(timedelta(days=4))
    assert story_of(recovery).asks_trust


def test_whoever_wants_peace_is_asked_nothing():
    recovery = cast.put_right()
    journey.leave_me_be(recovery)
    assert not story_of(recovery).asks_trust
    assert story_of(recovery).left_in_peace


def test_what_came_back_is_read_on_their_page_all_the_same(holder):
    """Guarantee 12: another way to reach them that is always there."""
    recovery = cast.heard()
    letter = journey.write(recovery, words="The toaster is mended.", by=cast.ana())
    for state, is_there in ((State.CAME_BACK, True), (State.HELD, False)):
        Letter.objects.filter(pk=letter.pk).update(state=state)
        assert ("The toaster is mended." in holder(recovery).reads()) is is_there
