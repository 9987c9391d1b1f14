"""Arrivals: who is here and who is coming that we owe something; greeted by name, in minutes."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from amends.customers.call import Call
from amends.customers.customer import Customer
from amends.customers.visit import Visit
from amends.desk.customers import found as found_by
from amends.desk.huddle import huddle_pdf
from amends.kit.clock import now
from amends.kit.pages import answer, find, refusals_on
from amends.people.place import Place
from amends.recovery import journey
from amends.recovery.greeting import cards, sheets

PAGE = "desk/arrivals/list.html"
THIS_HOUR = timedelta(hours=1)


class IsHereForm(forms.Form):
    """Search, choose, say at which table: two taps."""

    customer = forms.ModelChoiceField(
        Customer.objects.none(),
        to_field_name="ref",
        error_messages={"required": "Who is it? Look for their name and choose them."},
    )
    place = forms.ModelChoiceField(Place.objects.none(), label="Where", empty_label=None)
    table = forms.CharField(label="Table or desk", max_length=40, required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["customer"].queryset = Customer.objects.visible_to(person)
        self.fields["place"].queryset = places = person.places_seen()
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.initial["place"] = places[0].pk


def arrivals(request):
    words = request.GET.get("q", "")
    people = found_by(request.user, words)
    return answer(request, PAGE, "arrivals", **_day(request.user), q=words, found=people)


@require_POST
def here(request):
    form = IsHereForm(request.POST, person=request.user)
    if form.is_valid():
        with refusals_on(form):
            visit = journey.is_here(**form.cleaned_data, by=request.user)
            messages.success(request, f"{visit.customer.called} is here.")
    return answer(request, PAGE, form=form, to="desk:arrivals", **_day(request.user, form))


@require_POST
def arrived(request, ref):
    visit = _visit(request, ref)
    journey.is_here(visit.customer, place=visit.place, table=visit.table, by=request.user)
    return answer(request, PAGE, "arrivals", to="desk:arrivals", **_day(request.user))


@require_POST
def greet(request, ref):
    visit = _visit(request, ref)
    journey.greet(visit, by=request.user)
    messages.success(request, f"{visit.customer.called} was greeted by name.")
    return answer(request, PAGE, "arrivals", to="desk:arrivals", **_day(request.user))


@require_POST
def left(request, ref):
    journey.left(_visit(request, ref), by=request.user)
    return answer(request, PAGE, "arrivals", to="desk:arrivals", **_day(request.user))


@require_POST
def rang_off(request, ref):
    ringing = find(Call.objects.visible_to(request.user), ref=ref)
    journey.rang_off(ringing, by=request.user)
    return answer(request, PAGE, "arrivals", to="desk:arrivals", **_day(request.user))


def huddle(request):
    """One sheet a place, to read aloud before the doors open."""
    places = request.user.places_seen()
    told = {"sheets": sheets(request.user, places, at=now()), "at": now()}
    return answer(request, "desk/arrivals/huddle.html", **told)


@require_safe
def printed(request):
    """The same sheets as a PDF, to print or to send on."""
    made = sheets(request.user, request.user.places_seen(), at=now())
    name = f"huddle-{timezone.localtime(now()):%Y-%m-%d}.pdf"
    told = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(huddle_pdf(made), content_type="application/pdf", headers=told)


def _day(person, form=None):
    """Everything the page shows, in a handful of queries however many are here."""
    at, until = now(), _midnight()
    here = Visit.objects.visible_to(person).here(at=at).with_people().order_by("arrived_at")
    visits = [*here, *_expected(person, at, until)]
    found = cards(person, visits, at=at)
    here = [card for card in found if card.visit.arrived_at]
    coming = [card for card in found if not card.visit.arrived_at]
    soon = [card for card in coming if card.owes and card.visit.expected_at <= at + THIS_HOUR]
    return {
        "at": at,
        "calling": _calling(person, at),
        "here": sorted((x for x in here if x.owes), key=lambda x: bool(x.visit.greeted_at)),
        "also_here": [card for card in here if not card.owes],
        "this_hour": soon,
        "later": [card for card in coming if card.owes and card not in soon],
        "others_coming": len([card for card in coming if not card.owes]),
        "is_here": form or IsHereForm(person=person),
    }


def _calling(person, at):
    """Who is on the telephone, as a card each: what hangs on a visit hangs on none of these."""
    ringing = list(Call.objects.visible_to(person).ringing(at=at).with_people())
    shown = [
        Visit(customer=call.customer, place=call.place, arrived_at=call.at) for call in ringing
    ]
    return list(zip(ringing, cards(person, shown, at=at), strict=True))


def _expected(person, at, until):
    coming = Visit.objects.visible_to(person).expected(at=at, until=until)
    return list(coming.with_people().order_by("expected_at"))


def _visit(request, ref):
    return find(Visit.objects.visible_to(request.user).with_people(), ref=ref)


def _midnight():
    start = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1)
