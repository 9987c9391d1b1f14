"""«Have we understood you?»: the customer says yes, or puts us right (S4-08)."""

from amends.kit.pages import find, refusals_on
from amends.portal.door import step
from amends.portal.questions import CorrectForm
from amends.portal.showing import shown
from amends.recovery import journey


@step
def confirm(request, link, ref):
    journey.confirm(find(link.recovery.restatements.all(), ref=ref))
    return shown(request, link, "understanding", "next")


@step
def correct(request, link, ref):
    restatement = find(link.recovery.restatements.all(), ref=ref)
    form = CorrectForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.correct(restatement, words=form.cleaned_data["words"])
    return shown(request, link, "understanding", "next", correct_form=form)
