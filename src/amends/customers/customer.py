"""A customer: who they are, how to reach them, what they value and what they dislike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q

from amends.customers.searching import INDEX, search
from amends.customers.spelling import findable, learnable
from amends.customers.telephone import key_of_number
from amends.customers.vocabulary import Word
from amends.customers.wants import Wants
from amends.kit.claims import take_turns
from amends.kit.clock import now
from amends.kit.countries import country_of
from amends.kit.ready import add, add_unnumbered, at_hand, ready
from amends.kit.refs import RefField
from amends.kit.word_index import WordIndex
from amends.people.person import Person
from amends.people.place import Place

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Self

GUEST = "A guest"


class AddressKind(models.TextChoices):
    EMAIL = "email", "e-mail"
    PHONE = "phone", "telephone"
    ID = "id", "their number in another system"


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, person: Person) -> Self:
        """Customers are seen by the people of the places that know them. Of several who turned out
        to be one, that one."""
        found = self.filter(merged_into=None)
        if person.sees_every_place:
            return found
        here = Customer.places.through.objects.filter(place__in=person.places_seen())
        return found.filter(models.Exists(here.filter(customer=models.OuterRef("pk"))))

    def called_for(self, ref: str) -> Self:
        """Whoever has this reference, or took over from whoever had it. Asked for by two keys, one
        after the other: both at once would read the whole table."""
        named = self.model.objects.filter(ref=ref).values_list("pk", "merged_into_id").first()
        return self.filter(pk=(named[1] or named[0]) if named else None)

    def matching(self, words: str) -> Self:
        """Search as you type: by names and all addresses, forgiving slips and accents; as many as
        anybody would read."""
        return self.filter(pk__in=search(self, words))


class Customer(models.Model):
    """A person or account we serve. A name may come later: a guest at table 7 is a customer too."""

    ref = RefField()
    name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    preferred_channel = models.CharField(max_length=30, blank=True)
    wants = models.CharField(max_length=10, choices=Wants.choices, blank=True)
    values = models.TextField(blank=True)
    dislikes = models.TextField(blank=True)
    word_of_mouth = models.TextField(blank=True)  # what they tell others, where they told us so
    places = models.ManyToManyField(Place, related_name="customers", blank=True)
    known_since = models.DateTimeField(default=now)
    left_in_peace_at = models.DateTimeField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)  # by an out-of-office answer
    # Hardly anybody is merged or erased: those few have an index of their own, or none.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    findable = models.TextField(blank=True, editable=False)  # the words that lead here

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["name"]),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="customer_merged",
            ),
            WordIndex(fields=["findable"], name=INDEX),
        ]

    def __str__(self) -> str:
        return self.called

    @classmethod
    @transaction.atomic(savepoint=False)
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
        country = country_at(place) if phone.strip() else ""
        addresses = [
            Address(kind=kind, key=key_of(kind, value, country=country), value=value.strip()[:320])
            for kind, value in given
            if value.strip()
        ]
        take_turns(*(_turn(address.kind, address.key) for address in addresses))
        customer = next(filter(None, (address.known_of() for address in addresses)), None)
        if customer is None:
            customer = cls._new(name, known_as, addresses)
        else:
            customer._known_again(name, addresses)
        if place is not None:
            customer.known_at(place)
        models.prefetch_related_objects([customer], "addresses")
        return customer

    @classmethod
    def will_be_met(cls, *, email: str) -> None:
        """Asked for along with the next question, in the same transaction as `met`."""
        if email.strip():
            key = key_of(AddressKind.EMAIL, email)
            take_turns(_turn(AddressKind.EMAIL, key))
            _latest_at.ahead(AddressKind.EMAIL, key)

    @classmethod
    def _new(cls, name: str, known_as: str, addresses: list[Address]) -> Customer:
        name, known_as = name.strip()[:200], known_as.strip()[:200]
        names, told = [name, known_as], [address.told for address in addresses]
        words = findable(names, told)
        customer = add(cls(name=name, known_as=known_as, findable=words))
        for address in addresses:
            address.customer = customer
            add_unnumbered(address)
        at_hand(customer, "addresses", addresses)
        Word.learn(learnable(names, told))
        return customer

    def _known_again(self, name: str, addresses: list[Address]) -> None:
        at_hand(self, "addresses", _addresses_of(self.pk))
        known = {(address.kind, address.key) for address in self.addresses.all()}
        new = [one for one in addresses if (one.kind, one.key) not in known]
        for address in new:
            address.customer = self
        Address.objects.bulk_create(new, ignore_conflicts=True)
        is_named = bool(name.strip()) and not self.name
        if is_named:
            self.name = name.strip()[:200]
            self.save(update_fields=["name"])
        if new or is_named:
            self.keep_findable()

    @classmethod
    def at(cls, kind: str, value: str, *, place: Place | None = None) -> Customer | None:
        """Whoever was last known at this address."""
        country = country_at(place) if kind == AddressKind.PHONE else ""
        return Address(kind=kind, key=key_of(kind, value, country=country)).known_of()

    def known_at(self, place: Place) -> None:
        known = Customer.places.through(customer_id=self.pk, place_id=place.pk)
        add_unnumbered(known, once=True)

    def reachable_at(self, kind: str, value: str) -> Address:
        country = country_at(self.places.first()) if kind == AddressKind.PHONE else ""
        key = key_of(kind, value, country=country)
        address, is_new = Address.objects.get_or_create(
            customer=self, kind=kind, key=key, defaults={"value": value.strip()[:320]}
        )
        if is_new:  # what was fetched before says too little now
            self.keep_findable()
        return address

    def keep_findable(self) -> None:
        """After names or addresses have changed: the words by which this customer is found, also
        those of whoever turned out to be the same."""
        getattr(self, "_prefetched_objects_cache", {}).pop("addresses", None)
        names = [self.name, self.known_as]
        for one in self.merged.all() if self.pk else ():
            names += [one.name, one.known_as]
        told = [address.told for address in self.addresses.all()]
        self.findable = "" if self.merged_into_id else findable(names, told)
        self.save(update_fields=["findable"])
        Word.learn(learnable(names, told))

    def goes_on_as(self) -> Customer:
        """Itself, or whoever it turned out to be."""
        return self.merged_into or self

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
        self,
        *,
        name: str,
        values: str,
        dislikes: str,
        preferred_channel: str = "",
        wants: str | None = None,
        word_of_mouth: str | None = None,
    ) -> None:
        """What is None stays as it is."""
        self.name, self.values, self.dislikes = name.strip()[:200], values.strip(), dislikes.strip()
        self.preferred_channel = preferred_channel[:30]
        changed = ["name", "values", "dislikes", "preferred_channel"]
        if wants is not None:
            self.wants = wants
            changed.append("wants")
        if word_of_mouth is not None:
            self.word_of_mouth = word_of_mouth.strip()
            changed.append("word_of_mouth")
        self.save(update_fields=changed)
        self.keep_findable()

    def means_most(self, wants: str) -> None:
        """What they said would mean most to them, kept for the next time (S1-10)."""
        if wants and wants != self.wants:
            self.wants = wants
            self.save(update_fields=["wants"])

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

    @property
    def with_us_since(self) -> date:
        """When we first knew them or they first bought. Lists fetch `rhythm` with them."""
        rhythm = getattr(self, "rhythm", None)
        known_on = self.known_since.date()
        return min(known_on, rhythm.first_on or known_on) if rhythm else known_on

    def _first(self, kind: str) -> str:
        """Newest first, read from what was fetched so that lists need no further query."""
        found = [a for a in self.addresses.all() if a.kind == kind]
        return max(found, key=lambda a: a.pk).value if found else ""


class Address(models.Model):
    """A way to reach a customer. Families share mailboxes, so one address may have several."""

    customer = models.ForeignKey(
        Customer, models.CASCADE, related_name="addresses", db_index=False
    )  # by its kind and key there
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

    @property
    def told(self) -> tuple[str, str, str]:
        return self.kind, self.key, self.value

    def known_of(self) -> Customer | None:
        """Whoever was last known at such an address."""
        address = _latest_at.first(self.kind, self.key)
        return address.customer.goes_on_as() if address else None


def _turn(kind: str, key: str) -> str:
    """Of two who bring the same stranger, one comes after the other."""
    return f"{kind} {key}"


@ready
def _latest_at(kind: str, key: str) -> models.QuerySet[Address]:
    found = Address.objects.filter(kind=kind, key=key).order_by("-pk")
    return found.select_related("customer__merged_into")[:1]


@ready
def _addresses_of(customer: int) -> models.QuerySet[Address]:
    return Address.objects.filter(customer=customer)


def key_of(kind: str, value: str, *, country: str = "") -> str:
    """How two spellings of one address are compared; the spelling itself is kept. A telephone
    number without its country's prefix is one of `country`."""
    value = value.strip()[:320]
    if kind == AddressKind.EMAIL:
        return value.lower()
    if kind == AddressKind.PHONE:
        return key_of_number(value, country=country)
    return value


def country_at(place: Place | None) -> str:
    """Where a number without a prefix rings: in the country of the place; of the first, where no
    place is meant."""
    at = place or Place.objects.order_by("pk").first()
    return country_of(at.timezone) if at else ""
