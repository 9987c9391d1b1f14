"""Steps of part seven, Back: follow-ups, a return, trust; peace, or letting go."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from amends.desk.steps.step import LetterStep, Step, chips, moment, sum_of_money, words
from amends.recovery.followup import About, NextDoor, Trust


class PlanFollowUp(Step):
    name = "plan_follow_up"
    title = "Plan to be in touch"
    button = "Plan it"
    said = "Planned."

    about = chips("About", About.choices, initial=About.FIXED)
    due = moment("When")

    def prepare(self):
        then = timezone.localtime() + timedelta(days=3)
        self.initial["due"] = then.replace(hour=10, minute=0, second=0, microsecond=0)


class DoFollowUp(LetterStep):
    name = "follow_up_here"
    letter = "follow_up"
    title = "Be in touch now"
    lead = "Thank, tell, ask. Not another apology."
    button = "Send to {name}"
    said = "Your words are on their way to {name}."

    words = words("Your words")


class SeenBack(Step):
    name = "seen_back"
    title = "{name} is back"
    lead = "You saw them, or they told you. We ask once whether they trust us again."
    button = "They are back"
    said = "Good to see them again."

    @classmethod
    def is_open_to(cls, page):
        return bool(super().is_open_to(page) and page.recovery.agreed_at)


class AnswerTrust(SeenBack):
    name = "answer_trust"
    title = "{name} told us whether they trust us again"
    lead = ""
    button = "Write it down"
    said = "Written down."

    trust = chips("Do they?", Trust.choices)
    next_door = chips("If somebody just as good were next door?", NextDoor.choices, required=False)
    words = words("What they said", rows=2, required=False)


class LeaveMeBe(Step):
    name = "leave_me_be"
    title = "{name} asks to be left in peace"
    lead = "No more letters from us. What we owe is still kept."
    button = "Leave them in peace"
    said = "We leave them in peace."


class LetGo(Step):
    name = "let_recovery_go"
    title = "Let go"
    lead = "When nothing more can be done. It is written down, with what it cost us."
    button = "Let go"
    said = "Let go, and written down."

    why = words("Why", rows=2)
    value_lost = sum_of_money("What we lose with them", required=False)
    lost_to = forms.CharField(label="Whom they went to", max_length=200, required=False)


class RevokeLink(Step):
    name = "revoke_link"
    title = "Close the link to their page"
    lead = "For a link that fell into the wrong hands. The next letter carries a new one."
    button = "Close it"
    said = "Closed. The next letter carries a new link."

    @classmethod
    def is_open_to(cls, page):
        return True
