"""Two people press at once: one wins, the other is told, and nothing happens twice."""

from decimal import Decimal
from functools import partial

import pytest
from django.test import Client

from amends.customers.customer import Address, Customer
from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.mailroom.letter import Letter
from amends.people.place import Place
from amends.recovery import authority, journey
from amends.recovery.authority import Authority
from amends.recovery.followup import FollowUp, Return
from amends.recovery.learning import Cause
from amends.recovery.notice import Notice
from amends.recovery.offer import LineGiven, Offer, OfferLine, State, given_by
from amends.recovery.promise import Promise
from amends.recovery.recovery import Part, Recovery
from amends.recovery.timeline import Entry, Verb, first_broken
from tests import cast
from tests.engines.presses import at_once, linger_before, meet_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


def own(row):
    """Each person's browser has read the row for itself."""
    return type(row).objects.get(pk=row.pk)


def told(recovery, verb):
    return recovery.timeline.filter(verb=verb).count()


def test_two_take_the_same_recovery():
    ana, ben = cast.ana(), cast.ben()
    recovery = cast.heard(by=cast.mona())
    Recovery.objects.update(owner=None)
    mine, his = own(recovery), own(recovery)
    came_to = at_once(lambda: journey.take(mine, by=ana), lambda: journey.take(his, by=ben))
    assert came_to == ["done", "taken"]
    assert own(recovery).owner in (ana, ben)
    assert told(recovery, Verb.TOOK) == 1


def test_an_offer_accepted_and_declined_has_one_answer():
    offer = cast.offered()
    yes, no = own(offer), own(offer)
    came_to = at_once(lambda: journey.accept(yes), lambda: journey.decline(no))
    assert came_to == ["already-answered", "done"]
    accepted = own(offer).state == State.ACCEPTED
    assert told(offer.recovery, Verb.ACCEPTED) == accepted
    assert offer.recovery.promises.count() == (2 if accepted else 0)


def test_an_offer_accepted_twice_is_promised_once():
    offer = cast.offered()
    first, second = own(offer), own(offer)
    came_to = at_once(lambda: journey.accept(first), lambda: journey.accept(second))
    assert came_to == ["already-answered", "done"]
    assert offer.recovery.promises.count() == 2
    assert Letter.objects.filter(kind="agreed").count() == 1


def test_an_extra_swapped_while_the_offer_is_accepted_is_the_extra_promised(monkeypatch):
    offer = cast.offered("Refund", "A small gift")
    line, whole = own(offer.lines.get(side="extra")), own(offer)
    note = cast.remedy("A handwritten note")
    linger_before(monkeypatch, OfferLine, "save")
    at_once(lambda: journey.swap(line, remedy=note), lambda: journey.accept(whole))
    promise = Promise.objects.get(line=line)
    assert promise.words == own(line).told


def test_a_promise_kept_and_released_ends_once():
    recovery = cast.agreed("A handwritten note")
    promise = recovery.promises.get()
    mine, theirs = own(promise), own(promise)
    came_to = at_once(
        lambda: journey.keep(mine, by=promise.owner),
        lambda: journey.release(theirs, why="Never mind, she said.", by=cast.mona()),
    )
    assert came_to == ["already-settled", "done"]
    assert told(recovery, Verb.KEPT) + told(recovery, Verb.RELEASED) == 1


def test_the_last_two_promises_kept_at_once_put_it_right():
    """Neither may take the other's for still owed."""
    recovery = cast.agreed("Refund", "A handwritten note")
    steps = [partial(journey.keep, own(p), by=p.owner) for p in recovery.promises.all()]
    assert at_once(*steps) == ["done", "done"]
    assert cast.fresh(recovery).done(Part.PUT_RIGHT)
    assert told(recovery, Verb.PUT_RIGHT) == 1
    assert FollowUp.objects.filter(recovery=recovery).count() == 1


def asked_for_a_yes():
    cast.mona()
    Authority.objects.filter(role="front_line").update(per_recovery=Decimal(1))
    lines = [LineGiven(cast.remedy("Refund"), value=Decimal(20))]
    recovery = cast.wished(by=cast.ana())
    return journey.offer(
        recovery, lines=lines, by=cast.ana(), no_extra_why="The refund is all she wants."
    ).approvals.get()


def test_two_approvers_answer_once():
    approval = asked_for_a_yes()
    mona, olive = cast.mona(), cast.olive()
    hers, theirs = own(approval), own(approval)
    other = [LineGiven(cast.remedy("A handwritten note"))]
    came_to = at_once(
        lambda: journey.approve(hers, by=mona),
        lambda: journey.refuse(theirs, lines=other, words="A note will do.", by=olive),
    )
    assert came_to == ["already-answered", "done"]
    assert Offer.objects.unsettled().count() == 1


