"""What settings pages may do: open places, set hours, invite people, change roles. Each verb
says no to whoever may not. `by` is None for the operator at the command line."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from amends.kit.claims import claim
from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.kit.files import keep
from amends.people.business import Business
from amends.people.hours import Stretch
from amends.people.invitation import Invitation, add_person, join_first
from amends.people.logo import redrawn
from amends.people.person import Person, Role, Work, lowered
from amends.people.place import OpeningHours, Place, SpecialDay
from amends.people.rights import (
    By,
    NotYours,
    may_invite,
    only_managers_of,
    only_owners,
    only_those_over,
)
from amends.people.roster import Away, Shift
from amends.people.token import Token
from amends.people.well_formed import Row, address, apart, checked, free_slug, known_zone

# Businesses and places ---------------------------------------------------------------------------


@transaction.atomic
def start_up(
    token: str, *, owner: dict[str, str], business: dict[str, str], place: str, timezone: str
) -> Person:
    """The first owner signs up; a new installation gets its business and its first place."""
    person = join_first(token, **owner)
    if not Business.objects.exists():
        founded = found_business(by=person, **business)
        opened = open_place(founded, name=place or founded.name, timezone=timezone, by=person)
        Work.objects.create(person=person, place=opened)
    return person


def found_business(*, by: By, name: str, **details: str) -> Business:
    only_owners(by)
    return checked(Business(name=name.strip(), **details))


def change_business(business: Business, *, by: By, **details: str) -> Business:
    only_owners(by)
    return checked(business, **details)


def put_up_logo(business: Business, content: bytes, *, by: By) -> Business:
    only_owners(by)
    return checked(business, logo=keep(redrawn(content)))


def open_place(business: Business, *, name: str, timezone: str, by: By, **details: str) -> Place:
    only_owners(by)
    slug = details.pop("slug", "") or free_slug(name)
    place = Place(business=business, name=name.strip(), slug=slug)
    return checked(place, timezone=known_zone(timezone), **details)


def change_place(place: Place, *, by: By, **details: str) -> Place:
    only_managers_of(place, by)
    if "timezone" in details:
        known_zone(details["timezone"])
    return checked(place, **details)


@transaction.atomic
def set_hours(place: Place, week: Iterable[Row], *, by: By) -> None:
    """The whole week at once; a weekday without a row is closed, a week without rows is open
    day and night."""
    only_managers_of(place, by)
    rows = apart(week)
    place.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(place=place, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in rows
    )


@transaction.atomic
def set_special_day(
    place: Place, on: date, *, by: By, stretches: Collection[Stretch] = (), name: str = ""
) -> None:
    """This date has these hours instead of its weekday's; without any the place is closed."""
    only_managers_of(place, by)
    rows = apart((on.weekday(), *stretch) for stretch in stretches)
    place.special_days.filter(on=on).delete()
    day = [SpecialDay(place=place, on=on, opens=o, closes=c, name=name) for _, o, c in rows]
    SpecialDay.objects.bulk_create(day or [SpecialDay(place=place, on=on, name=name)])


def forget_special_day(place: Place, on: date, *, by: By) -> None:
    only_managers_of(place, by)
    place.special_days.filter(on=on).delete()


# Who works where and when ------------------------------------------------------------------------


def put_to_work(person: Person, place: Place, *, by: By) -> None:
    only_managers_of(place, by)
    Work.objects.get_or_create(person=person, place=place)


@transaction.atomic
def take_off(person: Person, place: Place, *, by: By) -> None:
    only_managers_of(place, by)
    place.shifts.filter(person=person).delete()
    place.work.filter(person=person).delete()


@transaction.atomic
def set_shifts(person: Person, place: Place, week: Iterable[Row], *, by: By) -> None:
    """The whole week at once; without rows they work whenever the place is open."""
    only_managers_of(place, by)
    if not person.works_at(place):
        raise Impossible(f"{person} does not work at {place}.", code="works-elsewhere")
    rows = apart(week)
    place.shifts.filter(person=person).delete()
    Shift.objects.bulk_create(
        Shift(person=person, place=place, weekday=weekday, starts=starts, ends=ends)
        for weekday, starts, ends in rows
    )


