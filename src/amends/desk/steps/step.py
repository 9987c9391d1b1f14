"""A step as a form: what it asks, what the page calls it, and when it can be taken at all."""

from django import forms
from django.forms.utils import ErrorDict
from django.urls import reverse

from amends.remedies.remedy import Remedy

REQUIRED = forms.Field.default_error_messages["required"]


class Step(forms.Form):
    """Drawn on the recovery's page and taken by the view of the same name.

    `page` is the RecoveryPage; `about` is what the step is on when that is not the recovery
    itself: a promise, an idea, a restatement.
    """

    name = ""
    title = ""
    button = ""
    lead = ""
    said = "Done."
    template = "desk/recovery/step.html"

    def __init__(self, page, data=None, *, about=None, **kwargs):
        self.page, self.about = page, about
        self.on = about or page.recovery
        super().__init__(data, auto_id=f"{self.key}-%s", **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == REQUIRED:
                field.error_messages["required"] = "Please fill this in."
        self.prepare()

    def prepare(self):
        """Fill in choices and first words; the page knows the people, remedies and rules."""

    @classmethod
    def is_open_to(cls, page):
        """Whether the step makes sense as things stand. The journey still has the last word."""
        return page.recovery.closed_at is None

    @property
    def key(self):
        return f"{self.name}-{self.about.ref}" if self.about else self.name

    @property
    def url(self):
        return reverse(f"desk:{self.name}", args=[self.on.ref])

    @property
    def heading(self):
        return self.title.format(name=self.page.first)

    @property
    def press(self):
        return self.button.format(name=self.page.first)

    @property
    def told(self):
        return self.lead.format(name=self.page.first)

    @property
    def flash(self):
        return self.said.format(name=self.page.first)


class LetterStep(Step):
    """A step whose words go to the customer: stopped when they have written meanwhile, and read by
    the coach. `letter` is the one it becomes, `held_to` what a whole letter of the kind has in it."""

    letter = "answer"
    held_to: tuple[str, ...] = ("missing_name",)
    coached = None

    heard = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self):
        self.initial["heard"] = self.page.last_heard

    @property
    def coach_url(self):
        about = f"?about={self.about.ref}" if self.about else ""
        return reverse("desk:coach", args=[self.page.recovery.ref, self.name]) + about

    def as_written(self, coached):
        """The form with its words as they stand: nothing was asked of it, so nothing is wrong."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        self.data = self.data.copy()
        self.data["words"], self.coached = coached.draft, coached
        return self

    def clean(self):
        given = super().clean()
        known = given.pop("heard", None)
        if known is not None and self.page.last_heard > known:
            self.data = self.data.copy()
            self.data["heard"] = self.page.last_heard
            self.add_error(
                None,
                f"{self.page.first} wrote again while you were writing. Read it first; your own "
                "words are kept below.",
            )
        return given


class OneOf(forms.ChoiceField):
    """One of the rows already fetched; the step is given the row itself."""

    def __init__(self, *, empty="Choose", **kwargs):
        super().__init__(**kwargs)
        self.empty, self.rows = empty, {}

    def offer(self, rows):
        self.rows = {row.ref: row for row in rows}
        first = [] if self.empty is None else [("", self.empty)]
        self.choices = first + [(ref, str(row)) for ref, row in self.rows.items()]

    def clean(self, value):
        return self.rows.get(super().clean(value))


class SomeOf(forms.MultipleChoiceField):
    """Some of the rows already fetched; the step is given the rows themselves."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.rows = {}

    def offer(self, rows):
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(pk, str(row)) for pk, row in self.rows.items()]

    def clean(self, value):
        return [self.rows[pk] for pk in super().clean(value)]


def words(label, *, rows=3, **more):
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **more)


def chips(label, choices, **more):
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def first_move():
    """A remedy to put to somebody before they have asked; the form says which there are."""
    return forms.ModelChoiceField(
        Remedy.objects.none(),
        label="A first move",
        to_field_name="ref",
        required=False,
        empty_label="None: sorry is enough for now",
    )


def sum_of_money(label, **more):
    widget = forms.NumberInput({"inputmode": "decimal", "step": "0.01"})
    return forms.DecimalField(
        label=label, min_value=0, max_digits=12, decimal_places=2, widget=widget, **more
    )


def moment(label, **more):
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        **more,
    )


def day(label, **more):
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more
    )
