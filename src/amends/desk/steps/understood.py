"""Steps of part two, Understood: saying it back, and what they answered."""

from django import forms

from amends.desk.steps.step import LetterStep, Step, words


class Restate(LetterStep):
    name = "restate"
    letter, held_to = "restatement", ()
    title = "Say back to {name} what you understood"
    lead = "“So what you're telling me is…” Your letter begins with that; go on from there."
    button = "Send it to {name}"
    said = "Said back. {name} can say yes, or put you right."

    words = words("What you understood")
    hurt_most = forms.CharField(
        label="What hurt most",
        max_length=300,
        required=False,
        help_text="In their own words; they read it beside yours.",
    )
    face_to_face = forms.BooleanField(
        label="I said it to their face; no letter is needed", required=False
    )


class Confirm(Step):
    name = "confirm"
    title = "{name} said: yes, that is it"
    button = "{name} said yes"
    said = "Understood."

    @classmethod
    def is_open_to(cls, page):
        return page.unanswered is not None and super().is_open_to(page)


class Correct(Confirm):
    name = "correct"
    title = "{name} put us right"
    button = "Add it to the story"
    said = "Added. Now say it back once more."

    words = words("What they said")
