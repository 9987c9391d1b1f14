"""«What would you think would be fair?» Asked, never assumed (S0-08, S4-15)."""

from amends.kit.pages import refusals_on
from amends.portal.door import step
from amends.portal.questions import WishForm
from amends.portal.showing import shown
from amends.portal.story import Story
from amends.recovery import journey


@step
def wish(request, link):
    form = WishForm(request.POST, story=Story(link))
    if form.is_valid():
        told = form.cleaned_data
        with refusals_on(form):
            journey.wish(link.recovery, words=told["words"], wants=told["wants"])
    return shown(request, link, "wishes", "next", "offer", said="wish", wish_form=form)
