"""Who may change what. `by` is None for the operator at the command line, who may do anything."""

from collections.abc import Iterable

from amends.kit.errors import Impossible
from amends.people.person import Person, Role
from amends.people.place import Place

By = Person | None


class NotYours(Impossible):
    """The rule is not broken, the person is: somebody else may do this."""

    code = "not-allowed"


def only_owners(by: By) -> None:
    if by is not None and not (by.is_owner and by.is_active):
        raise NotYours("Only an owner may do this.")


def only_managers_of(place: Place, by: By) -> None:
    if by is not None and not by.manages(place):
        raise NotYours(f"Only those who manage {place} may do this.")


def only_those_over(person: Person, by: By) -> None:
    if by is not None and not is_over(person, by):
        raise NotYours(f"Only an owner, or who manages all places of {person}, may do this.")


def is_over(person: Person, by: Person) -> bool:
    """Owners are; and managers, over front-line people who work only at places they manage."""
    if by.is_owner and by.is_active:
        return True
    places = Place.objects.filter(work__person=person)
    return person.role == Role.FRONT_LINE and bool(places) and all(map(by.manages, places))


def may_invite(by: Person, *, role: str, places: Iterable[Place]) -> None:
    if role not in Role.values:
        raise Impossible("There is no such role.", code="no-such-role")
    if role in (Role.FRONT_LINE, Role.MANAGER) and not places:
        raise Impossible("Please say where they will work.", code="no-place")
    if by.is_owner and by.is_active:
        return
    if role != Role.FRONT_LINE or not all(map(by.manages, places)):
        raise NotYours("Managers invite front-line people to their own places.")
