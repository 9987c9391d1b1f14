"""Which steps a recovery's page shows: the one that comes next, open; the others, folded away."""

from functools import cached_property

from amends.desk.steps import (
    agreed,
    back,
    conversation,
    heard,
    learned,
    put_right,
    sorry,
    understood,
)
from amends.recovery.agenda import WAITING, Do

# The step that is open first, and the others that would answer the same need.
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
GROUPS = {
    "What happened": [heard.AddWords, heard.AddFailure, heard.NameCompanion],
    "Words": [
        heard.Write,
        understood.Restate,
        understood.Confirm,
        understood.Correct,
        sorry.Apologise,
        put_right.Thank,
        heard.Note,
    ],
    "What is fair": [
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
    "Promises": [put_right.MakePromise, put_right.PutRight, put_right.NotFixed],
    "What we learn": [learned.LinkCause, learned.OneOff, learned.Improve, learned.GiveIdea],
    "Coming back": [back.PlanFollowUp, back.SeenBack, back.AnswerTrust],
    "Handing over and ending": [
        heard.Take,
        heard.HandOver,
        conversation.Join,
        back.LeaveMeBe,
        back.LetGo,
        back.RevokeLink,
    ],
}
ON_RESTATEMENT = (understood.Confirm, understood.Correct)
ON_OFFER = (agreed.Accept, agreed.Counter, agreed.Decline, agreed.Withdraw)


class Steps:
    """The forms of a page, each made when it is first shown; a refused one keeps its words."""

    def __init__(self, page, refused=None):
        self.page, self.refused = page, refused

    @cached_property
    def next(self):
        if self.page.do == Do.WAIT_FOR_RETURN and self.page.due_followups:
            return [self._form(back.DoFollowUp, planned) for planned in self.page.due_followups]
        return self._forms(NEXT.get(self.page.do, []))

    @cached_property
    def groups(self):
        if self.page.must_listen:
            return {}
        shown = {type(form) for form in self.next}
        forms = {
            title: self._forms(step for step in steps if step not in shown)
            for title, steps in GROUPS.items()
        }
        return {title: steps for title, steps in forms.items() if steps}

    @cached_property
    def promises(self):
        """Each promise with the ways to settle it, while it is open."""
        return [(promise, self._settling(promise)) for promise in self.page.promises]

    @cached_property
    def costs(self):
        return [self._form(heard.ItCost, failure) for failure in self.page.failures]

    @cached_property
    def ideas(self):
        answer = learned.AnswerIdea
        ideas = self.page.ideas
        return [(idea, None if idea.answered_at else self._form(answer, idea)) for idea in ideas]

    @cached_property
    def followups(self):
        planned = self.page.followups
        return [(followup, self._form(back.DoFollowUp, followup)) for followup in planned]

    @property
    def open_key(self):
        """The fold to open: what was refused, else the one step that comes next."""
        if self.refused is not None:
            return self.refused.key
        if self.page.taken_up:
            return sorry.Apologise.name if self.page.words_again("apology") else heard.Write.name
        return self.next[0].key if self.next and self.page.do not in WAITING else ""

    @property
    def home_of_refused(self):
        """The fragment in which the refused step stands; empty when it is shown no longer."""
        in_groups = [form for forms in self.groups.values() for form in forms]
        aside = [form for _, forms in self.promises for form in forms]
        aside += [form for _, form in (*self.ideas, *self.followups)]
        homes = {"next": self.next, "steps": in_groups, "side": [*aside, *self.costs]}
        return next((home for home, forms in homes.items() if self.refused in forms), "")

    def _forms(self, steps):
        about = dict.fromkeys(ON_RESTATEMENT, self.page.unanswered)
        about |= dict.fromkeys(ON_OFFER, self.page.unsettled)
        return [self._form(s, about.get(s)) for s in steps if s.is_open_to(self.page)]

    def _settling(self, promise):
        if not promise.is_open:
            return []
        steps = [put_right.Keep]
        if promise.trigger == "in_stock" and promise.triggered_at is None:
            steps.append(put_right.CameIn)
        if promise.due_at is None or promise.due_at > self.page.at:
            steps.append(put_right.Move)
        steps += [put_right.CoverPromise, put_right.Release]
        return [self._form(step, promise) for step in steps]

    def _form(self, step, about=None):
        refused = self.refused
        if refused is not None and type(refused) is step and refused.about == about:
            return refused
        return step(self.page, about=about)
