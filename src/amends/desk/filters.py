"""What a list shows: only values we know are taken from the address; the rest falls back."""

from urllib.parse import urlencode

from amends.people.place import Place

WHOSE = {"me": "Mine", "place": "My places", "all": "Everyone"}


def chosen(request, name, allowed, default):
    """The value of ?name=… when it is one of those allowed."""
    value = request.GET.get(name, "")
    return value if value in allowed else default


def whose(request):
    """Whose work to show: mine, my places', or everyone's; owners and auditors begin with all."""
    return chosen(request, "for", WHOSE, "all" if request.user.sees_every_place else "place")


def my_places(person):
    """Where this person works themselves, whatever else they may see."""
    return Place.objects.filter(work__person=person)


def kept(**filters):
    """The query that keeps the filters, for links and forms: ?for=me&show=late."""
    return "?" + urlencode({name: value for name, value in filters.items() if value})
