"""The public form as a form: free words first, the rest if they like, and traps for machines."""

import re

from django import forms

from amends.kit.clock import now
from amends.kit.refs import new_ref
from amends.kit.signing import sign, verify
from amends.portal.photos import WithPhotos
from amends.recovery.journey.told import Told

KEY = re.compile(r"([0-9a-z]{10})\.([0-9]{10})\.([0-9a-z]{16})")
PURPOSE = "complaint-form"
QUICKEST, OLDEST = 3, 24 * 60 * 60  # seconds
TOO_QUICK = "That was very quick. Your words are still here: please send them once more."
TOO_OLD = (
    "This page was open for a long time. Your words are still here: please send them once more."
)


def new_key():
    """Made when the form is shown: the reference it will have, the moment, our signature."""
    told = f"{new_ref()}.{int(now().timestamp())}"
    return f"{told}.{sign(told, PURPOSE)}"


class TellForm(WithPhotos):
    words = forms.CharField(
        label="What happened?",
        max_length=20_000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Please tell us what happened. A few words will do."},
    )
    happened_at = forms.DateTimeField(
        label="When was it?",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    number = forms.CharField(label="Table or order number", max_length=40, required=False)
    name = forms.CharField(
        label="Your name",
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_happened_at(self):
        at = self.cleaned_data["happened_at"]
        if at and at > now():
            raise forms.ValidationError("That day is still to come.")
        return at

    def clean(self):
        """A machine gives up here; a person sends once more, and nothing they wrote is lost."""
        given = super().clean()
        ref, age = self._read_key()
        if not ref or age > OLDEST:
            self._start_again()
            self.add_error(None, TOO_OLD)
        elif age < QUICKEST or given.get("website"):
            self._start_again(key=self.data["key"])
            self.add_error(None, TOO_QUICK)
        self.ref = ref
        return given

    @property
    def told(self):
        given = self.cleaned_data
        names = ("words", "name", "email", "phone", "number", "happened_at", "photos")
        return Told(**{name: given[name] for name in names})

    def _read_key(self):
        found = KEY.fullmatch(self.data.get("key", ""))
        if not found or not verify(f"{found[1]}.{found[2]}", found[3], PURPOSE):
            return "", 0
        return found[1], now().timestamp() - int(found[2])

    def _start_again(self, key=""):
        self.data = self.data.copy()
        self.data["key"], self.data["website"] = key or new_key(), ""
