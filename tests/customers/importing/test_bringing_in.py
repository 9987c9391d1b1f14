"""A file brought in, from its headings to what was left out."""

import csv
import gzip
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice

import duckdb
import pytest

from amends.customers.customer import Customer
from amends.customers.importing import bringing_in
from amends.customers.importing.bringing_in import bring_in, plan, refused, write_refused
from amends.customers.importing.columns import Kind, NotUnderstood
from amends.customers.order import Order
from amends.customers.rating import Rating
from amends.customers.rhythm import Rhythm
from amends.customers.visit import Visit
from amends.kit.tables import opened
from tests import cast
from tests.customers.importing.conftest import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ORDERS = ("order id,customer id,email,date,total", "A-1,C-1,ann@x.example,2026-05-01,20",
          "A-2,C-1,,2026-05-09,30.50", "A-3,C-2,ben@x.example,2026-05-02,5")  # fmt: skip


def counted(happened):
    return happened.new, happened.changed, happened.same, happened.customers


@pytest.mark.engines
def test_twice_changes_nothing(brought):
    cast.place()
    assert counted(brought("orders", *ORDERS)) == (3, 0, 0, 2)
    before = list(Order.objects.order_by("pk").values()), list(Rhythm.objects.values())
    assert counted(brought("orders", *ORDERS)) == (0, 0, 3, 0)
    assert (list(Order.objects.order_by("pk").values()), list(Rhythm.objects.values())) == before
    ann = Customer.at("email", "ann@x.example")
    assert ann == Customer.at("id", "C-1")
    assert (ann.rhythm.purchases, ann.rhythm.spent_again) == (2, Decimal("30.50"))
    assert ann.known_since == datetime(2026, 4, 30, 23, tzinfo=UTC)  # midnight in Bath
    assert Customer.objects.visible_to(cast.ana()).matching("ann x.example").get() == ann


@pytest.mark.engines
def test_a_run_that_was_cut_off_is_simply_run_again(brought, monkeypatch):
    monkeypatch.setattr(bringing_in, "MOST_ROWS", 1)

    def cut_off(done, of):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        brought("orders", *ORDERS, shown=cut_off)
    assert Order.objects.count() == 2
    assert sum(Rhythm.objects.values_list("spent", flat=True)) == sum(
        Order.objects.values_list("amount", flat=True)
    )
    assert counted(brought("orders", *ORDERS))[:3] == (1, 0, 2)