def mark_away(
    person: Person,
    *,
    from_at: datetime,
    until_at: datetime,
    by: By,
    cover: Person | None = None,
    why: str = "",
) -> Away:
    if by != person:
        only_those_over(person, by)
    if until_at <= from_at:
        raise Impossible("The time away must end after it begins.", code="ends-too-early")
    if cover == person or (cover and not cover.may_write):
        raise Impossible("The cover must be somebody else who works here.", code="no-cover")
    return Away.objects.create(
        person=person, from_at=from_at, until_at=until_at, cover=cover, why=why
    )


def end_away(away: Away, *, by: By) -> None:
    """Back early, or not going at all."""
    if by != away.person:
        only_those_over(away.person, by)
    at = now()
    if away.from_at >= at:
        away.delete()
    else:
        Away.objects.filter(pk=away.pk, until_at__gt=at).update(until_at=at)


# People ------------------------------------------------------------------------------------------


@transaction.atomic
def invite(email: str, *, role: str, places: Sequence[Place], by: Person) -> Invitation:
    """Keep a seat and write to them. An earlier invitation to the same address ends."""
    email = address(email)
    may_invite(by, role=role, places=places)
    if Person.objects.filter(email=email).exists():
        raise Impossible(f"Somebody with the address {email} is here already.", code="email-taken")
    Invitation.objects.waiting().filter(email=email).update(revoked_at=now())
    invitation = Invitation.objects.create(email=email, role=role, by=by)
    invitation.places.set(places)
    business = places[0].business if places else Business.objects.first()
    words = {"invitation": invitation, "business": business or "Amends"}
    subject = render_to_string("people/invitation/subject.txt", words).strip()
    send_mail(subject, render_to_string("people/invitation/body.txt", words), None, [email])
    return invitation


def revoke_invitation(invitation: Invitation, *, by: Person) -> None:
    may_invite(by, role=invitation.role, places=invitation.places.all())
    if not claim(Invitation.objects.waiting().filter(pk=invitation.pk), revoked_at=now()):
        raise Impossible("It has been used or taken back already.", code="too-late")


@transaction.atomic
def hire(
    email: str,
    *,
    name: str,
    role: str,
    by: By,
    places: Collection[Place] = (),
    password: str | None = None,
) -> Person:
    """Add somebody without an invitation, as the command line and the sample business do."""
    only_owners(by)
    person = add_person(email, name=name, role=role, password=password)
    Work.objects.bulk_create(Work(person=person, place=place) for place in places)
    return person


def change_details(
    person: Person, *, name: str, phone: str, by: By, notices_by_mail: str = ""
) -> Person:
    if by != person:
        only_those_over(person, by)
    elif not person.may_write:
        raise NotYours("An auditor reads everything and changes nothing.")
    how = notices_by_mail or person.notices_by_mail
    return checked(person, name=name.strip(), phone=phone, notices_by_mail=how)


def change_email(person: Person, *, email: str, by: By) -> Person:
    """Only an owner, because whoever reads this address can reset the password."""
    only_owners(by)
    if Person.objects.filter(email=lowered(email)).exclude(pk=person.pk).exists():
        raise Impossible("Somebody else has this address already.", code="email-taken")
    return checked(person, email=lowered(email))


@transaction.atomic
def change_role(person: Person, *, role: str, by: By) -> Person:
    only_owners(by)
    if role != Role.OWNER:
        _keep_an_owner(person)
    return checked(person, role=role)


@transaction.atomic
def let_go(person: Person, *, by: By) -> None:
    """They no longer work here: signed out at once, their tokens dead, what they did stays."""
    only_those_over(person, by)
    _keep_an_owner(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False


def welcome_back(person: Person, *, by: By) -> None:
    only_those_over(person, by)
    Person.objects.filter(pk=person.pk).update(is_active=True)
    person.is_active = True


def make_token(person: Person, *, name: str, by: By) -> tuple[Token, str]:
    """The token and its secret, shown this once."""
    if by != person or not person.may_write:
        only_owners(by)
    return Token.issue(person, name=name.strip() or "Token")


def revoke_token(token: Token, *, by: By) -> None:
    if by != token.person:
        only_owners(by)
    token.revoke()


def _keep_an_owner(person: Person) -> None:
    owners = Person.objects.active().owners().select_for_update().values_list("pk", flat=True)
    if set(owners) == {person.pk}:
        raise Impossible("There must be an owner. Make somebody else one first.", code="last-owner")
