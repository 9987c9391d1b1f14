"""A file dropped is taken in as the worker does it: promises wake, rows left out are kept with their
reasons, and nothing counts twice."""

import os
from datetime import timedelta

import pytest

from amends.connections.drop_folder import taking
from amends.connections.drop_folder.dropped import Dropped
from amends.customers.order import Order
from amends.customers.visit import Visit
from amends.kit.clock import now
from amends.recovery.notice import Notice
from tests import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
HEADS = "booking,email,name,expected_at,table\n"


@pytest.fixture
def folder(tmp_path, settings, monkeypatch):
    settings.AMENDS_DROP_FOLDER = tmp_path / "drop"
    monkeypatch.setattr(taking, "_watch", None)
    taking.look()
    return tmp_path / "drop"


def drop(folder, name, text):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    moment = now().timestamp() - 60
    os.utime(path, (moment, moment))


def looks():
    taking.look()
    return taking.look()


def booked(number="B1"):
    return f"{number},robert@finch.example,Robert Finch,{now() + timedelta(hours=3):%Y-%m-%d %H:%M},7\n"


def lying(folder, where):
    return sorted(path.name.split("_", 2)[-1] for path in (folder / where).iterdir())


def test_a_booking_in_a_file_wakes_a_promise(folder):
    recovery, _ = cast.asked_for_ana()
    drop(folder, "bookings-today.csv", HEADS + booked())
    assert looks() == 1
    visit = Visit.objects.get()
    assert (visit.customer, visit.table) == (recovery.customer, "7")
    assert Notice.objects.filter(person=cast.ana(), words__contains="has booked").count() == 1
    assert lying(folder, "done") == ["bookings-today.csv"]
    told = Dropped.objects.get()
    assert (told.kind, told.new, told.refused, told.trouble) == ("visits", 1, 0, "")


def test_the_same_file_again_counts_nothing_twice(folder):
    cast.asked_for_ana()
    for _ in range(2):
        drop(folder, "bookings.csv", HEADS + booked())
        looks()
    assert Visit.objects.count() == 1
    assert Notice.objects.filter(words__contains="has booked").count() == 1
    assert [one.same for one in Dropped.objects.order_by("pk")] == [0, 1]


def test_killed_half_way_it_is_taken_in_by_the_next_one(folder, monkeypatch):
    class Killed(BaseException):
        pass

    def dies(*_, **__):
        raise Killed

    cast.asked_for_ana()
    drop(folder, "bookings.csv", HEADS + booked())
    monkeypatch.setattr(taking.files, "keep", dies)
    with pytest.raises(Killed):
        looks()
    monkeypatch.undo()
    taking._watch = None
    assert len(list((folder / "working").iterdir())) == 1
    assert taking.look() == 1
    assert Visit.objects.count() == 1
    assert lying(folder, "done") == ["bookings.csv"]


def test_rows_left_out_are_kept_with_their_reasons(folder):
    cast.place()
    drop(folder, "bookings.csv", HEADS + booked() + "B2,ida@moss.example,Ida,some day,3\n")
    looks()
    assert Dropped.objects.get().refused == 1
    (path,) = [path for path in (folder / "rejected").iterdir()]
    assert "some day" in path.read_text()


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("list.csv", HEADS, "Its name does not say"),
        ("bookings.csv", "colour,taste\nred,sweet\n", "No column is known"),
        ("nowhere/bookings.csv", HEADS, "There is no place nowhere"),
    ],
)
def test_what_is_not_understood_is_kept_aside_and_says_why(folder, name, text, why):
    cast.place()
    drop(folder, name, text)
    assert looks() == 1
    assert why in Dropped.objects.get().trouble
    reasons = [path for path in (folder / "rejected").iterdir() if path.name.endswith("why.txt")]
    assert why in reasons[0].read_text()
    assert not Visit.objects.exists()
    assert list((folder / "working").iterdir()) == []


def test_bytes_that_are_no_table_harm_nobody(folder):
    cast.place()
    (folder / "orders.csv").write_bytes(b"\x00\xff" * 2000)
    os.utime(folder / "orders.csv", (now().timestamp() - 60,) * 2)
    looks()
    assert Dropped.objects.get().trouble or Dropped.objects.get().refused
    assert not Order.objects.exists()


def test_a_file_that_grew_while_it_was_read_is_read_again(folder, monkeypatch):
    cast.place()
    drop(folder, "bookings.csv", HEADS + booked())
    whole = taking._bring_in

    def grows(path, **told):
        taken = whole(path, **told)
        with path.open("a") as more:
            more.write(booked("B2"))
        return taken

    monkeypatch.setattr(taking, "_bring_in", grows)
    assert looks() == 0
    monkeypatch.setattr(taking, "_bring_in", whole)
    assert taking.look() == 1
    assert Visit.objects.count() == 2


def test_a_file_in_the_folder_of_a_place_is_for_that_place(folder):
    cast.place()
    york = cast.place("larder-york", name="The Larder, York")
    drop(folder, "larder-york/bookings.csv", HEADS + booked())
    looks()
    assert Visit.objects.get().place == york


def test_without_a_folder_nothing_is_looked_at(settings):
    settings.AMENDS_DROP_FOLDER = None
    assert taking.look() == 0


def test_what_fails_again_and_again_is_put_aside_and_holds_up_no_other(folder, monkeypatch):
    cast.place()
    drop(folder, "bookings-bad.csv", HEADS + booked())
    drop(folder, "bookings-good.csv", HEADS + booked("B2"))
    whole = taking._bring_in

    def fails(path, **told):
        if "bad" in path.name:
            raise OSError("the disk is full")
        return whole(path, **told)

    monkeypatch.setattr(taking, "_bring_in", fails)
    looks()
    assert Visit.objects.count() == 1
    for _ in range(taking.TRIES):
        taking.look()
    assert list((folder / "working").iterdir()) == []
    assert Dropped.objects.exclude(trouble="").get().name == "bookings-bad.csv"
