"""Who works in the sample: a breakfast room and a gift shop, two places each, a dozen people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from amends.people import setting_up
from amends.people.business import Business
from amends.people.person import Person, Role
from amends.people.place import Place
from amends.recovery import policy
from amends.remedies.remedy import Kind, Remedy, Side
from amends.remedies.rule import Rule

PASSWORD = "amends-demo"  # noqa: S105 – printed for everyone who tries the sample
ZONE = "Europe/London"
DAILY, WORKDAYS = range(7), range(6)

BREAKFAST = [(day, time(7), time(14, 30)) for day in DAILY]
BREAKFAST_AND_SUPPER = BREAKFAST + [(day, time(17, 30), time(22)) for day in DAILY]
SHOP = [(day, time(9, 30), time(18)) for day in WORKDAYS]
STATION = [(day, time(6, 30), time(20, 30)) for day in DAILY]

# Whom to sign in as, and what they are there to show.
SIGN_INS = [
    ("Mona Hart", "manager of Larder Lane, Theatre Row"),
    ("Marcus Webb", "manager of Larder Lane, Riverside: a yes is asked of him"),
    ("Ana Reyes", "front line at Theatre Row: a guest has asked for her"),
    ("Dan Frost", "front line at Dove & Thistle: the gravy plate"),
    ("Olive Grant", "owner: sees and sets everything"),
    ("Audrey Penn", "auditor: reads everything, changes nothing"),
]

# name, role, places
STAFF = [
    ("Olive Grant", Role.OWNER, ()),
    ("Audrey Penn", Role.AUDITOR, ()),
    ("Mona Hart", Role.MANAGER, ("row",)),
    ("Marcus Webb", Role.MANAGER, ("river",)),
    ("Priya Nair", Role.MANAGER, ("high",)),
    ("Tom Ellery", Role.MANAGER, ("station",)),
    ("Ana Reyes", Role.FRONT_LINE, ("row",)),
    ("Ben Okafor", Role.FRONT_LINE, ("row", "river")),
    ("Cleo Marsh", Role.FRONT_LINE, ("river",)),
    ("Dan Frost", Role.FRONT_LINE, ("high",)),
    ("Ewa Nowak", Role.FRONT_LINE, ("high", "station")),
    ("Finn Doyle", Role.FRONT_LINE, ("station",)),
]


@dataclass(frozen=True)
class Town:
    """Places by a short name, people by their first name."""

    places: dict[str, Place]
    people: dict[str, Person]

    def __getattr__(self, first_name: str) -> Person:
        return self.people[first_name]


def settle() -> Town:
    """Found both businesses, open their places, hire everybody, fill the shelves."""
    larder = setting_up.found_business(
        name="Larder Lane", accent="#9a4a2c", sender_name="Larder Lane", by=None
    )
    doves = setting_up.found_business(
        name="Dove & Thistle", accent="#3b5f7d", sender_name="Dove & Thistle", by=None
    )
    places = {
        "row": _open(larder, "Larder Lane, Theatre Row", BREAKFAST),
        "river": _open(larder, "Larder Lane, Riverside", BREAKFAST_AND_SUPPER),
        "high": _open(doves, "Dove & Thistle, High Street", SHOP),
        "station": _open(doves, "Dove & Thistle, Station Arcade", STATION),
    }
    people = {
        name.split()[0].lower(): _hire(name, role, [places[p] for p in at])
        for name, role, at in STAFF
    }
    policy.start_with()
    _price_the_catalogue(larder, doves)
    Rule.objects.create(name="Returns within 90 days", words="Goods come back within 90 days.")
    Rule.objects.create(name="No split bills", words="One bill for each table.")
    return Town(places, people)


def _open(business: Business, name: str, week: list[tuple[int, time, time]]) -> Place:
    place = setting_up.open_place(business, name=name, timezone=ZONE, by=None)
    setting_up.set_hours(place, week, by=None)
    return place


def address_of(name: str) -> str:
    return f"{name.split()[0].lower()}@larder.example"


def _hire(name: str, role: str, places: list[Place]) -> Person:
    return setting_up.hire(
        address_of(name), name=name, role=role, places=places, password=PASSWORD, by=None
    )


def _price_the_catalogue(larder: Business, doves: Business) -> None:
    for name, value, cost in [
        ("Credit", 20, 20),
        ("An upgrade", 15, 6),
        ("A small gift", 8, 3),
        ("A handwritten note", 0, 1),
        ("Time with our expert", 0, 15),
        ("Ask for me next time", 0, 0),
        ("First in line next time", 0, 0),
        ("Thanks for the second trip", 10, 4),
    ]:
        Remedy.objects.filter(name=name).update(value=Decimal(value), cost=Decimal(cost))
    Remedy.objects.bulk_create(
        [
            Remedy(
                business=larder,
                kind=Kind.REDO,
                side=Side.PUT_BACK,
                name="A fresh plate, now",
                words="A fresh plate, straight from the kitchen.",
                value=12,
                cost=4,
                days=1,
            ),
            Remedy(
                business=larder,
                kind=Kind.REFUND,
                side=Side.PUT_BACK,
                name="Off the bill",
                words="It comes off your bill.",
                value=14,
                cost=14,
                days=1,
            ),
            Remedy(
                business=larder,
                kind=Kind.GIFT,
                side=Side.EXTRA,
                at_next_visit=True,
                name="Grapefruit juice, a large one",
                value=6,
                cost=2,
                words="A large grapefruit juice on the house, at your next breakfast.",
            ),
            Remedy(
                business=larder,
                kind=Kind.EXPERT_TIME,
                side=Side.EXTRA,
                days=30,
                name="A morning in the kitchen",
                value=0,
                cost=20,
                words="A morning with our cook, who shows you how we do it.",
            ),
            Remedy(
                business=doves,
                kind=Kind.REPLACE,
                side=Side.PUT_BACK,
                name="Replacement overnight",
                words="A new one, sent overnight at our cost.",
                value=38,
                cost=27,
                days=1,
            ),
            Remedy(
                business=doves,
                kind=Kind.GIFT,
                side=Side.EXTRA,
                days=3,
                name="Gift wrapping by hand",
                words="Wrapped by hand, with a card in your words.",
                value=5,
                cost=2,
            ),
        ]
    )
