"""The step of part three, Sorry."""

from django import forms

from amends.desk.steps.step import LetterStep, chips, words

SAID_BY = [
    ("e-mail", "by letter"),
    ("in person", "in person"),
    ("telephone", "on the telephone"),
]


class Apologise(LetterStep):
    name = "apologise"
    letter, held_to = "apology", ("missing_name", "missing_restatement")
    title = "Say sorry to {name}"
    button = "Say sorry"
    said = "Said. One honest apology will do."
    template = "desk/recovery/apology.html"

    words = words(
        "Your apology",
        help_text="Once, in your own words, for what you name. No but, no if.",
    )
    channel = chips("How", SAID_BY, initial="e-mail")
    reason = forms.CharField(label="What held us up", max_length=200, required=False)

    def prepare(self):
        super().prepare()
        self.initial["words"] = self.page.words_again("apology")

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and page.so_far.owes_sorry
