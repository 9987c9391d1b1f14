"""Settings, from above: what can be decided here, and what it is now."""

from amends.desk.outbox import to_look_at
from amends.kit.pages import answer
from amends.people.models import Person, Place
from amends.recovery.letters import names
from amends.remedies.models import Remedy, Rule
from amends.signals.models import Watch


def settings(request):
    seen = {
        "places": Place.objects.visible_to(request.user).count(),
        "people": Person.objects.active().visible_to(request.user).count(),
        "remedies": Remedy.objects.filter(is_active=True).count(),
        "rules": Rule.objects.filter(is_active=True).count(),
        "watches": Watch.objects.filter(is_on=True).count(),
        "letters": len(names()),
        "to_look_at": to_look_at(request.user),
    }
    return answer(request, "desk/settings/index.html", **seen)
