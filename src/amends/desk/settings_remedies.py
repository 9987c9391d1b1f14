"""Settings of remedies: what can be put back and given on top, and the rules that may be bent."""

from django import forms
from django.contrib import messages

from amends.desk.door import changed_by_owners
from amends.desk.joining import posted
from amends.desk.steps.step import sum_of_money
from amends.kit.pages import answer, find, refusals_on
from amends.people.models import Business
from amends.recovery.offer import BENT_OFTEN, rules_counted
from amends.remedies import catalogue
from amends.remedies.remedy import Kind, Remedy, Side

LIST = "desk/settings/remedies.html"
PAGE, RULE = "desk/settings/remedy.html", "desk/settings/rule.html"
REASONS = 10


class RemedyForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    words = forms.CharField(
        label="In our words", max_length=300, required=False, help_text="What the customer reads."
    )
    kind = forms.ChoiceField(label="Kind", choices=Kind.choices)
    side = forms.ChoiceField(label="It is", choices=Side.choices, widget=forms.RadioSelect)
    value = sum_of_money(
        "Worth to the customer", required=False, help_text="What counts against authority."
    )
    cost = sum_of_money(
        "Cost to us",
        required=False,
        help_text="Seen by managers and owners, here only: not while somebody decides.",
    )
    days = forms.IntegerField(
        label="Promised within so many days", min_value=0, max_value=365, initial=3
    )
    at_next_visit = forms.BooleanField(label="Given at the next visit instead", required=False)
    business = forms.ModelChoiceField(
        Business.objects.none(), label="Who offers it", required=False, empty_label="All of us"
    )
    is_active = forms.BooleanField(label="On the menu", required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["business"].queryset = Business.objects.all()


class RuleForm(forms.Form):
    name = forms.CharField(label="The rule, in a few words", max_length=120)
    words = forms.CharField(label="What it says", max_length=300, required=False)
    is_active = forms.BooleanField(label="May be bent", required=False, initial=True)


def remedies(request):
    known = Remedy.objects.select_related("business")
    sides = [(side.label, [x for x in known if x.side == side]) for side in Side]
    rules = rules_counted()
    seen = {"sides": sides, "rules": rules, "often": BENT_OFTEN}
    return answer(request, LIST, currency=_currency(), **seen)


@changed_by_owners
def add_remedy(request):
    form = RemedyForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            remedy = catalogue.keep_remedy(None, by=request.user, **form.cleaned_data)
            messages.success(request, f"{remedy} is on the menu.")
    return answer(request, PAGE, form=form, to="desk:remedies")


@changed_by_owners
def remedy(request, ref):
    known = find(Remedy.objects.all(), ref=ref)
    initial = {name: getattr(known, name) for name in RemedyForm.base_fields}
    form = RemedyForm(posted(request), initial=initial)
    if form.is_valid():
        with refusals_on(form):
            catalogue.keep_remedy(known, by=request.user, **form.cleaned_data)
            messages.success(request, f"{known} is kept.")
    return answer(request, PAGE, form=form, to="desk:remedies", remedy=known, currency=_currency())


@changed_by_owners
def add_rule(request):
    form = RuleForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            rule = catalogue.keep_rule(None, by=request.user, **form.cleaned_data)
            messages.success(request, f"“{rule}” may be bent from now on, with a reason.")
    return answer(request, RULE, form=form, to="desk:remedies")


@changed_by_owners
def rule(request, ref):
    known = find(rules_counted(), ref=ref)
    form = RuleForm(posted(request), initial=vars(known))
    if form.is_valid():
        with refusals_on(form):
            catalogue.keep_rule(known, by=request.user, **form.cleaned_data)
            messages.success(request, f"“{known}” is kept.")
    bends = known.bends.select_related("by").order_by("-bent_at")[:REASONS]
    seen = {"rule": known, "bends": bends, "often": BENT_OFTEN}
    return answer(request, RULE, form=form, to="desk:remedies", **seen)


def _currency():
    return Business.objects.values_list("currency", flat=True).first() or "GBP"
