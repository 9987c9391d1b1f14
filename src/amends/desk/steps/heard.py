"""Steps of part one, Heard: listening, who sees to it, what else went wrong, who else has a stake."""

from django import forms

from amends.coach.findings import WHOLE
from amends.desk.steps.step import (
    LetterStep,
    OneOf,
    SomeOf,
    Step,
    chips,
    moment,
    sum_of_money,
    words,
)
from amends.recovery.complaint import CHANNELS
from amends.recovery.failure import Kind, Severity

TOLD_BY = [(name, name) for name in CHANNELS if name not in ("web form", "API")]
KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.BROKEN_PROMISE]


class Listen(Step):
    name = "listen"
    title = "Read the story"
    button = "I have read this"
    said = "Thank you for reading it to the end."

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and page.must_listen


class Take(Step):
    name = "take"
    title = "Who sees to this?"
    button = "I will see to it"
    said = "This is yours now."

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and page.recovery.owner != page.person


class HandOver(Step):
    name = "hand_over"
    title = "Give this to somebody else"
    lead = "They get the whole story; {name} keeps the same address to write to."
    button = "Hand it over"
    said = "Handed over."

    to = OneOf(label="To whom")

    def prepare(self):
        owner = self.page.recovery.owner
        self.fields["to"].offer(x for x in self.page.people if x != owner)


class AddWords(Step):
    name = "add_words"
    title = "They told us more"
    lead = "In their own words, as they said them."
    button = "Add it to the story"
    said = "Added to the story."

    words = words("What they said")
    channel = chips("How", TOLD_BY, initial="in person")


class AddFailure(Step):
    name = "add_failure"
    title = "Something else went wrong"
    button = "Note it"
    said = "Noted. It is owed its own sorry."

    kind = chips("What was it", KINDS)
    words = forms.CharField(label="In a few words", max_length=300, required=False)
    severity = chips("How bad", Severity.choices, initial=Severity.MODERATE, required=False)
    involved = OneOf(label="Whom it involved", empty="Nobody in particular", required=False)
    price = sum_of_money("What it cost", required=False)

    def prepare(self):
        self.fields["involved"].offer(self.page.people)

    def clean_severity(self):
        return int(self.cleaned_data["severity"] or Severity.MODERATE)


class ItCost(Step):
    name = "it_cost"
    title = "What it cost them beyond the price"
    lead = "Nerves, trouble and time count too."
    button = "Note it"
    said = "Noted."

    minutes = forms.IntegerField(label="Minutes lost", min_value=0, required=False)
    trips = forms.IntegerField(label="Extra trips", min_value=0, max_value=999, required=False)
    money = sum_of_money("Money", required=False)
    worry = forms.CharField(label="What worried them", max_length=300, required=False)


class NameCompanion(Step):
    name = "name_companion"
    title = "Somebody else has a stake"
    lead = (
        "Who gave the present, who paid, who sat at the table. Nobody writes to them without leave."
    )
    button = "Remember them"
    said = "Remembered."

    name_ = forms.CharField(label="Their name", max_length=200)
    relation = forms.CharField(
        label="And they are", max_length=100, help_text="The aunt who gave it, say."
    )
    email = forms.EmailField(label="E-mail", required=False)

    def clean(self):
        given = super().clean()
        given["name"] = given.pop("name_", "")
        return given


class Write(LetterStep):
    name = "write"
    held_to = WHOLE
    title = "Write to {name}"
    button = "Send to {name}"
    said = "Your words are on their way to {name}."
    template = "desk/recovery/composer.html"

    words = words("Your words")
    send_at = moment("Not now, but at", required=False)
    also_to = SomeOf(label="Openly to them too", required=False)

    def prepare(self):
        super().prepare()
        self.initial["words"] = self.page.words_again("answer")
        self.fields["also_to"].offer(self.page.may_be_copied)

    def clean_send_at(self):
        """The hour is the one on the wall of the place, as the page shows it."""
        given = self.cleaned_data["send_at"]
        return given and given.replace(tzinfo=self.page.recovery.place.zone)

    @property
    def flash(self):
        if not self.cleaned_data.get("send_at"):
            return super().flash
        return f"Written. It goes when its hour comes, unless {self.page.first} writes first."


class TakeBack(Step):
    name = "take_back"
    button = "Undo"
    said = "Called back. Your words are in the letter below."


class DoNotSend(Step):
    name = "do_not_send"
    button = "Do not send it"
    said = "It will not be sent. The words are kept."


class SendAgain(Step):
    name = "send_again"
    button = "Send it once more"
    said = "On its way once more."


class ItArrived(Step):
    name = "it_arrived"
    button = "They have it"
    said = "Good."


class Note(Step):
    """A note for us alone; with a channel it is what was said on the telephone or on paper."""

    name = "note"
    title = "Write down a call, a paper letter, a fax"
    button = "Write it down"
    said = "Written down."

    words = words("What was said")
    channel = chips(
        "How",
        [(name, name) for name in ("telephone", "in person", "letter", "fax", "text message")],
        initial="telephone",
        required=False,
    )
