"""Steps of part six, Learned: the cause, what changes, ideas and their answers."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from amends.desk.steps.step import LetterStep, OneOf, Step, day, words


class LinkCause(Step):
    name = "link_cause"
    title = "Name what lies behind it"
    lead = "What happens, never who. “The kitchen runs out of juice on Sundays.”"
    button = "Name it"
    said = "Named."
    template = "desk/recovery/cause.html"

    cause = forms.CharField(
        label="What lies behind it",
        max_length=120,
        widget=forms.TextInput({"list": "causes", "autocomplete": "off"}),
    )

    @classmethod
    def is_open_to(cls, page):
        return True


class OneOff(Step):
    name = "one_off"
    title = "This will not happen again"
    button = "It was a one-off"
    said = "Written down."

    why = forms.CharField(label="Why it will not", max_length=300)

    @classmethod
    def is_open_to(cls, page):
        return True


class Improve(Step):
    name = "improve"
    title = "Change what lies behind it"
    button = "Make it so"
    said = "Raised. On the day you chose we look whether it worked."

    words = forms.CharField(label="What will be different", max_length=300)
    owner = OneOf(label="Who sees to it", empty=None)
    due = day("By")
    check = day("And the day we look whether it worked")

    def prepare(self):
        self.fields["owner"].offer(self.page.people)
        self.initial["owner"] = self.page.person.ref
        self.initial["due"] = timezone.localdate() + timedelta(days=14)
        self.initial["check"] = timezone.localdate() + timedelta(days=44)

    @classmethod
    def is_open_to(cls, page):
        return page.finding is not None and page.finding.cause is not None


class GiveIdea(Step):
    name = "give_idea"
    title = "{name} has an idea for us"
    button = "Keep the idea"
    said = "Kept, and passed on. It is owed an answer."

    words = words("The idea, in their words", rows=2)
    may_be_named = forms.BooleanField(label="They may be named with it", required=False)

    @classmethod
    def is_open_to(cls, page):
        return True


class AnswerIdea(LetterStep):
    name = "answer_idea_here"
    letter = "idea_answer"
    title = "Answer the idea"
    button = "Answer"
    said = "Answered."

    words = words("What became of it", rows=2)

    @classmethod
    def is_open_to(cls, page):
        return True