TWICE_NAMED = (
    "order id,customer id,email,date,total",
    *(f"A-{n},C-{n},m{n}@x.example,2026-05-01,{n}" for n in range(1, 21)),
    *(f"B-{n},,m{n}@x.example,2026-05-02,{n}" for n in range(1, 21)),
)


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_two_write_at_the_same_time_where_they_can_and_nobody_is_met_twice(brought, monkeypatch):
    monkeypatch.setattr(bringing_in, "MOST_CUSTOMERS", 1)
    assert counted(brought("orders", *TWICE_NAMED)) == (40, 0, 0, 20)
    assert set(Rhythm.objects.values_list("purchases", flat=True)) == {2}
    assert sum(Rhythm.objects.values_list("spent", flat=True)) == 420
    assert counted(brought("orders", *TWICE_NAMED)) == (0, 0, 40, 0)


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_when_one_of_two_cannot_go_on_the_other_stops_too(brought, monkeypatch):
    monkeypatch.setattr(bringing_in, "MOST_CUSTOMERS", 1)

    def cut_off(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        brought("orders", *TWICE_NAMED, shown=cut_off)
    assert 1 <= Order.objects.count() <= 3
    assert counted(brought("orders", *TWICE_NAMED))[0] >= 37


@pytest.mark.engines
def test_a_dry_run_says_what_would_happen_and_writes_nothing(brought):
    cast.place()
    assert counted(brought("orders", *ORDERS, dry=True)) == (3, 0, 0, 2)
    assert not Order.objects.exists()
    assert not Customer.objects.exists()


@pytest.mark.engines
def test_what_is_told_anew_is_corrected_and_what_is_left_out_stays(brought):
    brought("orders", *ORDERS)
    happened = brought(
        "orders",
        "order id,customer id,date,status,refunded,delivered at",
        "A-1,C-1,2026-05-01,cancelled,,",
        "A-2,C-1,2026-05-09,shipped,10,2026-05-12 10:00",
    )
    assert counted(happened) == (0, 2, 0, 0)
    first, second = Order.objects.order_by("outside_id")[:2]
    assert first.cancelled_at
    assert (second.amount, second.refunded) == (Decimal("30.50"), 10)
    assert second.delivered_at == datetime(2026, 5, 12, 10, tzinfo=UTC)
    rhythm = Rhythm.objects.get(customer=first.customer)
    assert (rhythm.purchases, rhythm.spent) == (1, Decimal("20.50"))


@pytest.mark.engines
def test_rows_of_one_order_are_summed_and_what_went_back_is_taken_off(brought):
    brought(
        "orders",
        "InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID",
        "1,2,12/13/2010 8:26,2.50,7",
        "1,1,12/13/2010 8:26,4.00,7",
        "C2,-2,12/14/2010 9:00,2.50,7",
        "3,1,12/14/2010 9:00,oh,7",
        "3,1,12/14/2010 9:00,9,7",
        maps=("currency==GBP",),
    )
    found = Order.objects.order_by("outside_id").values_list("outside_id", "amount", "refunded")
    assert list(found) == [("1", 9, 0), ("C2", 0, 5)]
    rhythm = Rhythm.objects.get()
    assert (rhythm.purchases, rhythm.spent, rhythm.currency) == (1, 4, "GBP")


def test_what_cannot_be_taken_is_explained_and_can_be_mended(written, tmp_path):
    path = written(
        "order id,customer id,date,total",
        "A-1,C-1,2026-05-01,20",
        "A-2,,2026-05-01,20",
        "A-3,C-1",
        "A-4,C-1,soon,20",
        ",C-1,2026-05-01,20",
        "A-6,C-1,2031-05-01,20",
        "A-7,C-1,2026-05-01,twenty",
        ",,,",
    )
    with opened(path) as table:
        made = plan(table, Kind.ORDERS)
        happened = bring_in(made)
        told = [(row, why) for row, why, _ in refused(made)]
        assert write_refused(made, tmp_path / "refused.csv") == 6
    assert [row for row, _ in told] == [3, 4, 5, 6, 7, 8]
    assert [why.split()[0] for _, why in told] == ["Nobody", "It", "“soon”", "It", "It", "“twenty”"]
    assert told[4][1] == "It lies in the future."
    kept = rows(tmp_path / "refused.csv")
    assert kept[0] == ["row", "why", "order id", "customer id", "date", "total"]
    assert kept[3] == ["5", "“soon” (ordered_at) is no day or moment that can be read.", "A-4",
                       "C-1", "soon", "20"]  # fmt: skip
    assert Order.objects.count() == happened.new == 1
    assert happened.left_out == 6


def test_what_a_file_must_hold_is_asked_for(written):
    with opened(written("a,b", "1,2")) as table:
        with pytest.raises(NotUnderstood, match="--map ordered_at=COLUMN"):
            plan(table, Kind.ORDERS)
        with pytest.raises(NotUnderstood, match="hold: at, customer"):
            plan(table, Kind.VISITS)
        with pytest.raises(NotUnderstood, match="hold: score, at, customer"):
            plan(table, Kind.RATINGS)
        with pytest.raises(NotUnderstood, match="hold: id"):
            plan(table, Kind.CUSTOMERS)


@pytest.mark.engines
def test_the_hour_is_the_one_of_the_place_and_so_is_the_currency(brought):
    auckland = cast.place("larder-auckland", timezone="Pacific/Auckland")
    told = ("id,email,date,total,branch", "A-1,a@x.example,2026-05-21 08:30,9,larder-auckland",
            "A-2,a@x.example,2026-05-21 08:30,9,nowhere")  # fmt: skip
    happened = brought("orders", *told)
    assert [why for _, why in happened.refused] == ["“nowhere” is no place here."]
    order = Order.objects.get()
    assert (order.place, order.currency) == (auckland, "GBP")
    assert order.ordered_at == datetime(2026, 5, 20, 20, 30, tzinfo=UTC)
    assert order.ordered_on == date(2026, 5, 21)
    assert auckland in order.customer.places.all()


def test_a_column_that_names_no_place_is_not_taken_for_one(written):
    cast.place()
    with opened(written("basket_id,household_id,store_id,ts", "1,2,330,2026-05-01")) as table:
        made = plan(table, Kind.ORDERS)
        assert "“store_id” names no place" in made.notes[0]
        assert bring_in(made).new == 1
    assert Order.objects.get().place == cast.place()


@pytest.mark.engines
def test_rows_without_a_number_are_known_by_what_they_say(brought):
    told = ("customer_id,date,amount", "1,1997-01-01,11.77", "1,1997-01-01,11.77", "1,1997-02-01,5")
    assert counted(brought("orders", *told)) == (3, 0, 0, 1)
    assert counted(brought("orders", *told)) == (0, 0, 3, 0)
    assert Rhythm.objects.get().purchases == 2


@pytest.mark.engines
def test_visits_that_were_and_visits_that_will_be(brought):
    place = cast.place()
    told = ("booking id,phone,date,amount,table,status", "V-1,020 7946 0000,2026-05-01 09:00,30,7,",
            "V-2,+44 20 7946 0000,2026-07-01 09:00,,,", "V-3,020 7946 0000,2026-05-03 09:00,,,No-show")  # fmt: skip
    assert counted(brought("visits", *told)) == (3, 0, 0, 1)
    assert counted(brought("visits", *told)) == (0, 0, 3, 0)
    was, will_be, never = Visit.objects.order_by("outside_id")
    assert (was.arrived_at, was.table) == (datetime(2026, 5, 1, 8, tzinfo=UTC), "7")
    assert (will_be.arrived_at, will_be.place) == (None, place)
    assert will_be.expected_at == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert never.cancelled_at
    assert never.arrived_at is None
    assert was.customer == will_be.customer
    assert len({was.ref, will_be.ref, never.ref}) == 3
    assert was.customer.rhythm.spent == 30


@pytest.mark.engines
def test_ratings_find_their_order_or_their_customer(brought):
    brought("orders", *ORDERS)
    told = ("review_id,order_id,email,score,comment,date", "R-1,A-1,,2,Late,2026-05-10",
            "R-2,,ben@x.example,5,,2026-05-11", "R-3,A-99,,1,,2026-05-11", "R-4,A-1,,9,,2026-05-11",
            "R-5,A-1,,,,2026-05-11")  # fmt: skip
    happened = brought("ratings", *told, maps=("best==5",))
    assert counted(happened) == (2, 0, 0, 0)
    assert [why for _, why in happened.refused] == [
        "“A-99” is no order that is known here, and nobody is named.",
        "“9” (score) is more than the best.",
        "It has no score.",
    ]
    late, good = Rating.objects.order_by("outside_id")
    assert (late.order.outside_id, late.words, str(late)) == ("A-1", "Late", "2 of 5")
    assert good.customer == Customer.at("email", "ben@x.example")


@pytest.mark.engines
def test_customers_are_met_and_known_better(brought):
    place = cast.place()
    cast.finch(name="")
    told = ("id;Name;E-Mail;Telefon;Notes", "7;Robert Finch;ROBERT@finch.example;020 7946 0000;Tea",
            "8;Zoë Łukasz;;;")  # fmt: skip
    happened = brought("customers", *told, place=place)
    assert (happened.customers, happened.customers_better) == (1, 1)
    finch = Customer.at("email", "robert@finch.example")
    assert (finch.name, finch.values) == ("Robert Finch", "Tea")
    assert Customer.at("phone", "+442079460000") == Customer.at("id", "7") == finch
    seen = Customer.objects.visible_to(cast.ana())
    assert seen.matching("zoe").get().name == "Zoë Łukasz"
    assert brought("customers", *told, place=place).wrote == 0


def test_a_shop_of_brazil_as_it_is(real, written, brought):
    """Orders with days promised and kept, then what their customers thought of them."""
    cast.place()
    bought, thought = head(real("olist/orders.csv.gz"), 300), head(real("olist/reviews.csv.gz"), 2)
    happened = brought("orders", written(*bought), maps=["currency==BRL"])
    assert (happened.new, happened.left_out) == (300, 0)
    assert Order.objects.exclude(promised_on=None).count() == 300
    never = sum(row[2] in ("canceled", "unavailable") for row in csv.reader(bought))
    assert Order.objects.exclude(cancelled_at=None).count() == never > 0
    assert brought("orders", written(*bought), maps=["currency==BRL"]).wrote == 0
    number = Order.objects.values_list("outside_id", flat=True)[0]
    words = next(csv.reader(thought[1:]))
    words[1] = number
    file = written(thought[0], ",".join(f'"{word}"' for word in words))
    assert counted(brought("ratings", file)) == (1, 0, 0, 0)
    assert Rating.objects.get().order.outside_id == number


def test_a_shop_of_records_as_it_is(real, written, brought):
    """Rows without numbers of their own: a row is known by what it says."""
    cast.place()
    lines = head(real("cdnow/purchases.csv.gz"), 500)
    assert brought("orders", written(*lines)).new == 500
    assert brought("orders", written(*lines)).wrote == 0
    spent = sum(Rhythm.objects.values_list("spent", flat=True))
    assert spent == sum(Decimal(line.split(",")[3]) for line in lines[1:])


@pytest.mark.parametrize(
    ("name", "maps"),
    [("online_retail/lines.parquet", []),
     ("complete_journey/baskets.parquet", ["id=basket_id", "ordered_at=ts"])],
)  # fmt: skip
def test_tables_with_types_as_they_are(real, written, brought, tmp_path, name, maps):
    cast.place()
    path = tmp_path / "some.parquet"
    duckdb.sql(f"COPY (FROM '{real(name)}' LIMIT 500) TO '{path}' (FORMAT parquet)")
    happened = brought("orders", path, maps=maps)
    assert happened.new > 10
    assert happened.new + happened.left_out <= 500
    assert brought("orders", path, maps=maps).wrote == 0


def head(path, rows_of_it):
    """The first lines of a packed file, its headings before them."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\r\n") for line in islice(file, rows_of_it + 1)]
