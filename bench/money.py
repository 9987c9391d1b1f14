"""The money side of worth in figures, for `bin/bench worth`: purchases summed up, one customer and a million
of them, the coin at a failure, what intervals and lists were worth on real customers."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from tests.worth import cdnow, coins, simulated
from tests.worth.test_evidence import from_a_purchase
from tests.worth.test_holdout import SETS, SHARED, TRUE, before, real

from amends.worth import pareto, posterior
from amends.worth.coin import fit_coin
from amends.worth.evidence import one_sample
from amends.worth.fitting import fit
from amends.worth.future import Bought, Horizon, expectations, future
from amends.worth.geometric import mbg
from amends.worth.histories import Histories
from amends.worth.holdout import cuts, total, trial
from amends.worth.quiet import back_test
from amends.worth.spend import GammaGamma, Spend, fit_spend
from amends.worth.summarise import Columns, local, summarise

Figure = tuple[str, str]
ROWS, MANY_ROWS = 10_000_000, 100_000_000
MEMORY = {ROWS: "1GB", MANY_ROWS: "1800MB"}
AHEAD = Horizon(3652.0, margin=0.4, rate=0.1)  # ten years
RUNS = 40
FIRMS = 200
ALONE = """
import json, resource, sys, time
from amends.worth.summarise import Columns, local, summarise
cpu, wall = time.process_time(), time.perf_counter()
with local(memory=sys.argv[2], threads=2) as engine:
    found = summarise(sys.argv[1], engine=engine, columns=Columns(currency="currency"))
print(json.dumps({
    "cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall,
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
    "customers": found.histories.customers, "rows": len(found.histories.x)}))
