"""A customer: who they are, how to reach them, what they value and what they dislike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction

from amends.kit.claims import take_turns
from amends.kit.clock import now
from amends.kit.refs import new_ref
from amends.people.person import Person
from amends.people.place import Place

if TYPE_CHECKING:
    from datetime import date, datetime

GUEST = "A guest"


class AddressKind(models.TextChoices):
    EMAIL = "email", "e-mail"
    PHONE = "phone", "telephone"
    ID = "id", "their number in another system"


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, person: Person) -> CustomerQuerySet:
        """Customers are seen by the people of the places that know them."""
        if person.sees_every_place:
            return self
        known = Customer.places.through.objects.filter(place__in=person.places_seen())
        return self.filter(pk__in=known.values("customer_id"))

    def matching(self, words: str) -> CustomerQuerySet:
        """Search as you type: by name, or by the start of an address."""
        key = words.strip().lower().replace(" ", "")
        starts = Address.objects.filter(key__startswith=key).values("customer_id")
        return self.filter(models.Q(name__icontains=words.strip()) | models.Q(pk__in=starts))


class Customer(models.Model):
    """A person or account we serve. A name may come later: a guest at table 7 is a customer too."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=200, blank=True, db_index=True)
    known_as = models.CharField(max_length=200, blank=True)
    preferred_channel = models.CharField(max_length=30, blank=True)
    values = models.TextField(blank=True)
    dislikes = models.TextField(blank=True)
    places = models.ManyToManyField(Place, related_name="customers", blank=True)
    known_since = models.DateTimeField(default=now)
    left_in_peace_at = models.DateTimeField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)  # by an out-of-office answer

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.called

    @classmethod
    @transaction.atomic
    def met(
        cls,
        *,
        name: str = "",
        email: str = "",
        phone: str = "",
        outside_id: str = "",
        known_as: str = "",
        place: Place | None = None,
    ) -> Customer:
        """The customer these claims point to, or a new one. A typed address is a claim: it finds
        the record, and never changes a name that is already there. Two who tell of the same
        stranger at once meet one customer."""
        given = [
            (AddressKind.ID, outside_id),
            (AddressKind.EMAIL, email),
            (AddressKind.PHONE, phone),
        ]
        addresses = [(kind, value.strip()) for kind, value in given if value.strip()]
        take_turns(*(f"{kind} {key_of(kind, value)}" for kind, value in addresses))
        customer = next(filter(None, (cls.at(kind, value) for kind, value in addresses)), None)
        if customer is None:
            customer = cls._new(name, known_as, addresses)
        else:
            customer._known_again(name, addresses)
        if place is not None:
            customer.places.add(place)
        models.prefetch_related_objects([customer], "addresses")
        return customer

    @classmethod
    def _new(cls, name: str, known_as: str, addresses: list[tuple[AddressKind, str]]) -> Customer:
        customer = cls.objects.create(name=name.strip()[:200], known_as=known_as.strip()[:200])
        Address.objects.bulk_create(
            Address(customer=customer, kind=kind, key=key_of(kind, value), value=value[:320])
            for kind, value in addresses
        )
        return customer

    def _known_again(self, name: str, addresses: list[tuple[AddressKind, str]]) -> None:
        if name.strip() and not self.name:
            self.name = name.strip()[:200]
            self.save(update_fields=["name"])
        known = {(address.kind, address.key) for address in self.addresses.all()}
        for kind, value in addresses:
            if (kind, key_of(kind, value)) not in known:
                self.reachable_at(kind, value)

    @classmethod
    def at(cls, kind: str, value: str) -> Customer | None:
        """Whoever was last known at this address."""
        found = Address.objects.filter(kind=kind, key=key_of(kind, value)).order_by("-pk")
        address = found.select_related("customer").first()
        return address.customer if address else None

    def reachable_at(self, kind: str, value: str) -> Address:
        address, is_new = Address.objects.get_or_create(
            customer=self, kind=kind, key=key_of(kind, value), defaults={"value": value[:320]}
        )
        if is_new:  # what was fetched before says too little now
            getattr(self, "_prefetched_objects_cache", {}).pop("addresses", None)
        return address

    def leave_in_peace(self, *, at: datetime) -> None:
        self.left_in_peace_at = self.left_in_peace_at or at
        self.save(update_fields=["left_in_peace_at"])

    def is_away(self, until: date) -> None:
        self.away_until = until
        self.save(update_fields=["away_until"])

    def spoke_again(self) -> None:
        """Whoever asked for peace and then writes to us may be answered."""
        if self.left_in_peace_at:
            self.left_in_peace_at = None
            self.save(update_fields=["left_in_peace_at"])

    def described(
        self, *, name: str, values: str, dislikes: str, preferred_channel: str = ""
    ) -> None:
        self.name, self.values, self.dislikes = name.strip()[:200], values.strip(), dislikes.strip()
        self.preferred_channel = preferred_channel[:30]
        self.save(update_fields=["name", "values", "dislikes", "preferred_channel"])

    def dislikes_also(self, words: str) -> None:
        """Kept for next time: she will tell you that she does not like red lollipops (S0-16)."""
        words = words.strip()
        if words and words.lower() not in self.dislikes.lower():
            self.dislikes = f"{self.dislikes}\n{words}".strip()
            self.save(update_fields=["dislikes"])

    @property
    def email(self) -> str:
        return self._first(AddressKind.EMAIL)

    @property
    def phone(self) -> str:
        return self._first(AddressKind.PHONE)

    @property
    def called(self) -> str:
        """The name, or what the floor called them: «Guest at table 7»."""
        return self.name or self.known_as or GUEST

    @property
    def first_name(self) -> str:
        """The name to greet with; empty when we do not know it."""
        return self.name.split()[0] if self.name else ""

    def _first(self, kind: str) -> str:
        """Newest first, read from what was fetched so that lists need no further query."""
        found = [a for a in self.addresses.all() if a.kind == kind]
        return max(found, key=lambda a: a.pk).value if found else ""


class Address(models.Model):
    """A way to reach a customer. Families share mailboxes, so one address may have several."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind.choices)
    value = models.CharField(max_length=320)
    key = models.CharField(max_length=320)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"])]
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "key"], name="address_once")
        ]

    def __str__(self) -> str:
        return self.value


def key_of(kind: str, value: str) -> str:
    """How two spellings of one address are compared; the spelling itself is kept."""
    value = value.strip()[:320]
    if kind == AddressKind.EMAIL:
        return value.lower()
    if kind == AddressKind.PHONE:
        return "".join(c for c in value if c.isdigit() or c == "+")
    return value
