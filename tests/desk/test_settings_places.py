import re
from datetime import date, time
from io import BytesIO

import pytest
from PIL import Image

from amends.people import setting_up
from amends.people.models import Business, Place
from tests.people.conftest import london

PLACES = "/desk/settings/places/"
DETAILS = {"name": "Quay House", "timezone": "Europe/Dublin", "phone": "1", "street": "Quay 1"}
CHRISTMAS = {"on": "2026-12-25", "name": "Christmas", "stretches": ""}


@pytest.fixture
def at_quay(harbour):
    return f"{PLACES}{harbour.quay.ref}/"


def as_(client, person):
    client.force_login(person)
    return client


def test_one_sees_the_places_one_works_at(client, harbour):
    page = as_(client, harbour.fay).get(PLACES)
    assert b"Quay" in page.content
    assert b"Hill" not in page.content
    assert b"Open a place" not in page.content


def test_an_owner_sees_every_place_and_a_business_without_any(client, harbour):
    setting_up.found_business(name="Gift Shop", by=harbour.olive)
    page = as_(client, harbour.olive).get(PLACES).content
    assert all(name in page for name in [b"Quay", b"Hill", b"Gift Shop", b"No place yet"])


def test_the_list_of_places_asks_few_queries(client, harbour, django_assert_max_num_queries):
    as_(client, harbour.olive)
    with django_assert_max_num_queries(9):
        client.get(PLACES)


def test_an_owner_founds_a_business_and_opens_a_place(client, harbour):
    as_(client, harbour.olive)
    words = {"name": "Gift Shop", "accent": "#884422", "currency": "EUR"}
    assert client.post("/desk/settings/businesses/new/", words).status_code == 303
    shop = Business.objects.get(name="Gift Shop")
    answer = client.post(f"/desk/settings/businesses/{shop.ref}/places/", DETAILS)
    place = Place.objects.get(business=shop)
    assert answer["Location"] == f"{PLACES}{place.ref}/"
    assert place.timezone == "Europe/Dublin"


def test_a_business_is_changed_by_its_owner_and_hidden_from_others(client, harbour):
    path = f"/desk/settings/businesses/{harbour.business.ref}/"
    words = {"name": "Harbour Rooms", "accent": "#884422", "currency": "GBP"}
    assert as_(client, harbour.olive).post(path, words).status_code == 303
    assert Business.objects.get().name == "Harbour Rooms"
    assert client.post(path, words | {"accent": "red"}).status_code == 422
    assert as_(client, harbour.mo).get(path).status_code == 404
    assert client.get(f"{path}places/").status_code == 404


def test_a_manager_sets_a_split_week(client, harbour, at_quay):
    as_(client, harbour.mo)
    answer = client.post(f"{at_quay}hours/", {"day_0": "8-11, 15-17:30", "day_5": "18:00–2:00"})
    assert (answer.status_code, answer["Location"]) == (303, at_quay)
    rows = harbour.quay.opening_hours.values_list("weekday", "opens", "closes")
    assert list(rows) == [
        (0, time(8), time(11)),
        (0, time(15), time(17, 30)),
        (5, time(18), time(2)),
    ]
    assert 'value="08:00–11:00, 15:00–17:30"' in client.get(at_quay).content.decode()


@pytest.mark.parametrize("day", ["nine to five", "8-12, 11-15"])
def test_hours_that_make_no_sense_are_refused_with_the_words_kept(client, harbour, at_quay, day):
    as_(client, harbour.mo)
    answer = client.post(f"{at_quay}hours/", {"day_2": day})
    assert answer.status_code == 422
    assert f'value="{day}"' in answer.content.decode() or b"08:00" in answer.content
    assert not harbour.quay.opening_hours.exists()


def test_a_holiday_is_added_shown_and_forgotten(client, harbour, at_quay, clock):
    as_(client, harbour.mo)
    assert client.post(f"{at_quay}days/", CHRISTMAS).status_code == 303
    assert "25 December 2026" in client.get(at_quay).content.decode()
    assert harbour.quay.special_days.get().on == date(2026, 12, 25)
    client.post(f"{at_quay}days/2026-12-25/forget/")
    assert not harbour.quay.special_days.exists()
    assert client.post(f"{at_quay}days/never/forget/").status_code == 404


