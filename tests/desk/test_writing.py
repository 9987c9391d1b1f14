"""Figures about a person's writing: on their own page first, and nowhere else until they say so."""

import pytest
from django.urls import reverse

from amends.recovery import coaching, heeding
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def wrote(ana):
    """Ana's browser; the coach has spoken to her."""
    coaching.was_shown(["excuse", "grovel"], to=cast.ana())
    coaching.was_dismissed("excuse", by=cast.ana())
    return ana


def of(person):
    return reverse("desk:writing_of", args=[person.ref])


def test_s4_16_ones_own_figures_stand_on_ones_own_page(wrote):
    page = wrote.get("/desk/writing/").content.decode()
    assert "Excuses" in page
    assert "Too many sorries" in page
    assert "Nobody but you sees this." in page
    assert (
        reverse("desk:writing")
        in wrote.get(reverse("desk:person", args=[cast.ana().ref])).content.decode()
    )


def test_s4_16_offers_made_before_asking_are_told_to_whoever_made_them(ana):
    cast.offered()
    assert "0 of 1 offer came before you" in ana.get("/desk/writing/").content.decode()


@pytest.mark.parametrize("who", [cast.mona, cast.olive, cast.audrey, cast.ben])
def test_s4_16_nobody_else_sees_them(client, wrote, who):
    client.force_login(who())
    assert client.get(of(cast.ana())).status_code == 404
    person = client.get(reverse("desk:person", args=[cast.ana().ref])).content.decode()
    assert "Their writing" not in person


def test_s4_16_until_they_share_them_and_only_as_long_as_they_do(client, wrote):
    assert wrote.post(reverse("desk:share_writing")).status_code == 302
    assert "may see this" in wrote.get("/desk/writing/").content.decode()
    client.force_login(cast.mona())
    assert "Excuses" in client.get(of(cast.ana())).content.decode()
    person = client.get(reverse("desk:person", args=[cast.ana().ref])).content.decode()
    assert of(cast.ana()) in person
    client.force_login(cast.ben())
    assert client.get(of(cast.ana())).status_code == 404
    client.force_login(cast.ana())
    client.post(reverse("desk:keep_writing"))
    client.force_login(cast.mona())
    assert client.get(of(cast.ana())).status_code == 404


def test_nobody_shares_but_by_pressing(client, ana):
    assert ana.get(reverse("desk:share_writing")).status_code == 405
    client.force_login(cast.audrey())
    assert client.post(reverse("desk:share_writing")).status_code == 403
    assert not heeding.shares(cast.ana())


def test_a_page_with_nothing_on_it_says_so(ana):
    page = ana.get("/desk/writing/").content.decode()
    assert "A good letter raises no note at all." in page
    assert "No offers yet." in page
