"""Two people press at once: one wins, the other is told. On both engines, with real locks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from amends.kit.errors import Impossible
from amends.people import setting_up
from amends.people.invitation import first_owner_link, join, join_first
from amends.people.models import Person
from amends.people.person import Role
from tests.people.conftest import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


def at_once(*steps):
    """What each step came to: True, or the code of the rule that said no."""

    def taken(step):
        try:
            step()
        except Impossible as no:
            return no.code
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(steps)) as pool:
        return sorted(pool.map(taken, steps), key=str)


def test_an_invitation_pressed_twice_at_once_lets_one_person_in(harbour):
    token = setting_up.invite(
        "nell@h.test", role=Role.FRONT_LINE, places=[harbour.quay], by=harbour.mo
    ).token
    presses = [lambda: join(token, name="Nell", password=PASSWORD)] * 4
    assert at_once(*presses) == [True, *["link-not-valid"] * 3]
    assert Person.objects.filter(email="nell@h.test").count() == 1


def test_two_who_follow_the_first_owners_link_at_once_are_not_both_owners():
    token = first_owner_link().rstrip("/").rsplit("/", 1)[1]
    presses = [
        lambda name=name: join_first(token, name=name, email=f"{name}@h.test", password=PASSWORD)
        for name in ("olive", "otto", "orla")
    ]
    assert at_once(*presses).count(True) == 1
    assert Person.objects.owners().count() == 1


def test_two_owners_who_let_each_other_go_at_once_leave_one(harbour):
    otto = setting_up.hire("otto@h.test", name="Otto", role=Role.OWNER, by=harbour.olive)
    olive, same_otto = (Person.objects.get(pk=one.pk) for one in (harbour.olive, otto))
    came_to = at_once(
        lambda: setting_up.let_go(otto, by=harbour.olive),
        lambda: setting_up.let_go(olive, by=same_otto),
    )
    assert came_to == [True, "last-owner"]
    assert Person.objects.active().owners().count() == 1
