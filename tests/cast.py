"""The cast of the tests: a breakfast room, who works there, and who was let down. States are
reached by living the journey, never by filling columns."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from amends.customers.customer import Customer
from amends.people.business import Business
from amends.people.person import Person, Role, Work
from amends.people.place import OpeningHours, Place
from amends.recovery import journey, policy
from amends.recovery.journey.heard import WentWrong
from amends.recovery.offer import LineGiven
from amends.recovery.recovery import Recovery
from amends.remedies.remedy import Remedy

if TYPE_CHECKING:
    from amends.recovery.offer import Offer
    from amends.recovery.promise import Promise

STORY = "The bacon was greasy and tough, and there was no grapefruit juice."
RESTATED = "The bacon you came for was greasy, and the juice had run out."
SORRY = "I am sorry that your breakfast, the treat of your trip, was spoilt."
WISH = "A proper breakfast next time would be fair."


def business(name: str = "The Larder") -> Business:
    return Business.objects.get_or_create(name=name)[0]


def place(slug: str = "larder-bath", *, hours: bool = True, **more: Any) -> Place:
    """Open every day from eight to six, London time."""
    made, new = Place.objects.get_or_create(
        slug=slug, defaults={"name": "The Larder, Bath", "business": business(), **more}
    )
    if new and hours:
        OpeningHours.objects.bulk_create(
            OpeningHours(place=made, weekday=day, opens=time(8), closes=time(18))
            for day in range(7)
        )
    return made


def person(
    name: str, role: str = Role.FRONT_LINE, *, at: Place | None = None, password: str = ""
) -> Person:
    email = f"{name.lower().replace(' ', '.')}@larder.example"
    made, new = Person.objects.get_or_create(email=email, defaults={"name": name, "role": role})
    if new:
        made.set_password(password or None)
        made.save()
    if role in (Role.FRONT_LINE, Role.MANAGER):
        Work.objects.get_or_create(person=made, place=at or place())
    policy.start_with()
    return made


def ana() -> Person:
    """Serves breakfast."""
    return person("Ana Reyes")


def ben() -> Person:
    return person("Ben Okafor")


def mona() -> Person:
    """Manages the breakfast room."""
    return person("Mona Hart", Role.MANAGER)


def olive() -> Person:
    """Owns the business."""
    return person("Olive Grant", Role.OWNER)


def audrey() -> Person:
    """Reads everything, changes nothing."""
    return person("Audrey Penn", Role.AUDITOR)


def finch(**more: Any) -> Customer:
    told = {"name": "Robert Finch", "email": "robert@finch.example", "place": place(), **more}
    return Customer.met(**told)


def remedy(name: str) -> Remedy:
    policy.start_with()
    return Remedy.objects.get(name=name)


def line(name: str) -> LineGiven:
    chosen = remedy(name)
    return LineGiven(chosen, value=Decimal(20) if chosen.is_money else None)


def heard(*, by: Person | None = None, channel: str = "in person", **more: Any) -> Recovery:
    """A remark while paying: two things went wrong."""
    told = {
        "customer": finch(),
        "place": place(),
        "words": STORY,
        "failures": [
            WentWrong(words="Greasy, tough bacon", price=Decimal(20)),
            WentWrong(words="No grapefruit juice", severity=1),
        ],
        **more,
    }
    return journey.hear(by=by or ana(), channel=channel, **told)


def understood(**more: Any) -> Recovery:
    recovery = heard(**more)
    by = recovery.owner or ana()
    said = journey.restate(recovery, words=RESTATED, by=by, hurt_most="My one treat of the year.")
    journey.confirm(said)
    return fresh(recovery)


def sorry(**more: Any) -> Recovery:
    recovery = understood(**more)
    journey.apologise(recovery, words=SORRY, by=recovery.owner or ana())
    return fresh(recovery)


def wished(**more: Any) -> Recovery:
    recovery = sorry(**more)
    journey.wish(recovery, words=WISH)
    return fresh(recovery)


def offered(*names: str, by: Person | None = None, **more: Any) -> Offer:
    recovery = wished(**more)
    lines = [line(name) for name in names or ("Refund", "A handwritten note")]
    return journey.offer(recovery, lines=lines, by=by or recovery.owner or ana())


def agreed(*names: str, **more: Any) -> Recovery:
    offer = offered(*names, **more)
    journey.accept(offer)
    return fresh(offer.recovery)


def put_right(**more: Any) -> Recovery:
    recovery = agreed(**more)
    for promise in recovery.promises.open():
        journey.keep(promise, by=promise.owner)
    return fresh(recovery)


def asked_for_ana() -> tuple[Recovery, Promise]:
    """«Ask for me next time»: a promise that the next visit makes due."""
    recovery = agreed("Ask for me next time", "Refund")
    return recovery, recovery.promises.get(asks_for_owner=True)


def fresh(recovery: Recovery) -> Recovery:
    return Recovery.objects.with_people().get(pk=recovery.pk)
