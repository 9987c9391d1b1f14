"""«Leave me be»: asked once more, then kept to (T14)."""

from django.shortcuts import render

from amends.kit.pages import lead
from amends.portal.door import for_the_customer, page_of
from amends.portal.looks import look_of
from amends.portal.story import Story
from amends.recovery import journey


@for_the_customer
def leave_me_be(request, link):
    if request.method == "POST":
        journey.leave_me_be(link.recovery, everywhere=link.is_proven)
        return lead(request, f"{page_of(link)}?said=peace")
    story = Story(link)
    look = look_of(story.recovery.place.business)
    return render(
        request, "portal/leave_me_be.html", {**look, "story": story, "back": page_of(link)}
    )