def test_an_offer_approved_while_it_is_withdrawn_is_withdrawn(monkeypatch):
    """Neither holds what the other waits for."""
    approval = asked_for_a_yes()
    mona, ana = cast.mona(), cast.ana()
    linger_before(monkeypatch, Offer, "_move")
    yes, offer = own(approval), own(approval.offer)
    at_once(lambda: journey.approve(yes, by=mona), lambda: journey.withdraw(offer, by=ana))
    assert own(offer).state == State.WITHDRAWN
    assert own(approval).answered_at


def test_two_greet_the_same_guest():
    recovery, promise = cast.asked_for_ana()
    visit = journey.visit(customer=recovery.customer, place=recovery.place, arrived_at=now())
    hers, his = own(visit), own(visit)
    ana, ben = cast.ana(), cast.ben()
    came_to = at_once(lambda: journey.greet(hers, by=ana), lambda: journey.greet(his, by=ben))
    assert came_to == ["already-greeted", "done"]
    assert own(promise).kept_at
    assert (told(recovery, Verb.GREETED), Return.objects.count()) == (1, 1)


def test_two_apologise_at_once_and_one_is_sent():
    recovery = cast.understood()
    mine, hers = own(recovery), own(recovery)
    came_to = at_once(
        lambda: journey.apologise(mine, words=cast.SORRY, by=cast.ana()),
        lambda: journey.apologise(hers, words=cast.SORRY, by=cast.mona()),
    )
    assert came_to == ["already-sorry", "done"]
    assert Letter.objects.filter(kind="apology").count() == 1


def test_two_read_the_story_at_once_and_it_was_read_once():
    recovery = cast.heard(channel="e-mail")
    mine, hers = own(recovery), own(recovery)
    at_once(
        lambda: journey.listen(mine, by=cast.ana()), lambda: journey.listen(hers, by=cast.mona())
    )
    assert told(recovery, Verb.LISTENED) == 1


