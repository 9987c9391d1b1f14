"""Purchases become customers and distinct histories, the same on every engine."""

import importlib.util
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from amends.worth.summarise import Cluster, Columns, Summary, Unsummarised, local, summarise

CDNOW = Path(__file__).parents[3] / "shared/data/cdnow/purchases.csv.gz"
LAST = date(2026, 3, 1)
HEADING = "customer,day,amount,currency,order,cancelled\n"


def file(folder: Path, *rows: str) -> Path:
    path = folder / "purchases.csv"
    path.write_text(HEADING + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def summed(folder: Path, *rows: str, columns: Columns | None = None) -> Summary:
    with local(memory="200MB", threads=1) as engine:
        return summarise(file(folder, *rows), engine=engine, columns=columns, as_of=LAST)


def triples(summary: Summary) -> set[tuple[float, ...]]:
    h = summary.histories
    return {
        tuple(map(float, row)) for row in zip(h.x, h.t_x, h.T, h.weight, strict=True)
    }  # fmt: skip


def test_two_purchases_on_one_day_are_one(tmp_path):
    found = summed(
        tmp_path,
        "ann,2026-01-01,10,,,",
        "ann,2026-01-01 17:30:00,5,,,",
        "ann,2026-01-11,20,,,",
        "bea,2026-02-01,7,,,",
    )
    assert triples(found) == {(1, 10, 59, 1), (0, 0, 28, 1)}
    assert (found.seen, found.readable, found.as_of) == (4, 4, LAST)
    assert found.spends[""].mean == pytest.approx([20])


def test_what_came_back_lowers_the_money_and_is_no_purchase(tmp_path):
    found = summed(
        tmp_path,
        "ann,2026-01-01,30,,,",
        "ann,2026-01-11,30,,,",
        "ann,2026-01-20,-15,,,",
        "bea,2026-01-01,30,,,",
        "bea,2026-01-05,-30,,,",
        "cat,2026-01-01,9,,,",
        "cat,2026-01-01,-9,,,",
    )
    assert triples(found) == {(1, 10, 59, 1)}
    assert found.totals[""].spent == 45
    assert found.spends[""].mean == pytest.approx([22.5])


def test_a_return_is_taken_off_its_own_order(tmp_path):
    rows = (
        "ann,2026-01-01,30,,A,",
        "ann,2026-01-11,30,,B,",
        "ann,2026-01-20,-30,,A,",
        "ann,2026-01-25,12,,C,true",
    )
    columns = Columns(order="order", cancelled="cancelled")
    assert triples(summed(tmp_path, *rows, columns=columns)) == {(0, 0, 49, 1)}


def test_a_free_purchase_is_a_purchase(tmp_path):
    found = summed(tmp_path, "ann,2026-01-01,0,,,", "ann,2026-01-11,30,,,", "bea,2026-01-01,0,,,")
    assert triples(found) == {(1, 10, 59, 1), (0, 0, 59, 1)}


def test_currencies_are_never_added_up(tmp_path):
    found = summed(
        tmp_path,
        "ann,2026-01-01,30,GBP,,",
        "ann,2026-01-11,20,GBP,,",
        "ann,2026-01-01,3000,JPY,,",
        columns=Columns(currency="currency"),
    )
    assert {code: total.spent for code, total in found.totals.items()} == {"GBP": 50, "JPY": 3000}
    assert list(found.spends) == ["GBP"]


def test_rows_that_cannot_be_read_are_counted_and_left_out(tmp_path):
    found = summed(
        tmp_path,
        "ann,2026-01-01,30,,,",
        "ann,tomorrow,30,,,",
        "ann,2026-01-03,much,,,",
        ",2026-01-03,30,,,",
        "ann,2026-01-04,NaN,,,",
        "ann,2026-01-05,1e300,,,",
        "ann,2026-04-01,30,,,",
    )
    assert triples(found) == {(0, 0, 59, 1)}
    assert (found.seen, found.readable) == (7, 2)


def test_a_file_without_a_purchase_is_refused_in_plain_words(tmp_path):
    with pytest.raises(Unsummarised, match="No row of this file"):
        summed(tmp_path, "ann,never,0,,,")


def test_a_file_that_is_none_is_refused_in_plain_words(tmp_path):
    broken = tmp_path / "purchases.parquet"
    broken.write_bytes(b"PAR1 and no more")
    for path in (broken, tmp_path / "nowhere.csv"):
        with local(memory="200MB", threads=1) as engine, pytest.raises(Unsummarised, match="read"):
            summarise(path, engine=engine)


def test_a_column_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Unsummarised, match="price"):
        summed(tmp_path, "ann,2026-01-01,5,,,", columns=Columns(amount="price"))


