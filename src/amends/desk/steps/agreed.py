"""Steps of part four, Agreed: asking, their wish, an offer and their answer to it."""

from decimal import Decimal

from django import forms

from amends.desk.lines import LinesForm
from amends.desk.steps.step import LetterStep, OneOf, Step, sum_of_money, words
from amends.recovery.offer import too_much
from amends.recovery.wish import Wants
from amends.remedies.remedy import Side

FAIR = "What would you think would be fair?"


class BeforeAgreement(Step):
    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and not page.recovery.agreed_at


class Ask(BeforeAgreement, LetterStep):
    name = "ask"
    letter, held_to = "asking", ()
    title = "Ask {name} what would be fair"
    button = "Ask {name}"
    said = "Asked. {name} can answer in their own words."

    words = words(
        "Your question",
        initial=f"I would rather ask than guess. {FAIR}",
        help_text="Leave it as it is, or say it your way.",
    )


class TakeWish(BeforeAgreement):
    name = "wish"
    title = "Write down what {name} thinks fair"
    button = "Write it down"
    said = "Written down, in their words."

    words = words("In their words")
    wants = forms.ChoiceField(
        label="What would mean most",
        choices=Wants.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    amount = sum_of_money("A sum, if they named one", required=False)
    behind_it = forms.CharField(
        label="What is behind it, and what would come close",
        widget=forms.Textarea({"rows": 2}),
        required=False,
        help_text="For a wish that looks too big: there is often another way to it.",
    )


class HeardWasEnough(BeforeAgreement):
    name = "heard_was_enough"
    title = "Being heard was enough"
    lead = "Some people just want us to know. That is complete, and costs nothing."
    button = "It was enough"
    said = "That is a good ending."


class HelpElsewhere(BeforeAgreement):
    name = "help_elsewhere"
    title = "Somebody else can help them"
    lead = "Not something we do: find who does, and make sure that they will."
    button = "They are helped"
    said = "Helped elsewhere. That counts as success."

    who = forms.CharField(label="Who helps them", max_length=200)


class Bend(Step):
    name = "bend"
    title = "Bend a rule this once"
    lead = "It costs less than losing {name}. It is counted, so that a rule bent often is changed."
    button = "Bend it"
    said = "Bent, this once."

    rule = OneOf(label="Which rule")
    why = forms.CharField(label="Why, this time", max_length=300)

    def prepare(self):
        self.fields["rule"].offer(self.page.rules)

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and bool(page.rules)


class MakeOffer(LetterStep, LinesForm):
    name = "offer"
    letter, held_to = "offer", ()
    title = "Put an offer together for {name}"
    button = "Put it to {name}"
    said = "Your offer is on its way."
    template = "desk/recovery/offer.html"

    words = words("What you say with it", rows=2, required=False)
    no_extra_why = forms.CharField(
        label="Why there is nothing extra this time", max_length=200, required=False
    )
    is_first_move = forms.BooleanField(
        label="This is a first move: it cannot wait until they are asked", required=False
    )
    even_so = forms.BooleanField(label="I have thought about it: offer it even so", required=False)

    def __init__(self, page, data=None, **kwargs):
        super().__init__(page, data, place=page.recovery.place, **kwargs)
        wants = page.recovery.customer.wants
        self.money_last = wants not in ("", Wants.PUT_RIGHT)

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and page.unsettled is None

    def clean(self):
        given = super().clean()
        lines = self.given() if "lines" in given and not self.errors else []
        self._sums_are_named(lines)
        self.warning = self._too_much(lines)
        if self.warning and not given.get("even_so"):
            self.add_error(None, self.warning)
        return given

    @property
    def terms(self):
        """What the journey's offer is given."""
        given = {name: self.cleaned_data[name] for name in ("words", "no_extra_why")}
        return {**given, "lines": self.given(), "is_first_move": self.cleaned_data["is_first_move"]}

    def _sums_are_named(self, lines):
        for line in lines:
            if line.remedy.is_money and line.value is None:
                self.add_error(f"value_{line.remedy.ref}", "How much? Write the sum.")

    def _too_much(self, lines):
        worth = sum((line.value or Decimal(0) for line in lines), Decimal(0))
        return too_much(given=worth, asked=self.page.asked, price=self.page.price)

    @property
    def has_extra(self):
        return any(remedy.side == Side.EXTRA for remedy in self.fields["lines"].queryset)


class AnswerToOffer(Step):
    """What they told us by word of mouth; mostly they answer on their own page."""

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and page.open_offer is not None


class Accept(AnswerToOffer):
    name = "accept"
    title = "{name} said yes to the offer"
    button = "{name} said yes"
    said = "Agreed. Each line is a promise now."


class Counter(AnswerToOffer):
    name = "counter"
    title = "{name} would like something else"
    button = "Write it down"
    said = "Written down. Put a better one together."

    words = words("What would be better, in their words")


class Decline(AnswerToOffer):
    name = "decline"
    title = "{name} said no to the offer"
    button = "They said no"
    said = "Written down."

    words = words("What they said", required=False)


class Withdraw(Step):
    name = "withdraw"
    title = "Take the offer back, for a better one"
    button = "Take it back"
    said = "Taken back. Put a better one in its place."

    @classmethod
    def is_open_to(cls, page):
        return super().is_open_to(page) and page.unsettled is not None
