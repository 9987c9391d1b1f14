"""Notices: what one of us must know now, on top of every page until it is put away."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from amends.kit.pages import answer, find
from amends.recovery import journey
from amends.recovery.notice import About, Notice

AT_ONCE = 2  # banners on top of a page; the rest is one quiet line
LOOKED_AT = 20
PAGE = "desk/notices/list.html"
FIRST = [About.CALL, About.ARRIVAL, About.BROKEN, About.NOT_FIXED, About.APPROVAL, About.CLOCK]


def unseen(person):
    """Who is here before what is broken, what is broken before the rest; then the newest."""
    found = list(Notice.objects.unseen_by(person)[:LOOKED_AT])
    return sorted(found, key=lambda x: FIRST.index(x.about) if x.about in FIRST else len(FIRST))


def token(notices):
    """Changes when the banners do."""
    return "-".join(str(notice.pk) for notice in notices) or "none"


@require_GET
def notices(request):
    """Asked for quietly by every page of the desk."""
    found = unseen(request.user)
    if request.GET.get("seen") == token(found):
        return HttpResponse(status=204)
    return answer(request, PAGE, "now", all=found, **banners(found))


@require_POST
def see(request, pk):
    journey.see_notice(find(Notice.objects.filter(person=request.user), pk=pk), by=request.user)
    back = request.POST.get("back", "")
    to = back if back.startswith("/desk/") else "desk:today"
    return answer(request, PAGE, "now", to=to, **banners(unseen(request.user)))


def banners(found):
    return {"notices": found[:AT_ONCE], "more": len(found[AT_ONCE:]), "token": token(found)}
