"""Everything a customer's page tells, read once: their own recovery, and nothing that is ours alone.

Left out on purpose: causes, fault, notes, who did what inside, and letters they do not have."""

from functools import cached_property

from django.db.models import Prefetch, Q
from django.urls import reverse

from amends.kit.clock import now
from amends.mailroom.letter import Direction, Letter, State
from amends.recovery.followup import Trust
from amends.recovery.offer import Offer, OfferLine
from amends.recovery.offer import State as OfferState
from amends.recovery.promise import Trigger
from amends.recovery.recovery import FoundBy, Recovery
from amends.recovery.standards import Step
from amends.recovery.timeline import Verb
from amends.remedies.remedy import Remedy, Side

ONE_OF_US = "one of us"
AT = {
    Trigger.NEXT_VISIT: "at your next visit",
    Trigger.NEXT_ORDER: "with your next order",
    Trigger.IN_STOCK: "as soon as it is in",
}
WITH_THEM = (
    State.HANDED_OVER,
    State.UNCERTAIN,
    State.FAILED,
    State.CAME_BACK,  # read here, whatever the mail servers do
    State.SENDING,
    State.QUEUED,
)


class Story:
    """What the link opens."""

    def __init__(self, link):
        self.link, self.at = link, now()

    @cached_property
    def recovery(self):
        return Recovery.objects.with_people().get(pk=self.link.recovery_id)

    @property
    def us(self):
        """One contact, by first name, however often it changes hands inside (S0-05)."""
        return self.recovery.owner.first_name if self.recovery.owner else ONE_OF_US

    @cached_property
    def them(self):
        """The name to greet with. Whoever only claimed an address is called what they wrote."""
        if self.link.is_proven:
            return self.recovery.customer.first_name
        names = [letter.sender_name for letter in self.letters if not letter.is_ours]
        return names[0].split()[0] if names and names[0].split() else ""

    @cached_property
    def is_ours(self):
        """We saw it ourselves, and they have not told us of it."""
        told_us = self.recovery.found_by == FoundBy.CUSTOMER
        return not (told_us or self.recovery.complaints.exists())

    @cached_property
    def restatement(self):
        return self.recovery.restatements.last()

    @cached_property
    def wishes(self):
        return list(self.recovery.wishes.all())

    @cached_property
    def offer(self):
        """The last one that was put to them."""
        lines = Prefetch("lines", OfferLine.objects.select_related("remedy"))
        put = Offer.objects.filter(recovery=self.recovery).exclude(sent_at=None)
        offer = put.prefetch_related(lines).exclude(state=OfferState.WITHDRAWN).last()
        if offer is not None:
            offer.recovery = self.recovery
        return offer

    @property
    def open_offer(self):
        offer = self.offer
        return offer if offer and offer.state == OfferState.OPEN else None

    @cached_property
    def suggestions(self):
        """What others found fitting; without money first for whoever wanted to be heard."""
        wants = self.wishes[-1].wants if self.wishes else ""
        every = list(Remedy.objects.offered_at(self.recovery.place))
        return sorted(every, key=lambda r: (bool(wants) and r.is_money, r.side == Side.EXTRA))

    @cached_property
    def promises(self):
        promises = list(self.recovery.promises.order_by("made_at", "pk"))
        for promise in promises:
            promise.shown = self._state_of(promise)
            promise.at_event = AT.get(promise.trigger, "") if promise.due_at is None else ""
            promise.settled_at = promise.kept_at or promise.broken_at or promise.released_at
        return promises

    @property
    def owed(self):
        """Still to come, the next one first."""
        dated = sorted((p for p in self.promises if p.is_open and p.due_at), key=lambda p: p.due_at)
        return dated + [p for p in self.promises if p.is_open and not p.due_at]

    @cached_property
    def clock(self):
        """The moment by which they hear from us."""
        answers = self.recovery.clocks.running().filter(step__in=[Step.APOLOGY, Step.ANSWER])
        return answers.order_by("due_at").first()

    @cached_property
    def followup(self):
        return self.recovery.followups.open().order_by("due_at").first()

    @cached_property
    def returns(self):
        return list(self.recovery.returns.all())

    @property
    def trust(self):
        """Their last answer about trust, if there is one."""
        return next((r for r in reversed(self.returns) if r.trust_answered_at), None)

    @property
    def asks_trust(self):
        if self.left_in_peace:
            return False
        told = self.trust
        fresh = any(r.trust_answered_at is None for r in self.returns)
        return (fresh or self._has_had_time) and not (told and told.trust == Trust.YES)

    @property
    def _has_had_time(self):
        """Put right, and long enough ago to be asked about it: the day of a follow-up has come."""
        if self.returns or not self.recovery.put_right_at:
            return False
        return self.recovery.followups.filter(due_at__lte=self.at, dropped_at=None).exists()

    @cached_property
    def ideas(self):
        return list(self.recovery.ideas.all())

    @cached_property
    def changes(self):
        """What we told them has changed, in the words of the letter."""
        return list(self.recovery.timeline.filter(verb=Verb.TOLD).order_by("number"))

    @cached_property
    def letters(self):
        """What they wrote to us, and what they have from us. Not: a stranger's letter in their
        name, a letter still held back, or what we wrote down about a call."""
        theirs = Q(direction=Direction.IN, kind="", needs_check=False, by_name="")
        held = Q(state=State.QUEUED, hold_until__gt=self.at)
        sent = Q(direction=Direction.OUT, state__in=WITH_THEM) & ~held
        on_the_page = Q(direction=Direction.OUT, state=State.LOGGED, channel="page")
        letters = list(
            Letter.objects.conversation(self.recovery.ref).filter(theirs | sent | on_the_page)
        )
        for letter in letters:
            letter.is_ours = letter.direction == Direction.OUT
            letter.enclosed = [self._enclosed(attached) for attached in letter.attachments.all()]
        return letters

    @property
    def left_in_peace(self):
        peace = self.link.is_proven and self.recovery.customer.left_in_peace_at
        return bool(peace) or self.recovery.outcome == "left_in_peace"

    def _enclosed(self, attached):
        url = reverse("portal:file", args=[self.link.opened_with, attached.ref])
        return {"name": attached.name, "size": attached.size, "url": url}

    def _state_of(self, promise):
        if promise.is_overdue(self.at):
            return "late"
        if promise.state == "open" and promise.times_moved:
            return "moved"
        return "kept" if promise.state == "late" else promise.state
