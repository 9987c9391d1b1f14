"""One recovery as its page shows it: the story and the talk, the parts, the customer, the steps."""

from functools import cached_property

from django.contrib import messages
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from amends.customers.worth import quarrel_over
from amends.desk.standing import Standing
from amends.desk.steps.choosing import Steps
from amends.desk.talk import Talk
from amends.desk.worth import told
from amends.kit.clock import now
from amends.kit.pages import answer, find
from amends.mailroom.letter import Letter
from amends.mailroom.letter import State as LetterState
from amends.mailroom.mark import Mark
from amends.people.person import Person, Role
from amends.people.roster import next_manager
from amends.recovery.agenda import WAITING, next_step, progress_of
from amends.recovery.authority import limit_for
from amends.recovery.learning import Cause, Finding
from amends.recovery.link import Link
from amends.recovery.offer import UNSETTLED, State
from amends.recovery.promise import Promise
from amends.recovery.recovery import Recovery
from amends.remedies.rule import Rule

TEMPLATE = "desk/recovery/show.html"
FRAGMENTS = ["next", "head", "parts", "talk", "steps", "side", "timeline"]
PAST = 5  # recoveries before this one that the card names


def open_page(request, ref):
    """The page of a recovery this person may see; for everybody else there is none."""
    return RecoveryPage(find(_seen_by(request.user), ref=ref), request.user)


def page_about(request, model, ref):
    """The thing a step is on, and the page of its recovery."""
    seen = Recovery.objects.visible_to(request.user)
    about = find(model.objects.filter(recovery__in=seen), ref=ref)
    return about, RecoveryPage(find(_seen_by(request.user), pk=about.recovery_id), request.user)


def show(request, page, form=None):
    """The page as it stands; after a step drawn afresh, with the words kept where it was refused."""
    if form is not None:
        refused = form if form.errors else None
        found = find(_seen_by(request.user), pk=page.recovery.pk)
        page = RecoveryPage(found, request.user, refused=refused)
        _tell(request, page, form)
    with timezone.override(page.recovery.place.zone):
        return answer(request, TEMPLATE, page.fragments, form=form, to=page.url, page=page)


def show_as_written(request, page, form):
    """The page with one form as its writer left it, and what the coach says of it."""
    found = find(_seen_by(request.user), pk=page.recovery.pk)
    page = RecoveryPage(found, request.user, refused=form)
    with timezone.override(page.recovery.place.zone):
        return answer(request, TEMPLATE, stays=True, page=page)


def _seen_by(person):
    seen = Recovery.objects.visible_to(person).with_people()
    seen = seen.select_related("customer__worth", "customer__rhythm")
    return seen.prefetch_related("customer__addresses")


def _tell(request, page, form):
    """What was done; or why not, when somebody else was quicker and the form is there no longer."""
    if not form.errors:
        messages.success(request, form.flash)
    elif not page.steps.home_of_refused:
        messages.warning(request, " ".join(form.non_field_errors()) or "That has moved on.")


