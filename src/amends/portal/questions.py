"""Every question a customer may be asked on their page, as a form."""

from django import forms

from amends.portal.photos import WithPhotos
from amends.recovery.followup import NextDoor, Trust
from amends.recovery.wish import Wants
from amends.remedies.remedy import Remedy

LONGEST = 20_000
MEANS = [
    (Wants.PUT_RIGHT, "To have it put right"),
    (Wants.TREATED, "To be treated well"),
    (Wants.TAKE_PART, "To help you do better"),
]


def words(label, *, required=True, rows=4, hint="", says="Please write a few words first."):
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=hint,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": says},
    )


class Question(forms.Form):
    """Several stand on one page, so each has ids of its own."""

    name = ""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **kwargs)


class CorrectForm(Question):
    name = "correct"
    words = words("What did we get wrong, or leave out?", says="Please tell us what we got wrong.")


class WishForm(Question):
    """Free words first; suggestions only if they help."""

    name = "wish"
    words = words("In your own words", required=False)
    likes = forms.ModelMultipleChoiceField(
        None, label="", required=False, to_field_name="ref", widget=forms.CheckboxSelectMultiple
    )
    wants = forms.ChoiceField(
        label="What would mean most to you?",
        required=False,
        choices=MEANS,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, story, **kwargs):
        super().__init__(*args, **kwargs)
        likes = self.fields["likes"]
        likes.queryset = Remedy.objects.offered_at(story.recovery.place)
        likes.choices = [(remedy.ref, remedy.name) for remedy in story.suggestions]

    def clean(self):
        given = super().clean()
        likes = [remedy.name for remedy in given.get("likes") or []]
        told = [
            given.get("words", "").strip(),
            "I would like: " + "; ".join(likes) if likes else "",
        ]
        given["words"] = "\n\n".join(part for part in told if part)
        if "only_heard" in self.data:
            given["wants"] = Wants.HEARD
        elif not given["words"]:
            self.add_error("words", "A word or two will do, or choose a suggestion.")
        return given


class BetterForm(Question):
    name = "better"
    words = words("What would be better?", says="Please tell us what would be better.")


class DeclineForm(Question):
    name = "decline"
    words = words("Would you like to say why?", required=False, rows=2)


class SwapForm(Question):
    remedy = forms.ModelChoiceField(
        None,
        label="Which would you like instead?",
        to_field_name="ref",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose one of these."},
    )
    dislike = forms.CharField(
        label="Is there something you do not care for?",
        help_text="We will remember it, so that nobody offers it to you again.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args, line, **kwargs):
        super().__init__(*args, auto_id=f"swap_{line.ref}_%s", **kwargs)
        self.line = line
        self.fields["remedy"].queryset = line.choices()


class WordsForm(WithPhotos, Question):
    name = "more"
    words = words("What would you like to add?", required=False, rows=3)
    field_order = ["words", "photos"]

    def clean(self):
        given = super().clean()
        photos = given.get("photos") or []
        if not given.get("words") and photos:
            given["words"] = "A photo." if len(photos) == 1 else f"{len(photos)} photos."
        if not given.get("words") and not self.errors:
            self.add_error("words", "A word or a photo, please.")
        return given


class NotFixedForm(Question):
    name = "not_fixed"
    words = words("What is still not right?", required=False, rows=2)


class PersonForm(Question):
    name = "person"
    words = words(
        "How and when may we reach you?",
        required=False,
        rows=2,
        hint="A telephone number, if you would like us to ring.",
    )


class TrustForm(Question):
    name = "trust"
    trust = forms.ChoiceField(
        label="Do you trust us again?",
        choices=Trust.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "A yes or a not yet is enough."},
    )
    next_door = forms.ChoiceField(
        label="If somebody just as good were next door?",
        choices=NextDoor.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="You need not say.",
    )
    words = words("Anything you would like to add?", required=False, rows=2)


class IdeaForm(Question):
    name = "idea"
    words = words("Your idea", rows=3, says="What is the idea?")
    may_be_named = forms.BooleanField(
        label="You may name me when you tell others about it", required=False
    )
