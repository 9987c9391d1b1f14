"""Joining: an invitation that expires, and the link with which the first owner signs up."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.refs import new_ref
from amends.kit.signing import LENGTH, sign, verify
from amends.people.person import Person, Role, Work, lowered
from amends.people.place import Place

GOOD_FOR = timedelta(days=7)
INVITATION = "invitation"
FIRST_OWNER = "first-owner"


class NoWayIn(Impossible):
    """The link is unknown, old, used or taken back."""

    code = "link-not-valid"


def new_nonce() -> str:
    return new_ref(16)


def in_seven_days() -> datetime:
    return now() + GOOD_FOR


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> Self:
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=at)

    def waiting(self) -> Self:
        """Not used and not taken back; they may have run out."""
        return self.filter(used_at=None, revoked_at=None)

    def visible_to(self, person: Person) -> Self:
        """Owner and auditor see all, managers those to their places, others none."""
        if person.sees_every_place and person.is_active:
            return self
        if not person.is_manager:
            return self.none()
        return self.filter(places__in=Place.objects.run_by(person)).distinct()


class Invitation(models.Model):
    """A seat kept for one address for seven days; used once, and can be taken back."""

    nonce = models.CharField(max_length=32, unique=True, default=new_nonce, editable=False)
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.FRONT_LINE)
    places = models.ManyToManyField(Place, blank=True, related_name="invitations")
    by = models.ForeignKey(Person, models.PROTECT, related_name="invitations_made")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(default=in_seven_days)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.email} as {self.get_role_display()}"

    @property
    def token(self) -> str:
        return self.nonce + sign(self.nonce, INVITATION)

    @property
    def link(self) -> str:
        return f"{settings.AMENDS_URL.rstrip('/')}/join/{self.token}/"

    def expired(self, *, at: datetime) -> bool:
        return self.expires_at <= at


def invitation_for(token: str, *, at: datetime) -> Invitation:
    """The invitation this link stands for, as long as it can be used."""
    nonce, signature = token[:-LENGTH].lower(), token[-LENGTH:]
    found = Invitation.objects.filter(nonce=nonce).select_related("by").first()
    if found is None or not verify(nonce, signature, INVITATION):
        raise NoWayIn("This link is not one of ours. Please check that it is complete.")
    if found.used_at:
        raise NoWayIn("This invitation has been used. If that was you, please sign in.")
    if found.revoked_at or found.expired(at=at):
        raise NoWayIn(f"This invitation has run out. Please ask {found.by} for a new one.")
    return found


@transaction.atomic
def join(token: str, *, name: str, password: str) -> Person:
    """Take the seat that was kept: one person comes of one invitation."""
    invitation = invitation_for(token, at=now())
    seat = Invitation.objects.open(now()).filter(pk=invitation.pk)
    if not claim(seat, used_at=now()):
        raise NoWayIn("This invitation has just been used. If that was you, please sign in.")
    person = add_person(invitation.email, name=name, role=invitation.role, password=password)
    for place in invitation.places.all():
        Work.objects.create(person=person, place=place)
    return person


def first_owner_link() -> str | None:
    """Where the owner of a new installation signs up; nothing once there is an owner."""
    if Person.objects.owners().exists():
        return None
    return f"{settings.AMENDS_URL.rstrip('/')}/join/first/{sign(FIRST_OWNER, FIRST_OWNER)}/"


def check_first_owner_link(token: str) -> None:
    if not verify(FIRST_OWNER, token, FIRST_OWNER):
        raise NoWayIn("This link is not one of ours. Please copy it again from the start-up words.")
    if Person.objects.owners().exists():
        raise NoWayIn("There is an owner already. Please sign in, or ask them to invite you.")


@transaction.atomic
def join_first(token: str, *, name: str, email: str, password: str) -> Person:
    """The first owner. The invitation kept of it can exist only once, whoever presses twice."""
    check_first_owner_link(token)
    owner = add_person(email, name=name, role=Role.OWNER, password=password)
    try:
        with transaction.atomic():
            Invitation.objects.create(
                nonce=FIRST_OWNER, email=owner.email, role=Role.OWNER, by=owner, used_at=now()
            )
    except IntegrityError as taken:
        raise NoWayIn("Somebody else was faster. Please ask them to invite you.") from taken
    return owner


def add_person(email: str, *, name: str, role: str, password: str | None = None) -> Person:
    """A person with an address nobody else has. Without a password they must ask for a reset."""
    email = lowered(email)
    if Person.objects.filter(email=email).exists():
        raise Impossible(f"Somebody with the address {email} is here already.", code="email-taken")
    person = Person(email=email, name=name.strip(), role=role)
    if password is None:
        person.set_unusable_password()
    else:
        check_password(password, person)
        person.set_password(password)
    person.save()
    return person


def check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Impossible(" ".join(weak.messages), code="weak-password") from weak
