"""Steps of part five, Put right: promises, and whether it really is right."""

from django import forms

from amends.desk.steps.step import LetterStep, OneOf, Step, moment, words
from amends.recovery.promise import Trigger

AT = [("", "at a time"), *[(x.value, f"at {x.label}") for x in Trigger]]
AT = [(value, label.replace("at back", "when back")) for value, label in AT]


class MakePromise(Step):
    name = "promise"
    title = "Promise {name} something"
    button = "Promise it"
    said = "Promised."

    words = forms.CharField(label="What we promise, as {name} would say it", max_length=300)
    trigger = forms.ChoiceField(
        label="When", choices=AT, widget=forms.RadioSelect, required=False, initial=""
    )
    due = moment("By", required=False, help_text="In opening hours of the place, please.")
    owner = OneOf(label="Who keeps it", empty=None)
    cover = OneOf(label="Who stands in", empty="Nobody yet", required=False)
    asks_for_owner = forms.BooleanField(
        label="They were told to ask for this person by name", required=False
    )

    def prepare(self):
        self.fields["words"].label = f"What we promise, the way {self.page.first} would say it"
        self.fields["owner"].offer(self.page.people)
        self.fields["cover"].offer(self.page.people)
        self.initial["owner"] = self.page.person.ref


class OnPromise(Step):
    @classmethod
    def is_open_to(cls, page):
        return True


class Keep(OnPromise):
    name = "keep"
    title = "Kept"
    button = "It is kept"
    said = "Kept."


class Move(OnPromise):
    name = "move"
    title = "Move it, with leave"
    button = "Move it"
    said = "Moved, with leave."

    to = moment("To when")
    leave = forms.CharField(label="What they said when you asked", max_length=300)


class Release(OnPromise):
    name = "release"
    title = "They let us off"
    button = "They let us off"
    said = "Let off."

    why = forms.CharField(label="What they said", max_length=300)


class CoverPromise(OnPromise):
    name = "cover_promise"
    title = "Somebody else keeps it"
    button = "Give it to them"
    said = "Handed on, with the story."

    owner = OneOf(label="Who keeps it now")
    cover = OneOf(label="Who stands in", empty="Nobody yet", required=False)

    def prepare(self):
        self.fields["owner"].offer(x for x in self.page.people if x.pk != self.about.owner_id)
        self.fields["cover"].offer(self.page.people)


class CameIn(OnPromise):
    name = "came_in"
    title = "It is in"
    button = "It is in"
    said = "Good. Now let them know."


class PutRight(Step):
    name = "put_right"
    title = "Everything promised is done"
    button = "It is put right"
    said = "Put right. In a few days, ask whether it really is."

    words = words("How", rows=2, required=False)

    @classmethod
    def is_open_to(cls, page):
        recovery = page.recovery
        settled = recovery.agreed_at and not recovery.put_right_at
        return bool(super().is_open_to(page) and settled and not page.so_far.owes)


class NotFixed(Step):
    name = "not_fixed"
    title = "{name} says that it is not fixed"
    button = "It is not fixed"
    said = "Open again. {name} waits for us."

    words = words("What they said", rows=2)

    @classmethod
    def is_open_to(cls, page):
        return bool(page.recovery.agreed_at or page.recovery.closed_at)


class Thank(LetterStep):
    name = "thank"
    letter = "thanks"
    title = "Thank {name} yourself"
    lead = "For telling us, and for giving us the chance. One person to one person."
    button = "Thank {name}"
    said = "Thanked."

    how = forms.CharField(label="How", max_length=200, initial="By letter")
    words = words("Your words, if you write", required=False)

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and not page.recovery.thanked_at
