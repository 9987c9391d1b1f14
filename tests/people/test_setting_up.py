from datetime import date, time

import pytest
from django.core import mail

from amends.kit.errors import Impossible
from amends.people import setting_up
from amends.people.hours import hours_of, is_open
from amends.people.invitation import first_owner_link
from amends.people.models import Away, Business, Invitation, Person, Place
from amends.people.person import Role
from tests.people.conftest import PASSWORD, london


@pytest.mark.django_db
def test_the_first_owner_starts_with_a_business_and_a_place_to_work_at():
    token = first_owner_link().rstrip("/").rsplit("/", 1)[1]
    olive = setting_up.start_up(
        token,
        owner={"name": "Olive", "email": "olive@new.test", "password": PASSWORD},
        business={"name": "Harbour", "currency": "EUR"},
        place="Quay",
        timezone="Europe/Dublin",
    )
    place = Place.objects.get()
    assert (place.name, place.slug, place.timezone) == ("Quay", "quay", "Europe/Dublin")
    assert place.business.currency == "EUR"
    assert olive.works_at(place)


def test_a_bad_currency_or_colour_is_refused_and_nothing_changes(harbour):
    with pytest.raises(Impossible, match="three capital letters"):
        setting_up.change_business(harbour.business, currency="pound", by=harbour.olive)
    assert harbour.business.currency == "GBP"
    with pytest.raises(Impossible, match="colour"):
        setting_up.change_business(harbour.business, accent="red", by=harbour.olive)
    assert Business.objects.get().accent.startswith("#")


def test_two_places_of_one_name_get_addresses_of_their_own(harbour):
    again = setting_up.open_place(harbour.business, name="Quay", timezone="UTC", by=harbour.olive)
    assert again.slug == "quay-2"


def test_an_unknown_time_zone_is_refused(harbour):
    with pytest.raises(Impossible, match="no time zone called"):
        setting_up.change_place(harbour.quay, timezone="Mars/Base", by=harbour.mo)


def test_hours_are_set_as_a_whole_week_with_split_shifts(harbour):
    week = [(0, time(8), time(11)), (0, time(15), time(17)), (4, time(18), time(1))]
    setting_up.set_hours(harbour.quay, week, by=harbour.mo)
    hours = hours_of(harbour.quay)
    assert is_open(hours, london("2026-03-02 10:00"))
    assert not is_open(hours, london("2026-03-02 12:00"))
    assert is_open(hours, london("2026-03-07 00:30"))
    setting_up.set_hours(harbour.quay, [(1, time(9), time(10))], by=harbour.mo)
    assert harbour.quay.opening_hours.count() == 1


@pytest.mark.parametrize(
    "day",
    [
        [(time(8), time(12)), (time(11), time(15))],
        [(time(8), time(12)), (time(8), time(15))],
        [(time(18), time(2)), (time(20), time(22))],
    ],
)
def test_stretches_of_a_day_may_not_overlap(harbour, day):
    with pytest.raises(Impossible, match="Monday overlap"):
        setting_up.set_hours(harbour.quay, [(0, *stretch) for stretch in day], by=harbour.mo)


def test_a_special_day_is_set_changed_and_forgotten(harbour):
    christmas = date(2026, 12, 25)
    setting_up.set_special_day(harbour.quay, christmas, name="Christmas", by=harbour.mo)
    assert not is_open(hours_of(harbour.quay), london("2026-12-25 12:00"))
    setting_up.set_special_day(
        harbour.quay, christmas, stretches=[(time(10), time(13))], by=harbour.mo
    )
    assert is_open(hours_of(harbour.quay), london("2026-12-25 12:00"))
    setting_up.forget_special_day(harbour.quay, christmas, by=harbour.mo)
    assert not harbour.quay.special_days.exists()


def test_shifts_are_for_people_who_work_there(harbour):
    with pytest.raises(Impossible, match="does not work at"):
        setting_up.set_shifts(harbour.hal, harbour.quay, [], by=harbour.olive)


def test_whoever_is_taken_off_a_place_loses_its_shifts(harbour):
    setting_up.set_shifts(harbour.fay, harbour.quay, [(0, time(8), time(9))], by=harbour.mo)
    setting_up.take_off(harbour.fay, harbour.quay, by=harbour.mo)
    assert not harbour.fay.works_at(harbour.quay)
    assert not harbour.quay.shifts.exists()


