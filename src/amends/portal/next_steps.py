"""What happens next, by whom, by when: the first thing on a customer's page (S2-05)."""

from dataclasses import dataclass
from datetime import datetime

from amends.recovery.recovery import FoundBy, Outcome

UNDERSTOOD, SEEN_SO = "Have we understood you?", "Is this how it was?"


@dataclass(frozen=True)
class Next:
    """One sentence, and the moment that belongs to it."""

    words: str
    due_at: datetime | None = None
    event: str = ""
    quote: str = ""
    is_late: bool = False

    @property
    def ends(self):
        return self.words.endswith((".", "?"))


def coming(story):
    """The first of these that has something to say."""
    says = (_closed, _we_answer, _we_wait, _we_promised, _we_ask, _we_ask_later)
    return next(filter(None, (say(story) for say in says)), None) or Next(
        f"There is nothing you need to do. {_capital(story.us)} stays with this until it is right."
    )


def questions(story):
    """What we would like to hear from them, with the place on the page to say it."""
    recovery, asked = story.recovery, []
    if recovery.closed_at:
        return asked
    if story.restatement and not _answered(story.restatement):
        asked.append(("understanding", SEEN_SO if story.is_ours else UNDERSTOOD))
    if story.open_offer:
        asked.append(("offer", "What we would like to do: your choice"))
    elif not story.wishes and not recovery.agreed_at:
        asked.append(("wishes", "What would you think would be fair?"))
    if story.asks_trust:
        asked.append(("returned", "How are things now?"))
    return asked


def steps(story):
    """The way from here to right again, as the customer lives it."""
    recovery = story.recovery
    noticed = recovery.found_by != FoundBy.CUSTOMER
    told = "We saw that something went wrong" if noticed else "You told us what happened"
    answer = story.clock.due_at if story.clock else None
    owed = next((promise.due_at for promise in story.owed), None)
    later = story.followup.due_at if story.followup else None
    way = [
        (told, recovery.known_at, None),
        ("We make sure that we have understood", recovery.understood_at, answer),
        (f"{_capital(story.us)} answers you in person", recovery.sorry_at, answer),
        ("We agree on what is fair: you decide", recovery.agreed_at, answer),
        ("We do what we promised", recovery.put_right_at, owed),
        ("We ask whether all is really well again", recovery.back_at, later),
    ]
    return _marked(way, is_over=bool(recovery.closed_at))


def _marked(way, *, is_over):
    found, marked = is_over, []
    for words, done_at, due_at in way:
        state = "done" if done_at else "later" if found else "now"
        found = found or not done_at
        due_at = due_at if state == "now" else None
        marked.append({"words": words, "state": state, "at": done_at, "due_at": due_at})
    return [step for step in marked if not is_over or step["state"] == "done"]


def _closed(story):
    recovery = story.recovery
    if not recovery.closed_at:
        return None
    return Next(
        {
            Outcome.WON_BACK: "It is put right, and you came back. Thank you.",
            Outcome.HELPED_ELSEWHERE: f"We found somebody who can help: {recovery.helped_by}.",
            Outcome.LEFT_IN_PEACE: "We leave you in peace. What we promised still holds.",
        }.get(
            recovery.outcome, "Nothing more is planned. If you see it differently, tell us below."
        )
    )


def _we_answer(story):
    clock, us = story.clock, story.us
    if clock is None:
        return None
    if clock.due_at <= story.at:
        words = f"You should have heard from {us} by now. We are late, and we know."
        return Next(words, due_at=clock.due_at, is_late=True)
    heard = (
        "has your words and answers you"
        if story.recovery.listened_at
        else "reads your story and answers you"
    )
    return Next(f"{_capital(us)} {heard}", due_at=clock.due_at)


def _we_wait(story):
    if story.restatement and not _answered(story.restatement):
        asked = SEEN_SO if story.is_ours else UNDERSTOOD
        return Next(f"{_capital(story.us)} would like to know: {asked[0].lower()}{asked[1:]}")
    if story.open_offer:
        return Next("The choice is yours, and there is no hurry.")
    return None


def _we_promised(story):
    promise = next(iter(story.owed), None)
    if promise is None:
        return None
    late = bool(promise.due_at and promise.due_at <= story.at)
    if late:
        words = f"We owe you something that is late, and {story.us} knows: {promise.words}"
        return Next(words, due_at=promise.due_at, is_late=True)
    words = f"{_capital(story.us)} keeps our promise to you"
    return Next(words, due_at=promise.due_at, event=promise.at_event, quote=promise.words)


def _we_ask(story):
    if story.wishes or story.recovery.agreed_at:
        return None
    return Next(f"{_capital(story.us)} would like to know what you would think fair.")


def _we_ask_later(story):
    if story.followup is None:
        return None
    words = f"{_capital(story.us)} asks you whether it is really put right"
    return Next(words, due_at=story.followup.due_at)


def _answered(restatement):
    return restatement.confirmed_at or restatement.corrected_at


def _capital(words):
    return words[:1].upper() + words[1:]
