"""Settings of a business and its places: where, when open, who works there and on which shifts."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.desk.fields import (
    CurrencyField,
    StretchesField,
    WeekForm,
    ZoneField,
    posted,
    words_kept,
)
from amends.kit.clock import now
from amends.kit.pages import answer, find
from amends.people import setting_up
from amends.people.models import Business, Person, Place
from amends.people.roster import team


class BusinessForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    accent = forms.CharField(label="Colour", widget=forms.TextInput({"type": "color"}))
    currency = CurrencyField(label="Currency")
    sender_name = forms.CharField(
        label="Letters come from", max_length=120, required=False, help_text="Else from the name."
    )
    mail_address = forms.EmailField(label="E-mail address customers know", required=False)


class LogoForm(forms.Form):
    logo = forms.FileField(label="Logo", help_text="PNG, JPEG or WebP. We draw it small.")


class PlaceForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    timezone = ZoneField(label="Time zone", initial="Europe/London")
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    street = forms.CharField(label="Street and town", max_length=240, required=False)
    mail_address = forms.EmailField(label="E-mail address", required=False)


class SpecialDayForm(forms.Form):
    on = forms.DateField(label="Date", widget=forms.DateInput({"type": "date"}))
    name = forms.CharField(label="What it is", max_length=80, required=False)
    stretches = StretchesField(label="Hours", help_text="Leave empty when closed all day.")
    use_required_attribute = False

    def __init__(self, given=None):
        super().__init__(given, auto_id="special_%s")


class WorkForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label="Who", empty_label=None)

    def __init__(self, given=None, *, place, seer):
        super().__init__(given)
        colleagues = Person.objects.active().visible_to(seer)
        who: Any = self.fields["person"]
        who.queryset = colleagues.exclude(work__place=place)


def places(request):
    seen = Place.objects.visible_to(request.user).with_hours().select_related("business")
    businesses: dict[Business, list[Place]] = {found: [] for found in _businesses(request)}
    for found in seen:
        businesses.setdefault(found.business, []).append(found)
    return answer(request, "desk/settings/places.html", businesses=businesses)


def open_place(request, ref):
    business = find(_businesses(request), ref=ref)
    form = PlaceForm(posted(request))
    to = ""
    if form.is_valid():
        with words_kept(form):
            opened = setting_up.open_place(business, by=request.user, **form.cleaned_data)
            to = reverse("desk:place", args=[opened.ref])
    return answer(request, "desk/settings/open_place.html", form=form, to=to, business=business)


def found_business(request):
    form = BusinessForm(posted(request), initial={"accent": "#2f6f5e", "currency": "GBP"})
    if form.is_valid():
        with words_kept(form):
            setting_up.found_business(by=request.user, **form.cleaned_data)
    return answer(request, "desk/settings/business.html", form=form, to="desk:places")


def business(request, ref):
    found = find(_businesses(request), ref=ref)
    form = BusinessForm(posted(request), initial=vars(found))
    if form.is_valid():
        with words_kept(form):
            setting_up.change_business(found, by=request.user, **form.cleaned_data)
            messages.success(request, f"{found} is kept.")
    more = {"business": found, "logo_form": LogoForm()}
    return answer(request, "desk/settings/business.html", form=form, **more)


@require_POST
def logo(request, ref):
    found = find(_businesses(request), ref=ref)
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        with words_kept(form):
            setting_up.put_up_logo(found, form.cleaned_data["logo"].read(), by=request.user)
            messages.success(request, "Customers see the new logo from now on.")
    to = reverse("desk:business", args=[ref])
    return answer(request, "desk/settings/logo.html", form=form, to=to, business=found)


def place(request, ref):
    found = _place(request, ref)
    form = PlaceForm(posted(request), initial=vars(found))
    if form.is_valid():
        with words_kept(form):
            setting_up.change_place(found, by=request.user, **form.cleaned_data)
            messages.success(request, f"{found} is kept.")
    return _place_page(request, found, details=form)


@require_POST
def hours(request, ref):
    found = _place(request, ref)
    form = WeekForm(request.POST)
    if form.is_valid():
        with words_kept(form):
            setting_up.set_hours(found, form.week, by=request.user)
            messages.success(request, "The opening hours are kept.")
    return _place_page(request, found, week=form)


@require_POST
def special_day(request, ref):
    found = _place(request, ref)
    form = SpecialDayForm(request.POST)
    if form.is_valid():
        with words_kept(form):
            setting_up.set_special_day(found, by=request.user, **form.cleaned_data)
            messages.success(request, "The special day is kept.")
    return _place_page(request, found, special=form)


@require_POST
def forget_special_day(request, ref, on):
    try:
        day = date.fromisoformat(on)
    except ValueError as no_date:
        raise Http404 from no_date
    setting_up.forget_special_day(_place(request, ref), day, by=request.user)
    return redirect("desk:place", ref)


@require_POST
def put_to_work(request, ref):
    found = _place(request, ref)
    form = WorkForm(request.POST, place=found, seer=request.user)
    if form.is_valid():
        with words_kept(form):
            setting_up.put_to_work(form.cleaned_data["person"], found, by=request.user)
    return _place_page(request, found, work=form)


@require_POST
def take_off(request, ref, person):
    found = _place(request, ref)
    setting_up.take_off(_colleague(request, found, person), found, by=request.user)
    return redirect("desk:place", ref)


def shifts(request, ref, person):
    found = _place(request, ref)
    somebody = _colleague(request, found, person)
    rows = found.shifts.filter(person=somebody).values_list("weekday", "starts", "ends")
    form = WeekForm(posted(request), week=rows)
    if form.is_valid():
        with words_kept(form):
            setting_up.set_shifts(somebody, found, form.week, by=request.user)
            messages.success(request, f"The shifts of {somebody} are kept.")
    context = {"place": found, "person": somebody, "may_change": request.user.manages(found)}
    to = reverse("desk:place", args=[ref])
    return answer(request, "desk/settings/shifts.html", form=form, to=to, **context)


def _place_page(request, found, **sent):
    """The page with all its forms; the one that was sent comes with what is wrong in it."""
    page = {
        "place": found,
        "may_change": request.user.manages(found),
        "days": found.special_days.filter(on__gte=now().date()),
        "people": team(found, at=now()),
        **_forms_of(found, seer=request.user),
        **sent,
    }
    (form,) = sent.values()
    to = reverse("desk:place", args=[found.ref])
    return answer(request, "desk/settings/place.html", form=form, to=to, **page)


def _forms_of(place, *, seer):
    return {
        "details": PlaceForm(initial=vars(place)),
        "week": WeekForm(week=place.opening_hours.values_list("weekday", "opens", "closes")),
        "special": SpecialDayForm(),
        "work": WorkForm(place=place, seer=seer),
    }


def _place(request, ref):
    return find(Place.objects.visible_to(request.user).select_related("business"), ref=ref)


def _colleague(request, place, ref):
    return find(Person.objects.visible_to(request.user).working_at(place), ref=ref)


def _businesses(request):
    seen = Business.objects.all()
    return seen if request.user.sees_every_place else seen.none()
