"""Settings of worth: the owner's terms, and how well the last reckoning foretold what happened."""

from datetime import date
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.urls import reverse

from amends.customers.appraisal import Appraisal
from amends.customers.terms import Terms
from amends.desk.door import changed_by_owners
from amends.desk.fields import posted
from amends.desk.worth import between
from amends.kit.pages import answer, refusals_on
from amends.recovery import policy
from amends.worth.calculator import lifetime
from amends.worth.rung import Remark, in_words

PAGE = "desk/settings/worth.html"
NAMES = {"mbg": "MBG/NBD", "pareto": "Pareto/NBD"}


class TermsForm(forms.Form):
    margin_percent = forms.DecimalField(
        label="Of every 100 a customer pays, how much stays with you?",
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
        help_text="After goods and what serving them costs. Nobody else's figure would be right, "
        "so there is none to start from.",
    )
    rate_percent = forms.DecimalField(
        label="What does waiting a year cost you, in per cent?",
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
        help_text="What you pay for borrowed money, or could earn elsewhere with your own.",
    )
    years = forms.IntegerField(label="Over how many years", min_value=1, max_value=30)
    quarrel_percent = forms.DecimalField(
        label="Too small to quarrel over: less than how many per cent of the customer's worth",
        min_value=0,
        max_value=100,
        decimal_places=2,
    )

    def __init__(self, given=None, *, terms):
        super().__init__(given, initial=vars(terms))


class CalculatorForm(forms.Form):
    """Guesses of whoever asks; nothing of it is kept."""

    margin = forms.DecimalField(
        label="What stays with you of a year's custom", min_value=0, max_digits=12, decimal_places=2
    )
    keep = forms.DecimalField(
        label="Of 100 such customers, how many are still there a year later?",
        min_value=0,
        max_value=99,
        decimal_places=1,
    )
    rate = forms.DecimalField(
        label="What does waiting a year cost you, in per cent?",
        min_value=0,
        max_value=100,
        decimal_places=2,
    )

    @property
    def lifetime(self):
        given = self.cleaned_data
        brought = lifetime(
            float(given["margin"]), keep=float(given["keep"]) / 100, rate=float(given["rate"]) / 100
        )
        return Decimal(brought).quantize(Decimal(1))


@changed_by_owners
def worth(request):
    form = TermsForm(posted(request), terms=Terms.ours())
    if form.is_valid():
        with refusals_on(form):
            policy.set_terms(by=request.user, **form.cleaned_data)
            messages.success(request, "Kept. Sums are reckoned anew tonight.")
    appraisal = Appraisal.last()
    calculator = CalculatorForm(request.GET if "reckon" in request.GET else None)
    seen = {
        "terms": Terms.ours(),
        "appraisal": appraisal,
        "looked": _looked(appraisal),
        "again": _again(appraisal),
        "sums": _sums(appraisal),
        "calculator": calculator,
        "lifetime": calculator.lifetime if calculator.is_valid() else None,
        "currency": _currency(request.user),
    }
    return answer(request, PAGE, form=form, to=reverse("desk:worth"), **seen)


def _again(appraisal):
    """Of those who bought once, and of those who bought twice: the share who bought again, in words."""
    shares = appraisal.figures.get("again", []) if appraisal else []
    return [in_words(share) for share in shares[:2]]


def _sums(appraisal):
    """For each currency: what a typical new customer brings, and what has to be said beside sums."""
    figures = appraisal.figures if appraisal else {}
    newcomers = figures.get("newcomer", {})
    return [
        {
            "typical": between(newcomers[currency]["low"], newcomers[currency]["high"], currency),
            "remarks": [Remark(one).words for one in remarks],
        }
        for currency, remarks in figures.get("remarks", {}).items()
        if currency in newcomers
    ]


def _looked(appraisal):
    """What looking back has shown, ready for the page; nothing where there was too little."""
    told = appraisal.figures.get("looked_back") if appraisal else None
    if not told:
        return None
    trials = [
        {
            **trial,
            "name": NAMES[trial["model"]],
            "on": date.fromordinal(int(trial["cut"])),
            "chosen": trial["model"] == told["model"],
        }
        for trial in told["trials"]
    ]
    since = date.fromisoformat(told["picture"]["from"])
    return {"since": since, "points": told["picture"]["points"], "trials": trials}


def _currency(person):
    place = person.places_seen().select_related("business").first()
    return place.business.currency if place else "GBP"
