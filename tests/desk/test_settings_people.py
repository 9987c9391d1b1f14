import re

import pytest
from django.core import mail

from amends.people import setting_up
from amends.people.models import Away, Invitation, Token
from amends.people.person import Role
from amends.people.token import person_for

PEOPLE = "/desk/settings/people/"
AWAY = {"from_at": "2026-07-01T09:00", "until_at": "2026-07-08T09:00", "why": "Holiday"}


@pytest.fixture
def fay(harbour):
    return f"{PEOPLE}{harbour.fay.ref}/"


def as_(client, person):
    client.force_login(person)
    return client


def test_people_see_who_works_where_they_do(client, harbour):
    page = as_(client, harbour.fay).get(PEOPLE).content
    assert b"Finn Smith" in page
    assert b"Hal Smith" not in page
    assert b"Invite somebody" not in page


def test_the_list_of_people_asks_few_queries(client, harbour, django_assert_max_num_queries):
    as_(client, harbour.olive)
    with django_assert_max_num_queries(10):
        client.get(PEOPLE)


def test_a_manager_invites_and_takes_back(client, harbour):
    as_(client, harbour.mo)
    words = {"email": "nell@h.test", "role": Role.FRONT_LINE, "places": [harbour.quay.pk]}
    assert client.post(f"{PEOPLE}invite/", words)["Location"] == PEOPLE
    assert len(mail.outbox) == 1
    page = client.get(PEOPLE).content.decode()
    assert "An invitation is on its way to nell@h.test." in page
    assert "Copy the link" in page
    client.post(f"{PEOPLE}invitations/{Invitation.objects.get().pk}/revoke/")
    assert not Invitation.objects.waiting().exists()


def test_a_manager_cannot_invite_a_manager_nor_to_another_place(client, harbour):
    as_(client, harbour.mo)
    for words in (
        {"email": "n@h.test", "role": Role.OWNER, "places": [harbour.quay.pk]},
        {"email": "n@h.test", "role": Role.FRONT_LINE, "places": [harbour.hill.pk]},
        {"email": "n@h.test", "role": Role.FRONT_LINE},
        {"email": "fay@harbour.test", "role": Role.FRONT_LINE, "places": [harbour.quay.pk]},
    ):
        answer = client.post(f"{PEOPLE}invite/", words)
        assert answer.status_code == 422
        assert words["email"] in answer.content.decode()
    assert not Invitation.objects.exists()


def test_invitations_to_other_places_are_nothing_to_a_stranger(client, harbour):
    invitation = setting_up.invite(
        "n@h.test", role=Role.FRONT_LINE, places=[harbour.quay], by=harbour.mo
    )
    for person in (harbour.hal, harbour.fay):
        as_(client, person)
        assert b"n@h.test" not in client.get(PEOPLE).content
        assert client.post(f"{PEOPLE}invitations/{invitation.pk}/revoke/").status_code == 404


def test_people_change_their_own_name_but_not_their_role(client, harbour, fay):
    as_(client, harbour.fay)
    assert client.post(fay, {"name": "Fay Jones"}).status_code == 303
    harbour.fay.refresh_from_db()
    assert harbour.fay.name == "Fay Jones"
    assert b"Change the role" not in client.get(fay).content
    assert client.post(f"{fay}role/", {"role": Role.OWNER}).status_code == 422
    assert client.post(f"{fay}email/", {"email": "x@y.test"}).status_code == 422
    assert client.post(f"{fay}let-go/").status_code == 422


def test_an_owner_changes_role_and_address(client, harbour, fay):
    as_(client, harbour.olive)
    client.post(f"{fay}role/", {"role": Role.MANAGER})
    client.post(f"{fay}email/", {"email": "Fay.Jones@harbour.test"})
    harbour.fay.refresh_from_db()
    assert (harbour.fay.role, harbour.fay.email) == (Role.MANAGER, "fay.jones@harbour.test")


def test_the_last_owner_stays_and_is_told_why(client, harbour):
    as_(client, harbour.olive)
    answer = client.post(f"{PEOPLE}{harbour.olive.ref}/role/", {"role": Role.MANAGER})
    assert answer.status_code == 422
    assert b"There must be an owner" in answer.content


def test_whoever_is_let_go_can_be_welcomed_back(client, harbour, fay):
    as_(client, harbour.mo)
    assert client.post(f"{fay}let-go/").status_code == 302
    harbour.fay.refresh_from_db()
    assert not harbour.fay.is_active
    client.post(f"{fay}back/")
    harbour.fay.refresh_from_db()
    assert harbour.fay.is_active


def test_time_away_is_planned_with_a_cover_in_the_time_of_the_place(client, harbour, fay, clock):
    as_(client, harbour.fay)
    client.post(f"{fay}away/", AWAY | {"cover": harbour.finn.pk})
    away = Away.objects.get()
    assert away.from_at.isoformat() == "2026-07-01T08:00:00+00:00"
    assert b"Finn Smith covers." in client.get(fay).content
    client.post(f"{fay}away/{away.pk}/")
    assert not Away.objects.exists()


def test_time_away_that_ends_before_it_begins_is_refused_with_the_words_kept(client, harbour, fay):
    as_(client, harbour.fay)
    answer = client.post(f"{fay}away/", AWAY | {"until_at": "2026-06-01T09:00"})
    assert answer.status_code == 422
    assert b"must end after it begins" in answer.content
    assert b"Holiday" in answer.content


def test_a_token_is_shown_once_and_made_dead(client, harbour, fay):
    as_(client, harbour.fay)
    answer = client.post(f"{fay}tokens/", {"name": "Till"})
    secret = re.search(rb"amends_[\w-]+", answer.content)[0].decode()
    assert person_for(secret) == harbour.fay
    assert secret.encode() not in client.get(fay).content
    assert "no-store" in answer["Cache-Control"]
    client.post(f"{fay}tokens/{Token.objects.get().pk}/")
    assert person_for(secret) is None


def test_a_token_without_a_name_is_refused(client, harbour, fay):
    as_(client, harbour.fay)
    assert client.post(f"{fay}tokens/", {"name": ""}).status_code == 422


def test_nobody_makes_or_sees_the_tokens_of_a_colleague(client, harbour, fay):
    token, _ = setting_up.make_token(harbour.fay, name="Till", by=harbour.fay)
    as_(client, harbour.mo)
    assert b"Till" not in client.get(fay).content
    assert client.post(f"{fay}tokens/", {"name": "Mine"}).status_code == 422
    assert client.post(f"{fay}tokens/{token.pk}/").status_code == 404
    assert Token.objects.count() == 1


def test_a_person_of_another_place_is_nothing_to_a_stranger(client, harbour, fay):
    as_(client, harbour.hal)
    assert client.get(fay).status_code == 404
    assert client.post(f"{fay}let-go/").status_code == 404


def test_an_auditor_sees_everybody_and_changes_nobody(client, harbour, fay):
    as_(client, harbour.ada)
    page = client.get(fay)
    assert page.status_code == 200
    assert b"<button" not in re.sub(rb"<nav.*?</nav>", b"", page.content, flags=re.DOTALL)
    assert client.post(fay, {"name": "X"}).status_code == 403


def test_the_page_of_a_person_asks_few_queries(client, harbour, fay, django_assert_max_num_queries):
    as_(client, harbour.mo)
    with django_assert_max_num_queries(16):
        client.get(fay)