class RecoveryPage:
    """Everything is asked for when it is first shown, and once."""

    def __init__(self, recovery, person, *, refused=None):
        self.recovery, self.person, self.at = recovery, person, now()
        self.steps = Steps(self, refused)

    @property
    def url(self):
        return reverse("desk:recovery", args=[self.recovery.ref])

    @property
    def may_write(self):
        return self.person.may_write

    @property
    def first(self):
        return self.recovery.customer.first_name or self.recovery.customer.called

    @property
    def fragments(self):
        """Where the step that was refused stands comes first: that is where to look."""
        home = self.steps.home_of_refused if self.steps.refused else ""
        return sorted(FRAGMENTS, key=lambda name: name != home) if home else FRAGMENTS

    # what was said, and how far we have come

    @cached_property
    def entries(self):
        return list(self.recovery.timeline.select_related("by").order_by("number"))

    @cached_property
    def talk(self):
        return Talk(self.recovery, self.entries, joined=self.joined)

    @cached_property
    def standing(self):
        return Standing(self.recovery, self.entries, self.at)

    @property
    def must_listen(self):
        return self.recovery.listened_at is None and bool(self.talk.complaints)

    again = ""  # the letter whose words are wanted once more

    @cached_property
    def taken_up(self):
        """The letter that was called back, or overtaken, whose words are wanted once more."""
        kept = Letter.objects.filter(thread=self.recovery.ref, state=LetterState.CANCELLED)
        return kept.filter(ref=self.again).first() if self.again else None

    def words_again(self, kind):
        """Its words, in the form they were written in. An apology that was given since by somebody
        else leaves its words to an ordinary letter."""
        if self.taken_up is None:
            return ""
        is_apology = self.taken_up.kind == "apology" and self.so_far.owes_sorry
        return self.taken_up.words if is_apology is (kind == "apology") else ""

    @cached_property
    def undoable(self):
        """The letter this person wrote a moment ago, while it can still be called back."""
        mine = Letter.objects.filter(thread=self.recovery.ref, by_name=self.person.name)
        held = mine.filter(state=LetterState.QUEUED, undo_until__gt=self.at)
        return held.order_by("-made_at").first()

    @property
    def may_be_copied(self):
        """Companions for whom there is leave."""
        return [who for who in self.companions if who.email and who.leave_given_at]

    @property
    def last_heard(self):
        """The last time they said something; a yes to what we asked crosses no answer of ours."""
        theirs = (e.number for e in self.entries if e.actor == "customer" and e.words)
        return max(theirs, default=0)

    @cached_property
    def so_far(self):
        return progress_of([self.recovery])[self.recovery.pk]

    @cached_property
    def do(self):
        return next_step(self.recovery, self.so_far)

    @property
    def is_waiting(self):
        return self.do in WAITING

    # wishes, offers, promises

    @cached_property
    def restatements(self):
        return list(self.recovery.restatements.select_related("by"))

    @property
    def unanswered(self):
        last = self.restatements[-1] if self.restatements else None
        answered = last is None or last.confirmed_at or last.corrected_at
        return None if answered else last

    @cached_property
    def wishes(self):
        return list(self.recovery.wishes.select_related("taken_by"))

    @property
    def asked(self):
        """The sum they named last, if any."""
        sums = [wish.amount for wish in self.wishes if wish.amount is not None]
        return sums[-1] if sums else None

    @cached_property
    def failures(self):
        return list(self.recovery.failures.select_related("involved"))

    @property
    def price(self):
        prices = [failure.price for failure in self.failures if failure.price is not None]
        return sum(prices) if prices else None

    @cached_property
    def quarrel(self):
        """What they ask for, or what it was about, when that is small beside the customer."""
        amount = self.price if self.asked is None else self.asked
        recovery = self.recovery
        return quarrel_over(amount, customer=recovery.customer, currency=recovery.currency)

    @cached_property
    def worth(self):
        return told(self.recovery.customer, at=self.at)

    @cached_property
    def offers(self):
        made = self.recovery.offers.select_related("by").prefetch_related("lines__remedy")
        return list(made.prefetch_related("approvals__of", "approvals__asked_by"))

    @property
    def unsettled(self):
        return next((offer for offer in self.offers if offer.state in UNSETTLED), None)

    @property
    def open_offer(self):
        return self.unsettled if self.unsettled and self.unsettled.state == State.OPEN else None

    @property
    def approval(self):
        """The yes that is waited for."""
        asked = self.unsettled.approvals.all() if self.unsettled else []
        return next((approval for approval in asked if approval.answered_at is None), None)

    @property
    def may_answer_approval(self):
        place = self.recovery.place
        return self.approval is not None and (
            self.approval.of == self.person or self.person.manages(place)
        )

    @cached_property
    def limit(self):
        return limit_for(self.person, self.recovery, at=self.at)

    @cached_property
    def who_may_say_yes(self):
        return next_manager(self.recovery.place, not_these=[self.person])

    @cached_property
    def finding(self):
        return Finding.objects.select_related("cause").filter(recovery=self.recovery).first()

    @cached_property
    def promises(self):
        return list(self.recovery.promises.select_related("owner", "cover", "kept_by"))

    @cached_property
    def ideas(self):
        return list(self.recovery.ideas.select_related("answered_by"))

    @cached_property
    def followups(self):
        return list(self.recovery.followups.open())

    @property
    def due_followups(self):
        return [planned for planned in self.followups if planned.due_at <= self.at]

    # who it is for, and who is around

    @property
    def away_until(self):
        """The last day of an absence that they told us of, while it lasts."""
        until = self.recovery.customer.away_until
        today = self.at.astimezone(self.recovery.place.zone).date()
        return until if until and until >= today else None

    @cached_property
    def mark(self):
        """What stands against the address we would write to."""
        email = self.recovery.customer.email
        return next(iter(Mark.on([email], at=self.at).values()), None)

    @cached_property
    def before(self):
        """Earlier and other recoveries of this customer that this person may see."""
        theirs = Recovery.objects.visible_to(self.person).filter(customer=self.recovery.customer)
        return list(theirs.exclude(pk=self.recovery.pk).order_by("-known_at")[:PAST])

    @property
    def told_twice(self):
        """Open recoveries of this customer that may be about the same."""
        return [one for one in self.before if one.closed_at is None]

    @cached_property
    def joined(self):
        """Those that go on in this one."""
        joined = self.recovery.with_joined()[1:]
        return self._seen(joined) if joined else []

    @cached_property
    def goes_on_in(self):
        return next(iter(self._seen([self.recovery.joined_to])), None)

    @cached_property
    def came_after(self):
        return next(iter(self._seen([self.recovery.came_after])), None)

    def _seen(self, recoveries):
        """Those of them that this person may see."""
        meant = [one.pk for one in recoveries if one is not None]
        return list(Recovery.objects.visible_to(self.person).filter(pk__in=meant)) if meant else []

    @cached_property
    def owed_elsewhere(self):
        owed = Promise.objects.visible_to(self.person).open()
        theirs = owed.filter(recovery__customer=self.recovery.customer)
        return list(theirs.exclude(recovery=self.recovery).select_related("recovery", "owner"))

    @cached_property
    def companions(self):
        return list(self.recovery.companions.all())

    @cached_property
    def bends(self):
        return list(self.recovery.bends.select_related("rule", "by"))

    @cached_property
    def returns(self):
        return list(self.recovery.returns.all())

    @cached_property
    def link(self):
        """The link the customer holds now, if a letter has carried one."""
        good = Link.objects.filter(recovery=self.recovery, companion=None, revoked_at=None)
        return good.filter(expires_at__gt=self.at).first()

    @cached_property
    def people(self):
        """Who may see to something here: those of the place, and the owners."""
        here = Q(work__place=self.recovery.place) | Q(role=Role.OWNER)
        return list(Person.objects.active().exclude(role=Role.AUDITOR).filter(here).distinct())

    @cached_property
    def rules(self):
        return list(Rule.objects.filter(is_active=True))

    @cached_property
    def causes(self):
        return list(Cause.objects.counted()[:30])
