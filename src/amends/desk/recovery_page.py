"""One recovery as its page shows it: the story and the talk, the parts, the customer, the steps."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.contrib import messages
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from amends.desk.steps import agreed, back, heard, learned, put_right, sorry, understood
from amends.kit.clock import now
from amends.kit.pages import answer, find
from amends.mailroom.letter import Direction, Letter
from amends.people.person import Person, Role
from amends.people.roster import next_manager
from amends.recovery.agenda import WAITING, Do, next_step, progress_of
from amends.recovery.authority import limit_for
from amends.recovery.learning import Cause, Finding
from amends.recovery.link import Link
from amends.recovery.offer import UNSETTLED, State
from amends.recovery.promise import Promise
from amends.recovery.recovery import Part, Recovery
from amends.recovery.standards import Step as Standard
from amends.recovery.timeline import Verb, first_broken
from amends.remedies.rule import Rule

TEMPLATE = "desk/recovery/show.html"
FRAGMENTS = ["next", "head", "parts", "talk", "steps", "side", "timeline"]
SOON = timedelta(hours=1)
LATEST = 3  # letters shown in full
PAST = 5  # recoveries before this one that the card names

# The step that is open first, and the others that go with it.
NEXT = {
    Do.TAKE: [heard.Take, heard.HandOver],
    Do.LISTEN: [heard.Listen],
    Do.RESTATE: [understood.Restate],
    Do.APOLOGISE: [sorry.Apologise],
    Do.ASK: [agreed.Ask, agreed.TakeWish],
    Do.WISH: [agreed.TakeWish, agreed.HeardWasEnough],
    Do.OFFER: [agreed.MakeOffer],
    Do.WRITE: [heard.Write],
    Do.PUT_RIGHT: [put_right.PutRight],
    Do.THANK: [put_right.Thank],
    Do.LINK_CAUSE: [learned.LinkCause, learned.OneOff],
    Do.IMPROVE: [learned.Improve, learned.OneOff],
    Do.WAIT_FOR_WISH: [agreed.TakeWish, agreed.HeardWasEnough],
    Do.WAIT_FOR_ANSWER: [agreed.Accept, agreed.Counter, agreed.Decline, agreed.Withdraw],
    Do.WAIT_FOR_CONFIRMATION: [understood.Confirm, understood.Correct],
    Do.WAIT_FOR_YES: [agreed.Withdraw],
    Do.WAIT_FOR_RETURN: [back.SeenBack, back.AnswerTrust],
}
GROUPS = [
    ("What happened", [heard.AddWords, heard.AddFailure, heard.NameCompanion]),
    (
        "Words",
        [
            heard.Write,
            understood.Restate,
            understood.Confirm,
            understood.Correct,
            sorry.Apologise,
            put_right.Thank,
            heard.Note,
        ],
    ),
    (
        "What is fair",
        [
            agreed.Ask,
            agreed.TakeWish,
            agreed.MakeOffer,
            agreed.Accept,
            agreed.Counter,
            agreed.Decline,
            agreed.Withdraw,
            agreed.Bend,
            agreed.HeardWasEnough,
            agreed.HelpElsewhere,
        ],
    ),
    ("Promises", [put_right.MakePromise, put_right.PutRight, put_right.NotFixed]),
    ("What we learn", [learned.LinkCause, learned.OneOff, learned.Improve, learned.GiveIdea]),
    ("Coming back", [back.PlanFollowUp, back.SeenBack, back.AnswerTrust]),
    (
        "Handing over and ending",
        [heard.Take, heard.HandOver, back.LeaveMeBe, back.LetGo, back.RevokeLink],
    ),
]
CLOCK_OF = {Part.HEARD: Standard.OWNER, Part.SORRY: Standard.APOLOGY}
SPOKEN = {
    "email": "by e-mail",
    "page": "on their page",
    "telephone": "on the telephone",
    "in person": "in person",
    "letter": "on paper",
    "fax": "by fax",
    "text message": "by text message",
}


def open_page(request, ref):
    """The page of a recovery this person may see; for everybody else there is none."""
    seen = Recovery.objects.visible_to(request.user).with_people()
    return RecoveryPage(find(seen, ref=ref), request.user)


def page_about(request, model, ref):
    """The thing a step is on, and the page of its recovery."""
    seen = Recovery.objects.visible_to(request.user)
    about = find(model.objects.filter(recovery__in=seen), ref=ref)
    return about, open_page(request, about.recovery.ref)


def show(request, page, form=None):
    """The page, as it stands after a step; or with the step that was refused, words kept."""
    refused = form if form is not None and form.errors else None
    after = RecoveryPage(find(Recovery.objects.with_people(), pk=page.recovery.pk), page.person)
    after.refused = refused
    if form is not None and refused is None:
        messages.success(request, form.flash)
    with timezone.override(after.recovery.place.zone):
        return answer(request, TEMPLATE, after.fragments, form=form, to=after.url, page=after)


@dataclass
class Said:
    """One thing in the conversation, as the letter part shows it."""

    letter: object
    by: str = ""
    channel: str = ""
    attachments: list = field(default_factory=list)
    html_url: str = ""
    original_url: str = ""

    @classmethod
    def of(cls, letter):
        return cls(
            letter=letter,
            by=letter.by_name if letter.direction == Direction.OUT else letter.sender_name,
            channel=SPOKEN.get(letter.channel, letter.channel),
            attachments=[
                {"name": x.name, "size": x.size, "url": reverse("desk:attachment", args=[x.ref])}
                for x in letter.attachments.all()
            ],
            html_url=reverse("desk:letter_as_sent", args=[letter.ref])
            if letter.html and letter.direction == Direction.IN
            else "",
            original_url=reverse("desk:letter_original", args=[letter.ref])
            if letter.post_id
            else "",
        )


@dataclass
class Aside:
    """A note between us, told like a letter."""

    ref: str
    text: str
    made_at: object
    direction: str = "note"
    fresh: str = ""
    sender_name: str = ""
    automatic: bool = False


class RecoveryPage:
    """Everything is asked for when it is first shown, and once."""

    refused = None

    def __init__(self, recovery, person):
        self.recovery, self.person, self.at = recovery, person, now()

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
        if self.refused is None:
            return FRAGMENTS
        places = [("next", self.next), ("steps", [f for _, g in self.groups for f in g])]
        home = next((name for name, forms in places if self.refused in forms), "side")
        return [home, *(name for name in FRAGMENTS if name != home)]

    # what was said

    @cached_property
    def complaints(self):
        told = self.recovery.complaints.select_related("letter", "taken_by")
        return list(told.prefetch_related("letter__attachments"))

    @cached_property
    def story(self):
        """What they told us, in their words, with what came along."""
        return [(told, Said.of(told.letter) if told.letter else None) for told in self.complaints]

    @property
    def must_listen(self):
        return self.recovery.listened_at is None and bool(self.complaints)

    @cached_property
    def conversation(self):
        stories = {told.letter_id for told in self.complaints}
        letters = Letter.objects.conversation(self.recovery.ref).exclude(pk__in=stories - {None})
        said = [Said.of(letter) for letter in letters]
        said += [Said(Aside(f"note-{e.number}", e.words, e.at), by=e.who) for e in self.notes]
        said += [
            Said(
                Aside(f"said-{e.number}", e.words, e.at, direction=Direction.OUT),
                by=e.who,
                channel=SPOKEN.get(e.facts["channel"], e.facts["channel"]),
            )
            for e in self.said_aloud
        ]
        return sorted(said, key=lambda one: one.letter.made_at)

    @property
    def earlier(self):
        """What was said before the last few things: folded, not cut."""
        return self.conversation[:-LATEST]

    @property
    def latest(self):
        return self.conversation[-LATEST:]

    @property
    def notes(self):
        noted = [e for e in self.entries if e.verb == Verb.NOTED]
        return [e for e in noted if e.facts.get("channel") == ""]

    @property
    def said_aloud(self):
        """An apology given in person or on the telephone has no letter."""
        sorry = [e for e in self.entries if e.verb == Verb.APOLOGISED]
        return [e for e in sorry if e.facts.get("channel") != "e-mail"]

    @cached_property
    def entries(self):
        return list(self.recovery.timeline.select_related("by").order_by("number"))

    @property
    def last_heard(self):
        return max((e.number for e in self.entries if e.actor == "customer"), default=0)

    # how far we have come

    @cached_property
    def so_far(self):
        return progress_of([self.recovery])[self.recovery.pk]

    @cached_property
    def do(self):
        return next_step(self.recovery, self.so_far)

    @property
    def is_waiting(self):
        return self.do in WAITING

    @cached_property
    def clocks(self):
        return list(self.recovery.clocks.all())

    @property
    def parts(self):
        return [self._part(part) for part in Part]

    def _part(self, part):
        done = self.recovery.done(part)
        now_here = not done and part == self.recovery.stage and not self.recovery.closed_at
        state = "done" if done else "now" if now_here else "later"
        entry = next((e for e in reversed(self.entries) if e.completes == part), None)
        by = self._who(entry) if entry and done else ""
        told = {"name": part.label, "state": state, "at": done, "by": by}
        return {**told, **self._clock_facts(part, now_here)}

    def _who(self, entry):
        return self.recovery.customer.called if entry.actor == "customer" else entry.who

    def _clock_facts(self, part, now_here):
        """What its clock says: when it is due while it runs, why it was met or missed after."""
        steps = [CLOCK_OF.get(part), Standard.ANSWER if now_here else None]
        mine = [clock for clock in self.clocks if clock.step in steps]
        running = [clock for clock in mine if clock.stopped_at is None]
        if running:
            due_at = min(clock.due_at for clock in running)
            late = "missed" if due_at <= self.at else "soon" if due_at <= self.at + SOON else ""
            return {"due_at": due_at, "clock": late}
        stopped = next((c for c in reversed(mine) if c.step == CLOCK_OF.get(part)), None)
        if stopped is None:
            return {}
        return {"note": stopped.why, "clock": "met" if stopped.is_met else "missed"}

    @property
    def is_sorry_late(self):
        late = [c for c in self.clocks if c.step == Standard.APOLOGY and c.stopped_at is None]
        return any(clock.due_at <= self.at for clock in late)

    @property
    def timeline(self):
        broken = (Verb.BROKE, Verb.NOT_FIXED, Verb.CLOCK_MISSED)
        return [
            {
                "by": self._who(e),
                "did": e.get_verb_display(),
                "at": e.at,
                "words": e.words,
                "kind": "broken" if e.verb in broken else "good" if e.completes else "",
            }
            for e in reversed(self.entries)
        ]

    @cached_property
    def broken_at(self):
        """The first entry that does not follow from the one before; nothing when all is whole."""
        return first_broken(self.recovery)

    # what can be done

    @cached_property
    def next(self):
        """The one step first, and what else would answer it."""
        if self.do == Do.WAIT_FOR_RETURN and self.due_followups:
            return [self._form(back.DoFollowUp, x) for x in self.due_followups]
        about = {understood.Confirm: self.unanswered, understood.Correct: self.unanswered}
        offer_steps = (agreed.Accept, agreed.Counter, agreed.Decline, agreed.Withdraw)
        about |= dict.fromkeys(offer_steps, self.unsettled)
        steps = [s for s in NEXT.get(self.do, []) if s.is_open_to(self)]
        return [self._form(step, about.get(step)) for step in steps]

    @cached_property
    def groups(self):
        """Everything else one can do, folded away until it is wanted."""
        if self.must_listen:
            return []
        shown = {form.name for form in self.next}
        about = {"confirm": self.unanswered, "correct": self.unanswered}
        about |= dict.fromkeys(("accept", "counter", "decline", "withdraw"), self.unsettled)
        groups = []
        for title, steps in GROUPS:
            wanted = [s for s in steps if s.name not in shown and s.is_open_to(self)]
            forms = [self._form(step, about.get(step.name)) for step in wanted]
            groups.append((title, forms))
        return [group for group in groups if group[1]]

    def _form(self, step, about=None):
        refused = self.refused
        if refused is not None and type(refused) is step and refused.about == about:
            return refused
        return step(self, about=about)

    @cached_property
    def write(self):
        return self._form(heard.Write)

    @property
    def open_key(self):
        """The fold to open: what was refused, else the one step that comes next."""
        if self.refused is not None:
            return self.refused.key
        return self.next[0].key if self.next and not self.is_waiting else ""

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

    @property
    def costs(self):
        return [self._form(heard.ItCost, failure) for failure in self.failures]

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
    def promises(self):
        """Each with the ways to settle it, while it is open."""
        made = self.recovery.promises.select_related("owner", "cover", "kept_by", "line")
        return [(promise, self._settling(promise)) for promise in made]

    def _settling(self, promise):
        if not promise.is_open:
            return []
        steps = [put_right.Keep]
        if promise.trigger == "in_stock" and promise.triggered_at is None:
            steps.append(put_right.CameIn)
        if promise.due_at is None or promise.due_at > self.at:
            steps.append(put_right.Move)
        steps += [put_right.CoverPromise, put_right.Release]
        return [self._form(step, promise) for step in steps]

    @cached_property
    def ideas(self):
        given = self.recovery.ideas.select_related("answered_by")
        return [(i, None if i.answered_at else self._form(learned.AnswerIdea, i)) for i in given]

    @cached_property
    def finding(self):
        return Finding.objects.select_related("cause").filter(recovery=self.recovery).first()

    @cached_property
    def followups(self):
        planned = self.recovery.followups.open()
        return [(planned, self._form(back.DoFollowUp, planned)) for planned in planned]

    @property
    def due_followups(self):
        return [planned for planned, _ in self.followups if planned.due_at <= self.at]

    # who it is for, and who is around

    @cached_property
    def before(self):
        """Earlier and other recoveries of this customer that this person may see."""
        theirs = Recovery.objects.visible_to(self.person).filter(customer=self.recovery.customer)
        return list(theirs.exclude(pk=self.recovery.pk).order_by("-known_at")[:PAST])

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
