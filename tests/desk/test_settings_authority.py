from decimal import Decimal

import pytest

from amends.kit.clock import now
from amends.recovery.authority import Authority, limit_for
from tests import cast

pytestmark = pytest.mark.django_db
AUTHORITY = "/desk/settings/authority/"


def words(response):
    return " ".join(response.content.decode().split())


def line(**more):
    return {"role": "", "person": "", "place": "", "severity": "", "per_recovery": "80", **more}


def test_an_owner_gives_one_person_more_at_one_place(client):
    ana = cast.ana()
    client.force_login(cast.olive())
    given = line(person=ana.pk, place=cast.place().pk, per_month="900")
    assert client.post(f"{AUTHORITY}new/", given).status_code == 303
    assert limit_for(ana, cast.heard(), at=now()).in_recovery == Decimal(80)
    page = words(client.get(AUTHORITY))
    assert "Ana Reyes" in page
    assert "£900" in page


def test_an_owner_changes_a_line_and_takes_it_away(client):
    client.force_login(cast.olive())
    front = Authority.objects.get(role="front_line")
    page = f"{AUTHORITY}{front.pk}/"
    assert 'value="50.00"' in words(client.get(page))
    assert client.post(page, line(role="front_line", per_recovery="75")).status_code == 303
    front.refresh_from_db()
    assert front.per_recovery == 75
    assert client.post(f"{page}drop/").status_code == 303
    assert not Authority.objects.filter(pk=front.pk).exists()


def test_a_line_is_for_somebody_and_what_was_written_stays(client):
    client.force_login(cast.olive())
    nobody = client.post(f"{AUTHORITY}new/", line(per_day="33"))
    assert nobody.status_code == 422
    assert "Whom is this for" in words(nobody)
    assert 'value="33"' in words(nobody)
    both = client.post(f"{AUTHORITY}new/", line(role="manager", person=cast.ana().pk))
    assert "One or the other" in words(both)


def test_others_read_and_do_not_change(client):
    cast.olive()
    front = Authority.objects.get(role="front_line")
    for person in [cast.ana(), cast.mona(), cast.audrey()]:
        client.force_login(person)
        page = words(client.get(AUTHORITY))
        assert "£50" in page
        assert "Add a line" not in page
        assert client.post(f"{AUTHORITY}new/", line(role="manager")).status_code == 403
        assert client.post(f"{AUTHORITY}{front.pk}/", line()).status_code == 403
        assert client.post(f"{AUTHORITY}{front.pk}/drop/").status_code == 403


def test_there_is_no_line_of_another_number(client):
    client.force_login(cast.olive())
    assert client.get(f"{AUTHORITY}99999/").status_code == 404


def test_the_page_asks_little_however_many_lines(client, django_assert_max_num_queries):
    client.force_login(cast.olive())
    for number in range(8):
        Authority.objects.create(person=cast.person(f"Guest Cook {number}"), place=cast.place())
    with django_assert_max_num_queries(7):
        client.get(AUTHORITY)
