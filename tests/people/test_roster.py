"""Who takes it: on duty, not away, not the one involved; and somebody always, if anybody can."""

from datetime import date, time

import pytest

from amends.people import setting_up
from amends.people.models import Person
from amends.people.roster import deputy_for, is_on_duty, next_manager, on_duty, owner_for
from tests.people.conftest import london

WEDNESDAY_NOON = london("2026-03-04 12:00")
WEDNESDAY_NIGHT = london("2026-03-04 23:00")
EVERY_DAY = [(weekday, time(8), time(17)) for weekday in range(7)]


@pytest.fixture
def quay(harbour):
    setting_up.set_hours(harbour.quay, EVERY_DAY, by=harbour.mo)
    return harbour.quay


def away_all_march(person, *, cover=None):
    return setting_up.mark_away(
        person, from_at=london("2026-03-01"), until_at=london("2026-04-01"), cover=cover, by=None
    )


def test_without_shifts_people_are_on_duty_whenever_the_place_is_open(harbour, quay):
    assert on_duty(quay, WEDNESDAY_NOON) == [harbour.mo, harbour.fay, harbour.finn]
    assert on_duty(quay, WEDNESDAY_NIGHT) == []


def test_with_shifts_people_are_on_duty_in_their_shifts_even_before_opening(harbour, quay):
    setting_up.set_shifts(harbour.fay, quay, [(2, time(6), time(11))], by=harbour.mo)
    assert is_on_duty(harbour.fay, quay, london("2026-03-04 06:30"))
    assert not is_on_duty(harbour.fay, quay, WEDNESDAY_NOON)


def test_nobody_is_on_shift_on_a_day_the_place_is_closed(harbour, quay):
    setting_up.set_shifts(harbour.fay, quay, [(2, time(8), time(17))], by=harbour.mo)
    setting_up.set_special_day(quay, date(2026, 3, 4), by=harbour.mo)
    assert on_duty(quay, WEDNESDAY_NOON) == []


def test_whoever_is_away_is_not_on_duty_until_they_are_back(harbour, quay):
    away_all_march(harbour.fay)
    assert not is_on_duty(harbour.fay, quay, WEDNESDAY_NOON)
    assert is_on_duty(harbour.fay, quay, london("2026-04-01 12:00"))


def test_people_who_left_and_auditors_are_never_on_duty(harbour, quay):
    setting_up.put_to_work(harbour.ada, quay, by=harbour.olive)
    setting_up.let_go(harbour.fay, by=harbour.olive)
    assert on_duty(quay, WEDNESDAY_NOON) == [harbour.mo, harbour.finn]


def test_the_owner_is_whoever_is_on_duty_and_has_the_least_to_do(harbour, quay):
    load = {harbour.mo.pk: 4, harbour.fay.pk: 2, harbour.finn.pk: 1}
    assert owner_for(quay, WEDNESDAY_NOON, load=load) == harbour.finn
    assert owner_for(quay, WEDNESDAY_NOON, [harbour.finn], load=load) == harbour.fay


def test_s3_13_the_person_involved_is_never_the_owner_by_default(harbour, quay):
    setting_up.take_off(harbour.finn, quay, by=harbour.mo)
    setting_up.take_off(harbour.mo, quay, by=harbour.olive)
    assert owner_for(quay, WEDNESDAY_NOON, [harbour.fay]) == harbour.olive


def test_at_night_a_manager_of_the_place_takes_it(harbour, quay):
    assert owner_for(quay, WEDNESDAY_NIGHT) == harbour.mo


def test_at_night_the_cover_of_an_absent_manager_takes_it(harbour, quay):
    away_all_march(harbour.mo, cover=harbour.hal)
    assert owner_for(quay, WEDNESDAY_NIGHT) == harbour.hal


def test_without_a_manager_an_owner_takes_it_then_anyone_at_the_place(harbour, quay):
    away_all_march(harbour.mo)
    assert owner_for(quay, WEDNESDAY_NIGHT) == harbour.olive
    assert owner_for(quay, WEDNESDAY_NIGHT, [harbour.olive]) == harbour.fay


def test_a_complaint_about_no_place_goes_to_an_owner(harbour):
    assert owner_for(None, WEDNESDAY_NOON) == harbour.olive


def test_nobody_is_the_answer_only_when_nobody_else_exists(harbour, quay):
    everyone = list(Person.objects.all())
    writers = [person for person in everyone if person.may_write]
    assert owner_for(quay, WEDNESDAY_NOON, [p for p in writers if p != harbour.hal]) == harbour.hal
    assert owner_for(quay, WEDNESDAY_NOON, writers) is None


def test_finding_an_owner_asks_at_most_six_queries(harbour, quay, django_assert_max_num_queries):
    setting_up.set_shifts(harbour.fay, quay, EVERY_DAY, by=harbour.mo)
    with django_assert_max_num_queries(6):
        assert owner_for(quay, WEDNESDAY_NOON)


def test_s2_16_the_next_to_ask_is_a_manager_of_the_place_then_an_owner(harbour, quay):
    assert next_manager(quay) == harbour.mo
    assert next_manager(quay, [harbour.mo]) == harbour.olive
    assert next_manager(quay, [harbour.mo, harbour.olive]) is None


def test_s2_16_somebody_away_is_asked_last(harbour, quay):
    away_all_march(harbour.mo)
    assert next_manager(quay, at=WEDNESDAY_NOON) == harbour.olive
    assert next_manager(quay, [harbour.olive], at=WEDNESDAY_NOON) == harbour.mo


def test_s3_14_the_deputy_of_an_absent_host_is_the_cover_they_named(harbour, quay):
    away_all_march(harbour.fay, cover=harbour.hal)
    assert deputy_for(harbour.fay, quay, WEDNESDAY_NOON) == harbour.hal


def test_s3_14_a_cover_who_is_away_too_passes_it_to_their_own_cover(harbour, quay):
    away_all_march(harbour.fay, cover=harbour.hal)
    away_all_march(harbour.hal, cover=harbour.olive)
    assert deputy_for(harbour.fay, quay, WEDNESDAY_NOON) == harbour.olive


def test_s3_14_covers_in_a_circle_end_at_whoever_is_on_duty(harbour, quay):
    away_all_march(harbour.fay, cover=harbour.finn)
    away_all_march(harbour.finn, cover=harbour.fay)
    assert deputy_for(harbour.fay, quay, WEDNESDAY_NOON) == harbour.mo


def test_s3_14_a_host_off_shift_is_stood_in_for_by_somebody_on_duty(harbour, quay):
    load = {harbour.mo.pk: 2}
    assert deputy_for(harbour.fay, quay, WEDNESDAY_NOON, load=load) == harbour.finn
    assert deputy_for(harbour.fay, quay, WEDNESDAY_NOON, [harbour.finn]) == harbour.mo
