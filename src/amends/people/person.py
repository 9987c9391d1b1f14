"""A person: somebody who works here, what they may do, and where."""

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from amends.kit.clock import now
from amends.kit.refs import RefField
from amends.people.place import Place

if TYPE_CHECKING:
    from amends.people.place import PlaceQuerySet


class Role(models.TextChoices):
    FRONT_LINE = "front_line", "Front line"
    MANAGER = "manager", "Manager"
    OWNER = "owner", "Owner"
    AUDITOR = "auditor", "Auditor"


class ByMail(models.TextChoices):
    """When what somebody has not seen on the desk is sent after them."""

    AT_ONCE = "at_once", "At once"
    HOURLY = "hourly", "Once an hour, all in one letter"
    MORNING = "morning", "In the morning, all in one letter"


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> "PersonQuerySet":
        return self.filter(is_active=True)

    def working_at(self, place: Place) -> "PersonQuerySet":
        return self.filter(work__place=place)

    def owners(self) -> "PersonQuerySet":
        return self.filter(role=Role.OWNER)

    def visible_to(self, person: "Person") -> "PersonQuerySet":
        """Owner and auditor see everybody, others themselves and who works where they do."""
        if not person.is_active:
            return self.none()
        if person.sees_every_place:
            return self
        together = Work.objects.filter(place__in=person.places_seen()).values("person")
        return self.filter(models.Q(pk__in=together) | models.Q(pk=person.pk))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Person":
        person: Person = self.get(email=lowered(username or ""))
        return person


class Person(AbstractBaseUser):
    """Somebody who works here. Signs in with an e-mail address; never deleted, only let go."""

    ref = RefField()
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.FRONT_LINE)
    phone = models.CharField(max_length=40, blank=True)
    notices_by_mail = models.CharField(max_length=8, choices=ByMail.choices, default=ByMail.HOURLY)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.email = lowered(self.email)

    @property
    def first_name(self) -> str:
        return self.name.split(maxsplit=1)[0] if self.name.strip() else self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Django's own admin site is not used; nobody enters it."""
        return False

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def is_manager(self) -> bool:
        """Owners may do whatever managers may."""
        return self.role in (Role.MANAGER, Role.OWNER)

    @property
    def is_auditor(self) -> bool:
        return self.role == Role.AUDITOR

    @property
    def may_write(self) -> bool:
        return self.is_active and not self.is_auditor

    @property
    def sees_every_place(self) -> bool:
        return self.role in (Role.OWNER, Role.AUDITOR)

    def places_seen(self) -> "PlaceQuerySet":
        return Place.objects.visible_to(self)

    def works_at(self, place: Place) -> bool:
        return self.work.filter(place=place).exists()

    def manages(self, place: Place) -> bool:
        """May change this place's people and hours, and say yes for it."""
        if not self.may_write or not self.is_manager:
            return False
        return self.is_owner or self.works_at(place)


class Work(models.Model):
    """Who works where."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="work")
    place = models.ForeignKey(Place, models.CASCADE, related_name="work")

    class Meta:
        verbose_name_plural = "work"
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="works_at_a_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.place}"


def lowered(email: str) -> str:
    """One spelling for an address, so that nobody signs up twice."""
    return email.strip().lower()
