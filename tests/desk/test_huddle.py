"""The sheet as a PDF says what the screen says, and takes no word of a customer for a command."""

import re
from datetime import timedelta

import pytest

from amends.desk.huddle import huddle_pdf
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.greeting import sheets
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def pages(pdf):
    return int(re.search(rb"/Type/Pages/Count (\d+)", pdf)[1])


def test_each_place_has_a_page_of_its_own():
    cast.mona()
    places = [cast.place(), cast.place("larder-york", name="The Larder, York")]
    assert pages(huddle_pdf(sheets(cast.olive(), places, at=now()))) == 2


def test_nothing_in_a_name_is_a_command_to_the_typesetter():
    guest = cast.finch(name='Ada #panic("x") *Moss* $ \\ [', email="ada@moss.example")
    told = cast.heard(customer=guest, words='#read("/etc/passwd")')
    booked = {"outside_id": "b-1", "expected_at": now() + timedelta(hours=2)}
    journey.visit(customer=guest, place=told.place, table="#7", **booked)
    made = sheets(cast.ana(), [cast.place()], at=now())
    assert made[0].coming
    assert huddle_pdf(made).startswith(b"%PDF")


def test_without_a_place_there_is_a_sheet_that_says_so():
    assert pages(huddle_pdf([])) == 1
