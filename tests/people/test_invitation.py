from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from amends.kit.clock import now
from amends.kit.errors import Impossible
from amends.people import setting_up
from amends.people.invitation import (
    NoWayIn,
    add_person,
    check_first_owner_link,
    first_owner_link,
    invitation_for,
    join,
    join_first,
)
from amends.people.models import Invitation, Person
from amends.people.person import Role
from tests.people.conftest import PASSWORD


@pytest.fixture
def invitation(harbour):
    return setting_up.invite(
        "Nell@harbour.test", role=Role.FRONT_LINE, places=[harbour.quay], by=harbour.mo
    )


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def test_an_invitation_is_sent_with_its_link_and_names_who_invites(invitation):
    (letter,) = mail.outbox
    assert letter.to == ["nell@harbour.test"]
    assert letter.subject == "Mo Smith invites you to Harbour Breakfast"
    assert invitation.link in letter.body
    assert invitation.link.startswith("http://amends.test/join/")


def test_who_joins_has_the_role_and_the_place_they_were_invited_to(invitation, harbour):
    nell = join(invitation.token, name="Nell", password=PASSWORD)
    assert (nell.email, nell.role) == ("nell@harbour.test", Role.FRONT_LINE)
    assert list(nell.places_seen()) == [harbour.quay]
    assert nell.check_password(PASSWORD)


def test_cve_2026_41902_an_invitation_is_used_once(invitation):
    join(invitation.token, name="Nell", password=PASSWORD)
    with pytest.raises(NoWayIn, match="has been used"):
        join(invitation.token, name="Nell again", password=PASSWORD)
    assert Person.objects.filter(name__startswith="Nell").count() == 1


def test_cve_2026_41902_an_invitation_is_good_for_seven_days(invitation):
    at = now()
    assert invitation_for(invitation.token, at=at + timedelta(days=6, hours=23)) == invitation
    with pytest.raises(NoWayIn, match="ask Mo Smith"):
        invitation_for(invitation.token, at=at + timedelta(days=7, minutes=1))
    with time_machine.travel(at + timedelta(days=8)), pytest.raises(NoWayIn, match="run out"):
        join(invitation.token, name="Nell", password=PASSWORD)


def test_an_invitation_taken_back_lets_nobody_in(invitation, harbour):
    setting_up.revoke_invitation(invitation, by=harbour.mo)
    with pytest.raises(NoWayIn, match="run out"):
        invitation_for(invitation.token, at=now())


@pytest.mark.parametrize("spoil", [str.upper, lambda token: token[:-1] + "!", lambda token: ""])
def test_only_the_signed_link_is_a_way_in(invitation, spoil):
    spoilt = spoil(invitation.token)
    if spoilt.lower() == invitation.token:
        assert invitation_for(spoilt, at=now()) == invitation
    else:
        with pytest.raises(NoWayIn, match="not one of ours"):
            invitation_for(spoilt, at=now())


def test_the_number_of_an_invitation_alone_is_no_way_in(invitation):
    with pytest.raises(NoWayIn):
        invitation_for(invitation.nonce + "0" * 16, at=now())


def test_a_weak_password_is_refused_and_the_seat_stays(invitation):
    with pytest.raises(Impossible, match="too short"):
        join(invitation.token, name="Nell", password="short")
    assert invitation_for(invitation.token, at=now()) == invitation


@pytest.mark.django_db
def test_the_first_owner_signs_up_by_link_once():
    token = token_of(first_owner_link())
    owner = join_first(token, name="Olive", email="Olive@new.test", password=PASSWORD)
    assert (owner.email, owner.role) == ("olive@new.test", Role.OWNER)
    assert first_owner_link() is None
    with pytest.raises(NoWayIn, match="an owner already"):
        join_first(token, name="Thief", email="thief@new.test", password=PASSWORD)


@pytest.mark.django_db
def test_of_two_who_press_at_once_one_becomes_the_first_owner(monkeypatch):
    token = token_of(first_owner_link())
    join_first(token, name="Olive", email="olive@new.test", password=PASSWORD)
    monkeypatch.setattr("amends.people.invitation.check_first_owner_link", lambda token: None)
    with pytest.raises(NoWayIn, match="faster"):
        join_first(token, name="Thief", email="thief@new.test", password=PASSWORD)
    assert not Person.objects.filter(name="Thief").exists()


@pytest.mark.django_db
def test_a_guessed_first_owner_link_is_refused():
    with pytest.raises(NoWayIn, match="not one of ours"):
        check_first_owner_link("0" * 16)


def test_an_address_belongs_to_one_person(harbour):
    with pytest.raises(Impossible, match="is here already"):
        add_person("MO@harbour.test", name="Mo Two", role=Role.FRONT_LINE)


def test_invitations_are_seen_by_owners_auditors_and_managers_of_the_place(invitation, harbour):
    seen_by = [
        person.first_name
        for person in Person.objects.order_by("name")
        if Invitation.objects.visible_to(person).exists()
    ]
    assert seen_by == ["Ada", "Mo", "Olive"]
