import csv
import gzip
import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from typer.testing import CliRunner

from amends.config import reckoning
from amends.config.operating import app
from amends.customers.appraisal import Appraisal
from amends.customers.models import Customer, Worth
from tests import cast
from tests.customers.town_of_buyers import buyers

pytestmark = pytest.mark.django_db
CDNOW = Path(__file__).parents[2].parent / "shared/data/cdnow/purchases.csv.gz"


def run(*arguments):
    return CliRunner().invoke(app, ["worth", *map(str, arguments)])


@pytest.fixture
def orders(tmp_path) -> Path:
    """A file of a shop next door: number, day, amount, in words of its own."""
    chance = random.Random(3)
    file = tmp_path / "orders.csv"
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["Customer ID", "Order date", "Total"])
        for number in range(300):
            day = date(2025, 1, 1) + timedelta(days=chance.randrange(200))
            while day < date(2026, 3, 1):
                rows.writerow(
                    [f"C{number}", day.isoformat(), f"{chance.lognormvariate(3, 0.5):.2f}"]
                )
                if chance.random() < 0.3:
                    break
                day += timedelta(days=1 + int(chance.expovariate(1 / 30)))
    return file


def test_the_worth_of_all_is_reckoned_when_somebody_asks():
    buyers(60)
    told = run("refresh")
    assert told.exit_code == 0
    assert told.output.startswith("60 customers, as of ")
    assert Worth.objects.count() == 60
    assert "came_back" in Appraisal.last().figures


def test_with_nobody_it_says_so():
    assert "Nobody has bought anything yet" in run("refresh").output
    assert json.loads(run("refresh", "--json").output) == {"customers": 0}


def test_orders_that_live_elsewhere_are_learnt_from_and_kept_for_those_we_know(orders):
    known = Customer.met(name="Robert Finch", outside_id="C7")
    told = run("fit", orders, "--json")
    assert told.exit_code == 0, told.stderr
    found = json.loads(told.output)
    assert (found["customers"], found["kept"]) == (300, 1)
    assert set(found["models"]) == {"mbg", "pareto"}
    worth = Worth.objects.get()
    assert worth.customer == known
    assert 0 < worth.p_alive < 1


def test_a_file_without_the_columns_is_refused_with_what_to_say(tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text("a,b\n1,2\n")
    told = run("fit", file)
    assert told.exit_code == 1
    assert "--map customer=COLUMN" in told.stderr


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["nowhere.csv"], "There is no file"),
        ([__file__, "--engine", "abacus"], "no engine abacus"),
        ([__file__, "--until", "March"], "like 2026-03-31, not March"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(asked, words):
    told = run("fit", *asked)
    assert told.exit_code == 1
    assert words in told.stderr


def test_it_is_due_once_a_night_and_at_once_the_first_time(clock):
    assert not reckoning._is_due()
    buyers(30)
    assert reckoning._is_due()
    reckoning.refresh()
    assert not reckoning._is_due()
    clock.shift(timedelta(days=1))
    assert reckoning._is_due()
    clock.shift(-timedelta(hours=7))
    assert not reckoning._is_due()


def test_two_workers_do_not_reckon_at_once(clock):
    cast.place()
    buyers(30)
    cache.add(reckoning.BUSY, 1, timeout=60)
    reckoning.at_night()
    assert not Appraisal.objects.exists()


@pytest.mark.skipif(not CDNOW.exists(), reason="the purchases of CDNOW are not beside this tree")
def test_the_published_figures_of_cdnow_come_out_of_the_command(tmp_path):
    """Fader, Hardie & Lee (2005): within the prior's little pull."""
    file = tmp_path / "cdnow.csv"
    with gzip.open(CDNOW, "rt") as packed, file.open("w") as out:
        rows = csv.DictReader(packed)
        out.write("customer,date,amount\n")
        for row in rows:
            if row["in_tenth_sample"] == "1":
                paid = float(row["amount"]) + 0.01  # some were given away
                out.write(f"{row['customer_id']},{row['date']},{paid:.2f}\n")
    found = reckoning.fit(str(file), until="1997-09-30")
    assert found["customers"] == 2357
    r, alpha, *_ = found["models"]["pareto"]["params"]
    assert (r, alpha / 7) == (pytest.approx(0.553, abs=0.05), pytest.approx(10.6, abs=1.0))
