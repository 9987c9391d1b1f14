"""`amends import`: what it makes of a file, what it did, what it left out."""

import pytest
from typer.testing import CliRunner

from amends.config import operating
from amends.customers.order import Order
from tests import cast

pytestmark = pytest.mark.django_db
LINES = [
    "order id,email,date,total,colour",
    "A-1,ann@x.example,2026-05-01,20,red",
    "A-2,,2026-05-01,5,",
]


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.STATIC_ROOT = settings.DATA / "static"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(LINES) + "\n")
    return path


def run(*arguments):
    return CliRunner().invoke(operating.app, ["import", *map(str, arguments)])


def test_it_says_what_it_read_what_it_did_and_what_it_left_out(file):
    told = run("orders", file)
    assert told.exit_code == 0, told.output
    assert "2 rows, separated by commas, UTF-8" in told.output
    assert "ordered_at  ← date   like 2026-05-01" in told.output
    assert "not read: colour" in told.output
    assert "1 orders new, 0 brought up to date, 0 already known" in told.output
    assert "1 × Nobody is named" in told.output
    rejects = file.with_name("orders.csv.rejects.csv")
    assert rejects.read_text().splitlines()[1].startswith('3,"Nobody is named')
    assert "0 orders new, 0 brought up to date, 1 already known" in run("orders", file).output


def test_what_was_left_out_can_be_mended_and_brought_in_by_itself(file, tmp_path):
    rejects = tmp_path / "left-out.csv"
    run("orders", file, "--rejects", rejects)
    rejects.write_text(rejects.read_text().replace("A-2,,", "A-2,ben@x.example,"))
    assert "1 orders new" in run("orders", rejects).output
    assert Order.objects.count() == 2


def test_a_dry_run_writes_nothing_not_even_a_file(file):
    told = run("orders", file, "--dry-run", "--map", "amount=", "--place", cast.place().slug)
    assert "1 orders would be new" in told.output
    assert "nothing is written" in told.output
    assert "amount" not in told.output
    assert not file.with_name("orders.csv.rejects.csv").exists()
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["wishes", "FILE"], "There is nothing to import by the name of wishes"),
        (["orders", "/nowhere"], "There is no file /nowhere"),
        (["orders", "FILE", "--place", "mars"], "There is no place mars"),
        (["orders", "FILE", "--map", "amount=weight"], "there is no such column"),
        (["orders", "FILE", "--map", "ordered_at="], "No column is known to hold: ordered_at"),
        (["orders", "FILE", "--rejects", "/nowhere/at/all"], "They cannot be written to"),
    ],
)
def test_a_refusal_is_one_line(file, arguments, words):
    told = run(*[str(file) if one == "FILE" else one for one in arguments])
    assert told.exit_code == 1
    assert told.stderr.startswith("amends: ")
    assert words in told.stderr
