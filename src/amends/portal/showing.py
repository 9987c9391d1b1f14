"""Shows a customer's page: whole, or the parts that a step has changed."""

from amends.kit.pages import answer
from amends.portal.door import page_of
from amends.portal.looks import look_of
from amends.portal.next_steps import coming, questions, steps
from amends.portal.questions import (
    BetterForm,
    CorrectForm,
    DeclineForm,
    IdeaForm,
    NotFixedForm,
    PersonForm,
    SwapForm,
    TrustForm,
    WishForm,
    WordsForm,
)
from amends.portal.story import Story
from amends.remedies.remedy import Side

TEMPLATE = "portal/page.html"
# What has just been done, for the page that is shown after it.
SAID = (
    "told",
    "words",
    "thanks",
    "wish",
    "person",
    "not_fixed",
    "idea",
    "trust",
    "swap",
    "yes",
    "peace",
)


def shown(request, link, *fragments, said="", **forms):
    """The page after a step; a refused form comes back with its words, in its own place."""
    form = next(iter(forms.values()), None)
    refused = {name: form for name, form in forms.items() if form.is_bound and form.errors}
    to = f"{page_of(link)}{'?said=' + said if said else ''}#{fragments[0] if fragments else 'main'}"
    said = "" if refused else said
    context = showing(Story(link), said=said, **refused)
    return answer(request, TEMPLATE, fragments, form=form, to=to, **context)


def showing(story, *, said="", **refused):
    """All that the page needs; forms are fresh unless one was refused."""
    return {
        **look_of(story.recovery.place.business),
        **_questions(story),
        **refused,
        "story": story,
        "place": story.recovery.place,
        "token": story.link.opened_with,
        "next": coming(story),
        "asked": questions(story),
        "steps": steps(story),
        "sides": _sides(story, refused.get("swap_form")),
        "said": said if said in SAID else "",
    }


def _questions(story):
    return {
        "correct_form": CorrectForm(),
        "wish_form": WishForm(story=story),
        "better_form": BetterForm(),
        "decline_form": DeclineForm(),
        "words_form": WordsForm(),
        "not_fixed_form": NotFixedForm(),
        "person_form": PersonForm(),
        "trust_form": TrustForm(),
        "idea_form": IdeaForm(),
    }


def _sides(story, refused):
    """The lines of the offer, put back first; an extra may be changed for another."""
    offer = story.open_offer
    if offer is None:
        return []
    lines = {Side.PUT_BACK: [], Side.EXTRA: []}
    for line in offer.lines.all():
        line.offer = offer
        if line.side == Side.EXTRA:
            mine = refused is not None and refused.line == line
            line.swap_form = refused if mine else SwapForm(line=line)
        lines[line.side].append(line)
    names = {Side.PUT_BACK: "To put it right", Side.EXTRA: "And something extra"}
    return [(names[side], lines[side]) for side in lines if lines[side]]