"""


def figures(*, full: bool) -> Iterator[Figure]:
    yield from summed(full=full)
    yield from one_customer()
    yield from many_customers()
    yield from coin()
    yield from firms()
    if cdnow.FILE.exists():
        yield from published()
        yield from without_failures()
    for name in SETS:
        if (SHARED / name).exists():
            yield from held(name)


def summed(*, full: bool) -> Iterator[Figure]:
    """Three years of purchases, eight a customer, to customers and to distinct histories."""
    for rows in (ROWS, MANY_ROWS) if full else (ROWS,):
        with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
            path = Path(folder) / "purchases.parquet"
            _bought(path, rows)
            command = [sys.executable, "-c", ALONE, str(path), MEMORY[rows]]
            said = subprocess.run(command, check=True, capture_output=True, text=True)
        told = json.loads(said.stdout)
        yield (
            f"{rows:,} purchases to {told['customers']:,.0f} customers",
            f"{told['cpu']:.1f} CPU s, {told['wall']:.1f} s, {told['peak']:.2f} GiB "
            f"(DuckDB held to {MEMORY[rows]}), {told['rows']:,} distinct histories",
        )


def _bought(path: Path, rows: int) -> None:
    with local(memory="3GB") as engine:
        engine.run(
            f"COPY (SELECT (hash(i * 7919 + 3) % {rows // 8})::BIGINT AS customer, DATE '2023-01-01' "
            "+ (hash(i * 31 + 1) % 1095)::INT AS day, round(5 + (hash(i + 99) % 9500) / 100.0, 2) "
            f"AS amount, 'GBP' AS currency FROM range({rows}) t(i)) TO '{path}' (FORMAT parquet)"
        )


def _spend() -> Spend:
    chance = np.random.default_rng(1)
    count = chance.integers(1, 8, 1_000).astype(float)
    return fit_spend(count, chance.gamma(6 * count) / chance.gamma(4, size=1_000) * 15 / count)


def _shop() -> Histories:
    T = np.random.default_rng(1).integers(1, 700, 2_000).astype(float)
    return Histories.of(*simulated.by_days(*simulated.geometric(TRUE, T, first=1, seed=1)))


def one_customer() -> Iterator[Figure]:
    """All figures and the interval of one customer, warm; customers of all kinds."""
    histories, spend = _shop(), _spend()
    for model in (mbg, pareto):
        found = fit(model, histories)
        drawn, _ = posterior.draws(found, histories)
        for n in (1_000, 4_000):
            took = []
            for row in range(0, len(histories.x), max(1, len(histories.x) // 200)):
                bought = Bought(histories.x[row], histories.t_x[row], histories.T[row], 30.0)
                start, cpu = time.perf_counter(), time.process_time()
                future(found, drawn, spend, bought, AHEAD, n=n)
                took.append((time.perf_counter() - start, time.process_time() - cpu))
            (half, most), (_, busy) = 1_000 * np.percentile(took, [50, 95], axis=0).T
            yield (
                f"{model.name}: one customer, ten years, {n:,} futures",
                f"p50 {half:.1f} ms, p95 {most:.1f} ms, of CPU {busy:.1f} ms",
            )


def many_customers() -> Iterator[Figure]:
    chance = np.random.default_rng(1)
    T = chance.integers(1, 1_095, 1_000_000).astype(float)
    x, t_x, T = simulated.by_days(*simulated.geometric(TRUE, T, first=1, seed=2))
    spend, mean, shop = _spend(), chance.gamma(6, 6, len(x)), _shop()
    for model in (mbg, pareto):
        found = fit(model, shop)
        cpu, wall = time.process_time(), time.perf_counter()
        expectations(found, spend, Bought(x, t_x, T, mean), AHEAD)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        yield (
            f"{model.name}: chances, a year and ten years' money, 1,000,000 customers",
            f"{cpu:.2f} CPU s, {wall:.2f} s",
        )


def coin() -> Iterator[Figure]:
    """2,000 customers with about 500 complaints, half of them repaired; leaving chance 0.35 without."""
    for helped, words in ((0.12, "found"), (0.35, "false alarms")):
        hits, cpu, phi = 0, 0.0, []
        for seed in range(RUNS):
            lives = coins.simulated(
                2_000, alone=0.35, helped=helped, seed=seed + int(1_000 * helped)
            )
            start = time.process_time()
            told = fit_coin(lives)
            cpu += time.process_time() - start
            hits += told.p_value < 0.05
            phi.append(told.phi)
        alone, repaired = np.mean(phi, axis=0)
        yield (
            f"coin at a failure, 0.35 -> {helped}: {words}",
            f"{hits} of {RUNS}; mean {alone:.3f} -> {repaired:.3f}; {cpu / RUNS:.2f} CPU s a fit",
        )


def firms() -> Iterator[Figure]:
    """Totals of simulated firms, 200 days ahead, the model true."""
    for customers in (50, 500):
        within = 0
        for seed in range(FIRMS):
            age = np.random.default_rng(seed).integers(150, 400, customers).astype(float)
            x, t_x, T = simulated.geometric(TRUE, age + 200, first=1, seed=seed)
            x, t_x, ahead = before(x, t_x, T, seed)
            histories = Histories.of(x, t_x, age)
            found = fit(mbg, histories)
            away = np.random.default_rng(seed).standard_normal((200, 4))
            drawn = found.params * np.exp(away @ np.linalg.cholesky(found.covariance).T)
            told = total(found, drawn, histories, horizon=200, n=200, drift=0.0)
            within += told.low <= ahead <= told.high
        yield (
            f"nine-in-ten total of a firm of {customers}, model true",
            f"{within / FIRMS:.0%} held",
        )


def published() -> Iterator[Figure]:
    with local(memory="500MB") as engine:
        engine.source = lambda path: f"(SELECT * FROM '{path}' WHERE in_tenth_sample = 1)"  # type: ignore[method-assign]
        columns = Columns(customer="customer_id", day="date")
        told = summarise(cdnow.FILE, engine=engine, columns=columns, as_of=date(1997, 9, 30))
    spends = told.spends[""]
    law = fit_spend(spends.count, spends.mean, spends.weight).law
    assert isinstance(law, GammaGamma)
    yield (
        "Gamma-Gamma p, q, gamma of CDNOW (published 6.25, 3.74, 15.44)",
        f"{law.p:.4f}, {law.q:.4f}, {law.gamma:.4f}",
    )


def without_failures() -> Iterator[Figure]:
    x, at, follow, back = from_a_purchase()
    for model in (mbg, pareto):
        found = fit(model, cdnow.histories(sample=False))
        told = one_sample(back, model.silent(found.params, x, at, at, follow))
        yield (
            f"{model.name}: returns over expected after a purchase, no failures, 26 weeks",
            f"{told.ratio:.2f} (z {told.z:+.1f}, {len(x):,} customers)",
        )


def held(name: str) -> Iterator[Figure]:
    """The last stretch of a set, foretold from what was known before it."""
    purchases = real(name)
    as_of = float(purchases.day.max())
    horizon, days = cuts(float(purchases.first.min()), as_of)
    for model in (mbg, pareto):
        told = trial(model, purchases, cut=days[0], horizon=horizon)
        yield (
            f"{model.name}: {name}, {told.customers:,} customers, last {horizon:.0f} days",
            f"nine in ten held {told.covered:.1%}; total {np.expm1(told.log_error):+.1%}; RMSE "
            f"{told.rmse:.2f}; AUC {told.auc_expected:.2f}, of P(alive) {told.auc_alive:.2f}; right of "
            f"{told.right:.1%}, best plain rule {told.right_by_silence:.1%}",
        )
    told_quiet = back_test(mbg, purchases, cut=as_of - 180, horizon=180)
    listed, plain = told_quiet.listed, told_quiet.plain
    yield (
        f"mbg: {name}, silently lost, half a year",
        f"{listed.gone} of {listed.named} never back, {listed.lost:.0f} purchases a year lost with "
        f"them; plain rule {plain.gone} of {plain.named}, {plain.lost:.0f}",
    )
