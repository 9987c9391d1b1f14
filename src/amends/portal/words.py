"""More words and photos, «it is not fixed», «it is put right», and «a person, please»."""

from amends.kit.pages import refusals_on
from amends.portal.door import step
from amends.portal.questions import NotFixedForm, PersonForm, WordsForm
from amends.portal.showing import shown
from amends.recovery import journey
from amends.recovery.reading import Meaning

NOT_FIXED = "It is not fixed."
PUT_RIGHT = "It is put right. Thank you."


@step
def add(request, link):
    form = WordsForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            journey.customer_wrote(link.recovery, channel="page", **form.cleaned_data)
    return shown(request, link, "words", "letters", "next", said="words", words_form=form)


@step
def not_fixed(request, link):
    form = NotFixedForm(request.POST)
    if form.is_valid():
        said = f"{NOT_FIXED} {form.cleaned_data['words']}".strip()
        with refusals_on(form):
            journey.customer_wrote(
                link.recovery, words=said, channel="page", meaning=Meaning.NOT_FIXED
            )
    changed = ("not_fixed", "next", "letters", "returned")
    return shown(request, link, *changed, said="not_fixed", not_fixed_form=form)


@step
def put_right(request, link):
    journey.customer_wrote(link.recovery, words=PUT_RIGHT, channel="page", meaning=Meaning.THANKS)
    return shown(request, link, "returned", "letters", said="thanks")


@step
def person(request, link):
    form = PersonForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.person_please(link.recovery, words=form.cleaned_data["words"])
    return shown(request, link, "person", "next", "letters", said="person", person_form=form)