def test_a_manager_puts_people_to_work_sets_their_shifts_and_takes_them_off(
    client, harbour, at_quay
):
    setting_up.put_to_work(harbour.hal, harbour.quay, by=harbour.olive)
    as_(client, harbour.olive)
    client.post(f"{at_quay}people/", {"person": harbour.olive.pk})
    assert harbour.olive.works_at(harbour.quay)
    as_(client, harbour.mo)
    path = f"{at_quay}people/{harbour.fay.ref}/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"day_1": "6-11"})["Location"] == at_quay
    assert "06:00–11:00" in client.get(at_quay).content.decode()
    client.post(f"{path}off/")
    assert not harbour.fay.works_at(harbour.quay)


def test_the_page_of_a_place_shows_who_is_away_and_who_covers(client, harbour, at_quay, clock):
    clock.move_to(london("2026-03-04 09:00"))
    setting_up.mark_away(
        harbour.fay,
        from_at=london("2026-03-01"),
        until_at=london("2026-03-09"),
        cover=harbour.finn,
        by=harbour.mo,
    )
    assert b"Finn covers" in as_(client, harbour.mo).get(at_quay).content


def test_front_line_people_read_their_place_and_change_nothing(client, harbour, at_quay):
    as_(client, harbour.fay)
    assert b"Keep these hours" not in client.get(at_quay).content
    for path, words in [
        ("", DETAILS),
        ("hours/", {"day_0": "8-9"}),
        ("days/", CHRISTMAS),
        ("days/2026-12-25/forget/", {}),
        (f"people/{harbour.finn.ref}/off/", {}),
    ]:
        answer = client.post(at_quay + path, words)
        assert answer.status_code == 422
        assert b"Only those who manage Quay may do this." in answer.content
    assert not harbour.quay.opening_hours.exists()


def test_an_auditor_reads_every_place_and_changes_none(client, harbour, at_quay):
    as_(client, harbour.ada)
    assert client.get(at_quay).status_code == 200
    assert client.post(f"{at_quay}hours/", {"day_0": "8-9"}).status_code == 403


def test_a_place_of_others_is_nothing_to_a_stranger(client, harbour, at_quay):
    as_(client, harbour.hal)
    assert client.get(at_quay).status_code == 404
    assert client.post(f"{at_quay}hours/", {}).status_code == 404
    assert client.get(f"{at_quay}people/{harbour.fay.ref}/").status_code == 404


def test_nobody_comes_in_without_signing_in(client, harbour, at_quay):
    assert client.get(at_quay)["Location"].startswith("/accounts/login/")


def test_the_page_of_a_place_asks_as_many_queries_for_three_people_as_for_nine(
    client, harbour, at_quay, django_assert_max_num_queries
):
    for n in range(6):
        setting_up.hire(
            f"n{n}@h.test", name=f"N{n}", role="front_line", places=[harbour.quay], by=None
        )
    as_(client, harbour.mo)
    with django_assert_max_num_queries(15):
        client.get(at_quay)


def test_a_logo_is_put_up_and_what_is_no_picture_is_refused(client, harbour):
    as_(client, harbour.olive)
    path = f"/desk/settings/businesses/{harbour.business.ref}/"
    answer = client.post(f"{path}logo/", {"logo": BytesIO(b"not a picture")})
    assert answer.status_code == 422
    assert b"not a picture we can open" in answer.content
    drawn = BytesIO()
    Image.new("RGB", (300, 100), "teal").save(drawn, "PNG")
    drawn.seek(0)
    assert client.post(f"{path}logo/", {"logo": drawn})["Location"] == path
    logo = re.search(r'src="(/portal/logo/[^"?]+)', client.get(path).content.decode())[1]
    client.logout()
    assert client.get(logo)["Content-Type"] == "image/png"
    as_(client, harbour.mo)
    assert client.post(f"{path}logo/", {}).status_code == 404
