"""What an owner may do with all we hold about a customer: take it out for them, or erase it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from amends.customers.customer import Customer
from amends.kit.clock import now
from amends.kit.pages import answer, find, refusals_on
from amends.recovery import journey
from amends.recovery.erasing import held
from amends.recovery.held import as_csv, as_json, held_of

PAGE = "desk/customers/erasure.html"
WRITTEN = {"json": (as_json, "application/json"), "csv": (as_csv, "text/csv; charset=utf-8")}


class EraseForm(forms.Form):
    """Nobody erases by a slip: the name is typed."""

    name = forms.CharField(label="Their name, as it stands above", max_length=200)

    def __init__(self, *args, customer, **kwargs):
        super().__init__(*args, **kwargs)
        self.customer = customer
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self):
        typed = self.cleaned_data["name"].strip()
        if typed.casefold() != self.customer.called.casefold():
            raise forms.ValidationError("This is not their name. Nothing was erased.")
        return typed


@require_http_methods(["GET", "POST"])
def erasure(request, ref):
    known = _owners(request, ref)
    form = EraseForm(request.POST or None, customer=known)
    if form.is_valid():
        with refusals_on(form):
            journey.erase_customer(known, by=request.user)
            messages.success(request, "Who this was is erased. The figures stay.")
    to = reverse("desk:customer", args=[known.ref])
    return answer(request, PAGE, form=form, to=to, customer=known, held=held(known))


@require_POST
def take_out(request, ref):
    """A file for the customer. That it was taken out is written down."""
    known = _owners(request, ref)
    how = request.POST.get("how", "")
    write, kind = WRITTEN.get(how, WRITTEN["json"])
    journey.took_out(known, by=request.user, at=now())
    response = HttpResponse(write(held_of(known)), content_type=kind)
    suffix = how if how in WRITTEN else "json"
    response["Content-Disposition"] = f'attachment; filename="{known.ref}.{suffix}"'
    return response


def _owners(request, ref):
    if not request.user.is_owner:
        raise PermissionDenied
    seen = Customer.objects.visible_to(request.user).prefetch_related("addresses")
    return find(seen.called_for(ref))
