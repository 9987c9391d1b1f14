"""Tables written on the spot and brought in."""

import csv
from pathlib import Path

import pytest

from amends.customers.importing.bringing_in import bring_in, plan
from amends.customers.importing.columns import Kind
from amends.kit.tables import opened

SHARED = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def written(tmp_path):
    """`written("id,amount", "A-1,20")`: a file of these lines."""

    def write(*lines, name="table.csv"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def brought(written):
    """`brought("orders", "id,customer,date", "A-1,C-1,2026-05-01")`: what happened."""

    def bring(kind, *lines, maps=(), place=None, **more):
        path = lines[0] if isinstance(lines[0], Path) else written(*lines)
        with opened(path) as table:
            made = plan(table, Kind(kind), told=maps, place=place)
            return bring_in(made, **more)

    return bring


@pytest.fixture
def real():
    """A file of real orders, where they lie beside the repository."""

    def find(name):
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"real data are not here: {name}")
        return path

    return find


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