def test_an_odd_row_after_many_is_one_row_left_out(tmp_path):
    rows = [f"c{at},2026-01-{1 + at % 28:02},5,,," for at in range(30_000)]
    found = summed(tmp_path, *rows, "late,2026-01-05,five,,,")
    assert (found.seen, found.readable) == (30_001, 30_000)


def test_names_of_columns_cannot_leave_their_quotes(tmp_path):
    path = tmp_path / "it's.csv"
    path.write_text('"the ""customer""",day,amount\nann,2026-01-01,5\n', encoding="utf-8")
    with local(memory="200MB", threads=1) as engine:
        columns = Columns(customer='the "customer"')
        assert summarise(path, engine=engine, columns=columns).histories.customers == 1


def test_customers_are_kept_one_row_each(tmp_path):
    kept = tmp_path / "customers.parquet"
    with local(memory="200MB", threads=1) as engine:
        path = file(tmp_path, "ann,2026-01-01,10,,,", "bea,2026-01-01,10,,,")
        summarise(path, engine=engine, into=kept)
        found = engine.asked(f"SELECT customer, x FROM '{kept}' ORDER BY customer")
    assert list(found["customer"]) == ["ann", "bea"]


def bought(path: Path, rows: int) -> None:
    """So many purchases of a tenth as many customers, with some returns, in two currencies."""
    with local() as engine:
        engine.run(
            f"COPY (SELECT hash(i) % {rows // 10} AS customer, DATE '2025-01-01' + "
            "((hash(i + 7) % 400)::INT) AS day, round((hash(i + 9) % 9000)::INT / 100 - 10, 2) AS "
            f"amount, if(hash(i) % 7 < 2, 'EUR', 'GBP') AS currency FROM range({rows}) t(i)) "
            f"TO '{path}' (FORMAT parquet)"
        )


def same(one: Summary, other: Summary) -> None:
    assert list(one.totals) == list(other.totals)
    for currency, total in one.totals.items():
        twin = other.totals[currency]
        assert (total.customers, total.repeats, total.recency) == (
            twin.customers, twin.repeats, twin.recency
        )  # fmt: skip
        assert total.spent == pytest.approx(twin.spent, rel=1e-12)
        assert one.spends[currency].weight.sum() == other.spends[currency].weight.sum()
    assert triples(one) == triples(other)


def test_little_memory_gives_the_same_sums(tmp_path):
    path = tmp_path / "purchases.parquet"
    bought(path, 200_000)
    with local(memory="100MB", threads=2) as small, local() as free:
        columns = Columns(currency="currency")
        same(*(summarise(path, engine=one, columns=columns) for one in (small, free)))


@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java, which is not here")
@pytest.mark.skipif(not importlib.util.find_spec("pyspark"), reason="the extra `spark` is not here")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("master", ["local[2]", "local-cluster[2,1,1024]"])
def test_spark_gives_the_same_sums_by_the_same_text(tmp_path, master):
    """In one process, and on two executors that are processes of their own."""
    from pyspark.sql import SparkSession

    path = tmp_path / "purchases.parquet"
    bought(path, 20_000)
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    session = SparkSession.builder.master(master).config(map=settings).getOrCreate()
    try:
        assert session.sparkContext.master == master
        columns = Columns(currency="currency")
        with local() as engine:
            here = summarise(path, engine=engine, columns=columns)
        same(here, summarise(path, engine=Cluster(session), columns=columns))
    finally:
        session.stop()


@pytest.mark.skipif(not CDNOW.exists(), reason="the purchases of CDNOW are not beside this tree")
def test_the_sample_of_cdnow_has_its_published_counts():
    columns = Columns(customer="customer_id", day="date")
    with local(memory="500MB") as engine:
        tenth = f"(SELECT * FROM '{CDNOW}' WHERE in_tenth_sample = 1)"
        engine.source = lambda path: tenth
        found = summarise(CDNOW, engine=engine, columns=columns, as_of=date(1997, 9, 30))
    assert (found.histories.customers, found.histories.repeaters) == (2357, 946)
    assert np.dot(found.histories.x, found.histories.weight) == 2457
