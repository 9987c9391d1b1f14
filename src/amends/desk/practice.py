"""Practice: a story of nobody's, an answer to it, and everything the coach says. Leaves no trace."""

from functools import partial

from django import forms

from amends.desk.coached import AT_ONCE, WRITING, Coached
from amends.desk.steps.step import words
from amends.kit.pages import answer, wants_fragment
from amends.recovery import practising
from amends.recovery.practising import STORIES

PAGE, SAID = "desk/practice/show.html", "desk/coach/said.html"
EVERYTHING = 50


class AnswerForm(forms.Form):
    use_required_attribute = False

    words = words("Your answer", rows=8)


def practice(request):
    story = practising.story_called(request.GET.get("story", "")) or STORIES[0]
    coached = _coached(request, story) if request.method == "POST" else None
    url = f"{request.path}?story={story.name}"
    if coached and wants_fragment(request):
        return answer(request, SAID, stays=True, coached=coached, url=url)
    return answer(
        request,
        PAGE,
        stays=True,
        story=story,
        other=practising.story_after(story),
        coached=coached,
        url=url,
        written=AnswerForm(initial={"words": coached.draft if coached else ""}),
    )


def _coached(request, story):
    """Two notes at a time while one writes, as in earnest; when one looks, all of them."""
    writing = request.POST.get("coach") == WRITING
    look = partial(practising.look_at, story=story)
    return Coached(request.POST, look, at_once=AT_ONCE if writing else EVERYTHING)
