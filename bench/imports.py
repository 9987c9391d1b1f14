"""Customers and orders brought in from files, by `amends import` as anybody types it, on SQLite and
PostgreSQL: CPU and wall seconds, the most memory, and the same once more, when nothing is new.

    bin/bench imports [--customers 100000] [--orders 1000000] [--engine SQLite|PostgreSQL]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench import ground
from bench.ground import spent

AMENDS = [sys.executable, "-m", "amends.config.command"]
PLACE = """
from amends.config.start import start
start()
from amends.people.business import Business
from amends.people.place import Place
Place.objects.create(slug="shop", name="Shop", business=Business.objects.create(name="Shop"))
"""
NAMES = "Ada Ben Cleo Dan Eva Finn Gus Hana Ida Jon Kim Lea Max Nia Oli Pia Rob Sue Tom Una"
COLUMNS = f"{'':<34}{'rows':>12}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}{'server CPU s':>14}"


class Measured(NamedTuple):
    what: str
    rows: int
    cpu: float
    wall: float
    peak: int
    server: float

    def __str__(self) -> str:
        return (
            f"{self.what:<34}{self.rows:>12,}{self.cpu:>9.1f}{self.wall:>9.1f}"
            f"{self.peak // 1024:>10,}{self.server:>14.1f}"
        )


def write_files(folder: Path, customers: int, orders: int) -> tuple[Path, Path]:
    """Made out of nothing, always the same: orders by numbers as a shop counts them, in their order,
    over three years; a few customers buy very often, most once or twice."""
    import duckdb

    engine = duckdb.connect()
    engine.execute("SET memory_limit = '1GB'; SET enable_progress_bar = false")
    names = ", ".join(f"'{name}'" for name in NAMES.split())
    people, bought = folder / "customers.csv", folder / "orders.csv"
    engine.execute(
        f"""COPY (SELECT 'C' || i AS customer_id, [{names}][1 + i % 20] || ' '
        || chr(65 + (i // 20 % 26)::INT) || left(md5(i::VARCHAR), 6) AS name,
        'c' || i || '@' || left(md5((i % 997)::VARCHAR), 6) || '.example' AS email
        FROM range({customers}) t(i)) TO '{people}' (FORMAT csv)"""
    )
    engine.execute(
        f"""COPY (SELECT 100000000 + i AS order_id,
        'C' || (power(hash(i) / 18446744073709551616, 2) * {customers})::BIGINT % {customers}
        AS customer_id, TIMESTAMP '2023-01-01 08:00:00' + to_seconds((i * 94608000 // {orders})::BIGINT)
        AS ordered_at, round(5 + hash(i + 7) % 20000 / 100, 2) AS amount, 'GBP' AS currency
        FROM range({orders}) t(i)) TO '{bought}' (FORMAT csv)"""
    )
    return people, bought


def run(
    what: str, rows: int, kind: str, file: Path, env: dict[str, str], server: list[int]
) -> Measured:
    before, started = spent(server), time.perf_counter()
    process = subprocess.Popen(
        [*AMENDS, "import", kind, str(file)], env=env, stdout=subprocess.PIPE, text=True
    )
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(said)
    wall = time.perf_counter() - started
    print(said.partition("Done.\n")[2].rstrip(), file=sys.stderr)
    cpu = used.ru_utime + used.ru_stime
    return Measured(what, rows, cpu, wall, used.ru_maxrss, spent(server) - before)


def measure(engine: str, folder: Path, files: tuple[Path, Path], counts: tuple[int, int]) -> None:
    env = {**os.environ, "AMENDS_DATA": str(folder / engine)}
    (people, bought), (customers, orders) = files, counts
    with ground.database(engine, folder) as (address, server):
        if address:
            env["AMENDS_DATABASE_URL"] = address
        subprocess.run([*AMENDS, "prepare"], env=env, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-c", PLACE], env=env, check=True)
        for what, rows, kind, file in (
            ("customers", customers, "customers", people),
            ("orders", orders, "orders", bought),
            ("the same orders again", orders, "orders", bought),
        ):
            print(run(f"{engine}: {what}", rows, kind, file, env, server), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=["SQLite", "PostgreSQL"], action="append")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amends-imports-") as made:
        folder = Path(made)
        files = write_files(folder, given.customers, given.orders)
        print(COLUMNS)
        for engine in given.engine or ["SQLite", "PostgreSQL"]:
            measure(engine, folder, files, (given.customers, given.orders))


if __name__ == "__main__":
    main()
