"""The lines of an offer as a form: what puts it back, what is extra; each with our words and its worth."""

from django import forms

from amends.recovery.offer import LineGiven
from amends.remedies.remedy import Remedy, Side

SIDES = {Side.PUT_BACK: "Put it back as it should have been", Side.EXTRA: "Something extra"}


class LinesForm(forms.Form):
    """Tick what to give; the worth and the words of a line may be changed where it is ticked."""

    money_last = False  # for whom something other than money means most (S1-10)

    lines = forms.ModelMultipleChoiceField(
        Remedy.objects.none(),
        to_field_name="ref",
        error_messages={"required": "Choose at least one thing to offer."},
    )
    words = forms.CharField(label="What you say with it", widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, place, side=None, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Remedy.objects.offered_at(place)
        self.fields["lines"].queryset = offered.filter(side=side) if side else offered
        for remedy in self.fields["lines"].queryset:
            self.fields[f"value_{remedy.ref}"] = forms.DecimalField(
                label="Worth", required=False, min_value=0, decimal_places=2, initial=remedy.value
            )
            self.fields[f"words_{remedy.ref}"] = forms.CharField(
                label="In our words", required=False, max_length=300, initial=remedy.words
            )

    @property
    def sides(self):
        """Put back first, then extra: (what the side is called, its lines)."""
        remedies = list(self.fields["lines"].queryset)
        if self.money_last:
            remedies.sort(key=lambda remedy: remedy.is_money)
        lines = [self._line(remedy) for remedy in remedies]
        sides = [
            (name, [x for x in lines if x["remedy"].side == side]) for side, name in SIDES.items()
        ]
        return [side for side in sides if side[1]]

    def given(self):
        return [
            LineGiven(
                remedy,
                words=self.cleaned_data[f"words_{remedy.ref}"],
                value=self.cleaned_data[f"value_{remedy.ref}"],
            )
            for remedy in self.cleaned_data["lines"]
        ]

    def _line(self, remedy):
        ticked = self.data.getlist("lines") if self.is_bound else self.initial.get("lines", ())
        return {
            "remedy": remedy,
            "ticked": remedy.ref in ticked,
            "value": self[f"value_{remedy.ref}"],
            "words": self[f"words_{remedy.ref}"],
        }
