"""«Do you trust us again?» Asked, because coming back is not yet trusting (S3-20)."""

from amends.kit.pages import refusals_on
from amends.portal.door import step
from amends.portal.questions import TrustForm
from amends.portal.showing import shown
from amends.recovery import journey


@step
def trust(request, link):
    form = TrustForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.answer_trust(link.recovery, **form.cleaned_data)
    return shown(request, link, "returned", "next", said="trust", trust_form=form)