def test_entries_made_at_once_keep_numbers_and_chain_whole():
    recovery = cast.heard()
    ana = cast.ana()
    notes = [partial(journey.note, own(recovery), words=f"Note {n}", by=ana) for n in range(8)]
    assert at_once(*notes) == ["done"] * 8
    numbers = list(Entry.objects.filter(recovery=recovery).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert first_broken(recovery) is None


def wished_twice():
    """Two recoveries of two customers that ana sees to."""
    ben = cast.ben()
    first = cast.wished()
    second = cast.wished(customer=Customer.met(name="Mira Sol", email="mira@sol.example"))
    assert ben != first.owner
    return first, second


def test_two_offers_at_once_stay_within_the_month(monkeypatch):
    """S0-02: neither may be weighed before the other has been counted."""
    first, second = wished_twice()
    ana = cast.ana()
    Authority.objects.filter(role="front_line").update(
        per_recovery=None, per_day=None, per_month=Decimal(30)
    )
    meet_after(monkeypatch, authority, "limit_for")
    lines = [LineGiven(cast.remedy("Refund"), value=Decimal(20))]
    cast.mona()

    def offer(recovery):
        journey.offer(recovery, lines=lines, by=ana, no_extra_why="Test of the limit.")

    assert at_once(lambda: offer(own(first)), lambda: offer(own(second))) == ["done", "done"]
    assert sorted(Offer.objects.values_list("state", flat=True)) == [State.HELD, State.OPEN]
    assert given_by(ana, since=first.known_at) == 40  # what is held counts until it is answered


def test_two_who_put_it_back_at_once_stay_within_the_recovery(monkeypatch):
    recovery = cast.heard()
    ana, ben = cast.ana(), cast.ben()
    Authority.objects.filter(role="front_line").update(
        per_recovery=Decimal(30), per_day=None, per_month=None
    )
    meet_after(monkeypatch, authority, "limit_for")
    lines = [LineGiven(cast.remedy("Refund"), value=Decimal(20))]
    came_to = at_once(
        lambda: journey.put_back_now(own(recovery), lines=lines, by=ana),
        lambda: journey.put_back_now(own(recovery), lines=lines, by=ben),
    )
    assert came_to == ["above-authority", "done"]


def test_two_offers_at_once_in_one_recovery_are_one():
    recovery = cast.wished()
    refund = LineGiven(cast.remedy("Refund"), value=Decimal(20))
    lines = [refund, LineGiven(cast.remedy("A handwritten note"))]
    mine, hers = own(recovery), own(recovery)
    ana, mona = cast.ana(), cast.mona()
    came_to = at_once(
        lambda: journey.offer(mine, lines=lines, by=ana),
        lambda: journey.offer(hers, lines=lines, by=mona),
    )
    assert came_to == ["another-open", "done"]


def test_a_visit_told_twice_at_once_is_one_visit():
    recovery, promise = cast.asked_for_ana()
    customer, place = recovery.customer, recovery.place

    def tell():
        journey.visit(
            customer=customer, place=place, outside_id="T-7", arrived_at=now(), amount=Decimal(18)
        )

    assert at_once(*[tell] * 4) == ["done"] * 4
    assert Visit.objects.count() == 1
    assert (told(recovery, Verb.ARRIVED), told(recovery, Verb.TRIGGERED)) == (1, 1)
    assert Return.objects.count() == 1
    assert own(promise).triggered_at


def test_somebody_seen_by_two_at_once_is_here_once():
    recovery, _ = cast.asked_for_ana()
    customer, place, ana = recovery.customer, recovery.place, cast.ana()
    came_to = at_once(*[lambda: journey.is_here(customer, place=place, by=ana)] * 2)
    assert came_to == ["already-here", "done"]
    assert Visit.objects.count() == 1


def test_an_order_told_twice_at_once_is_one_order():
    recovery = cast.agreed("A handwritten note")
    customer = recovery.customer
    promise = journey.promise(
        recovery, words="Free delivery", by=recovery.owner, trigger="next_order"
    )
    tell = [lambda: journey.order(customer=customer, outside_id="O-1", amount=Decimal(9))] * 4
    assert at_once(*tell) == ["done"] * 4
    assert Order.objects.count() == 1
    assert told(recovery, Verb.TRIGGERED) == 1
    assert own(promise).triggered_at


def test_a_stranger_met_twice_at_once_is_one_customer(monkeypatch):
    place = cast.place()
    meet_after(monkeypatch, Customer, "at")
    meet = [
        lambda: Customer.met(name="Lena Moss", email="Lena@moss.example", place=place),
        lambda: Customer.met(name="Lena Moss", email="lena@MOSS.example", place=place),
    ]
    assert at_once(*meet) == ["done", "done"]
    assert (Customer.objects.count(), Address.objects.count()) == (1, 1)


def test_a_cause_named_twice_at_once_is_one_cause(monkeypatch):
    meet_after(monkeypatch, Cause, "known_as")
    recoveries = wished_twice()
    ana = cast.ana()
    name = partial(journey.name_cause, called="Bacon fried too early", by=ana)
    steps = [partial(name, own(recovery)) for recovery in recoveries]
    assert at_once(*steps) == ["done", "done"]
    assert Cause.objects.count() == 1


def test_a_restatement_confirmed_and_corrected_at_once_has_one_answer():
    recovery = cast.heard()
    said = journey.restate(recovery, words=cast.RESTATED, by=cast.ana())
    yes, no = own(said), own(said)
    came_to = at_once(
        lambda: journey.confirm(yes), lambda: journey.correct(no, words="It was the juice.")
    )
    assert came_to == ["already-answered", "done"]


def test_it_is_closed_once():
    recovery = cast.heard()
    mine, hers = own(recovery), own(recovery)
    came_to = at_once(
        lambda: journey.let_go(mine, why="Moved to Peru.", by=cast.mona()),
        lambda: journey.let_go(hers, why="Moved to Lima.", by=cast.olive()),
    )
    assert came_to == ["closed", "done"]
    assert told(recovery, Verb.LET_GO) == 1


def test_a_notice_is_one_row_each():
    recovery = cast.heard()
    mine, hers = own(recovery), own(recovery)
    at_once(
        lambda: journey.customer_wrote(mine, words="And the toast.", channel="page"),
        lambda: journey.customer_wrote(hers, words="And the tea.", channel="page"),
    )
    assert Notice.objects.filter(person=recovery.owner, words__contains="wrote").count() == 2
    assert Place.objects.count() == 1
    assert recovery.clocks.running().filter(step="answer").count() == 1


def test_a_form_pressed_twice_at_once_on_the_floor_is_one_recovery(monkeypatch):
    ana, place = cast.ana(), cast.place()
    told = {"place": place.ref, "channel": "in person", "kinds": "core", "once": "abcdefghjk"}

    def press():
        browser = Client()
        browser.force_login(ana)
        assert browser.post("/desk/capture/", told).status_code == 303

    meet_after(monkeypatch, Customer, "met")
    assert at_once(press, press) == ["done", "done"]
    assert Recovery.objects.count() == 1