@pytest.mark.parametrize("cover", ["fay", "ada"])
def test_a_cover_is_somebody_else_who_may_act(harbour, cover):
    with pytest.raises(Impossible, match="somebody else"):
        setting_up.mark_away(
            harbour.fay,
            from_at=london("2026-03-04"),
            until_at=london("2026-03-05"),
            cover=getattr(harbour, cover),
            by=harbour.fay,
        )


def test_time_away_ends_after_it_begins(harbour):
    with pytest.raises(Impossible, match="must end after"):
        setting_up.mark_away(
            harbour.fay, from_at=london("2026-03-05"), until_at=london("2026-03-04"), by=harbour.fay
        )


def test_coming_back_early_ends_the_time_away(harbour, time_machine):
    away = setting_up.mark_away(
        harbour.fay, from_at=london("2026-03-01"), until_at=london("2026-03-30"), by=harbour.fay
    )
    time_machine.move_to(london("2026-03-10 09:00"), tick=False)
    setting_up.end_away(away, by=harbour.fay)
    assert not Away.objects.at(london("2026-03-10 09:00")).exists()
    assert Away.objects.at(london("2026-03-09 09:00")).exists()


def test_time_away_that_has_not_begun_can_be_called_off(harbour, time_machine):
    time_machine.move_to(london("2026-02-10 09:00"), tick=False)
    away = setting_up.mark_away(
        harbour.fay, from_at=london("2026-03-01"), until_at=london("2026-03-30"), by=harbour.fay
    )
    setting_up.end_away(away, by=harbour.mo)
    assert not Away.objects.exists()


def test_inviting_again_ends_the_earlier_invitation(harbour):
    for _ in range(2):
        setting_up.invite("n@h.test", role=Role.FRONT_LINE, places=[harbour.quay], by=harbour.mo)
    assert Invitation.objects.waiting().count() == 1
    assert len(mail.outbox) == 2


def test_an_invitation_needs_a_known_role_a_place_and_a_new_address(harbour):
    for email, role, places, why in [
        ("n@h.test", "king", [harbour.quay], "no such role"),
        ("n@h.test", Role.FRONT_LINE, [], "where they will work"),
        ("mo@harbour.test", Role.FRONT_LINE, [harbour.quay], "is here already"),
        ("not an address", Role.FRONT_LINE, [harbour.quay], "valid"),
    ]:
        with pytest.raises(Impossible, match=why):
            setting_up.invite(email, role=role, places=places, by=harbour.olive)


def test_an_invitation_cannot_be_taken_back_twice(harbour):
    invitation = setting_up.invite("n@h.test", role=Role.AUDITOR, places=[], by=harbour.olive)
    setting_up.revoke_invitation(invitation, by=harbour.olive)
    with pytest.raises(Impossible, match="taken back already"):
        setting_up.revoke_invitation(invitation, by=harbour.olive)


def test_there_is_always_an_owner(harbour):
    with pytest.raises(Impossible, match="must be an owner"):
        setting_up.change_role(harbour.olive, role=Role.MANAGER, by=harbour.olive)
    with pytest.raises(Impossible, match="must be an owner"):
        setting_up.let_go(harbour.olive, by=harbour.olive)
    setting_up.change_role(harbour.mo, role=Role.OWNER, by=harbour.olive)
    setting_up.let_go(harbour.olive, by=harbour.mo)
    assert list(Person.objects.active().owners()) == [harbour.mo]


def test_a_new_address_is_one_that_nobody_has(harbour):
    setting_up.change_email(harbour.fay, email="Fay.New@harbour.test", by=harbour.olive)
    assert Person.objects.get(email="fay.new@harbour.test") == harbour.fay
    with pytest.raises(Impossible, match="already"):
        setting_up.change_email(harbour.fay, email="MO@harbour.test", by=harbour.olive)


def test_whoever_is_hired_without_a_password_must_ask_for_one(harbour):
    person = setting_up.hire("n@h.test", name="Nell", role=Role.FRONT_LINE, by=None)
    assert not person.has_usable_password()
