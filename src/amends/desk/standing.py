"""How far one recovery has come: the seven parts with who, when and their clocks; the history."""

from datetime import timedelta
from functools import cached_property

from amends.recovery.recovery import Part
from amends.recovery.standards import Step
from amends.recovery.timeline import Verb, first_broken

SOON = timedelta(hours=1)
CLOCK_OF = {Part.HEARD: Step.OWNER, Part.SORRY: Step.APOLOGY}
BAD_NEWS = (Verb.BROKE, Verb.NOT_FIXED, Verb.CLOCK_MISSED)


class Standing:
    def __init__(self, recovery, entries, at):
        self.recovery, self.entries, self.at = recovery, entries, at

    @property
    def parts(self):
        return [self._part(part) for part in Part]

    @cached_property
    def clocks(self):
        return list(self.recovery.clocks.all())

    @property
    def is_sorry_late(self):
        late = [c for c in self.clocks if c.step == Step.APOLOGY and c.stopped_at is None]
        return any(clock.due_at <= self.at for clock in late)

    @property
    def history(self):
        """Newest first."""
        return [
            {
                "by": self._who(entry),
                "did": _did(entry),
                "at": entry.at,
                "words": entry.words,
                "kind": _kind(entry),
            }
            for entry in reversed(self.entries)
        ]

    @cached_property
    def broken_at(self):
        """The first entry that does not follow from the one before; nothing when all is whole."""
        return first_broken(self.recovery)

    def _part(self, part):
        done = self.recovery.done(part)
        is_now = not done and part == self.recovery.stage and not self.recovery.closed_at
        entry = next((e for e in reversed(self.entries) if e.completes == part), None)
        return {
            "name": part.label,
            "state": "done" if done else "now" if is_now else "later",
            "at": done,
            "by": self._who(entry) if entry and done else "",
            **self._clock(part, is_now),
        }

    def _clock(self, part, is_now):
        """When it is due while it runs; why it was met or missed once it has stopped."""
        steps = [CLOCK_OF.get(part), Step.ANSWER if is_now else None]
        running = [c.due_at for c in self.clocks if c.step in steps and c.stopped_at is None]
        if running:
            return {"due_at": min(running), "clock": self._pressing(min(running))}
        mine = [c for c in self.clocks if c.step == CLOCK_OF.get(part)]
        if not mine:
            return {}
        return {"note": mine[-1].why, "clock": "met" if mine[-1].is_met else "missed"}

    def _pressing(self, due_at):
        if due_at <= self.at:
            return "missed"
        return "soon" if due_at <= self.at + SOON else ""

    def _who(self, entry):
        return self.recovery.customer.called if entry.actor == "customer" else entry.who


def _did(entry):
    """We heard them; seen from their side, they told us."""
    if entry.actor == "customer" and entry.verb in (Verb.HEARD, Verb.HEARD_AGAIN):
        return "told us" if entry.verb == Verb.HEARD else "told us more"
    return entry.get_verb_display()


def _kind(entry):
    if entry.verb in BAD_NEWS:
        return "broken"
    return "good" if entry.completes else ""
