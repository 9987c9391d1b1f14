"""An idea from a customer: kept, passed on, and answered (S1-13); named only with leave."""

from amends.kit.pages import refusals_on
from amends.portal.door import step
from amends.portal.questions import IdeaForm
from amends.portal.showing import shown
from amends.recovery import journey


@step
def idea(request, link):
    form = IdeaForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.give_idea(link.recovery, **form.cleaned_data)
    return shown(request, link, "ideas", "next", said="idea", idea_form=form)
