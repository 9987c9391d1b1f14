import pytest
from django.db import IntegrityError

from amends.people import setting_up
from amends.people.models import Person


def test_addresses_differ_only_in_more_than_capitals(harbour):
    with pytest.raises(IntegrityError):
        Person.objects.create(email="Mo@Harbour.test", name="Mo")


def test_signing_in_ignores_capitals(harbour):
    assert Person.objects.get_by_natural_key(" MO@harbour.TEST ") == harbour.mo


def test_a_first_name_is_what_comes_first(harbour):
    assert harbour.mo.first_name == "Mo"
    assert Person(name="").first_name == ""


def test_an_auditor_may_not_write_and_nobody_who_left_may(harbour):
    setting_up.let_go(harbour.fay, by=harbour.olive)
    assert [harbour.olive.may_write, harbour.ada.may_write, harbour.fay.may_write] == [
        True,
        False,
        False,
    ]


def test_managers_manage_where_they_work_and_owners_everywhere(harbour):
    assert harbour.mo.manages(harbour.quay)
    assert not harbour.mo.manages(harbour.hill)
    assert harbour.olive.manages(harbour.hill)
    assert not harbour.fay.manages(harbour.quay)
    assert not harbour.ada.manages(harbour.quay)


def test_people_see_themselves_and_who_works_where_they_do(harbour):
    def seen(person):
        return {found.first_name for found in Person.objects.visible_to(person)}

    assert seen(harbour.fay) == {"Mo", "Fay", "Finn"}
    assert seen(harbour.hal) == {"Hal"}
    assert seen(harbour.olive) == seen(harbour.ada) == {"Olive", "Mo", "Hal", "Fay", "Finn", "Ada"}


def test_whoever_left_sees_nobody_and_no_place(harbour):
    setting_up.let_go(harbour.fay, by=harbour.mo)
    assert not Person.objects.visible_to(harbour.fay).exists()
    assert not harbour.fay.places_seen().exists()
