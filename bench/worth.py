"""Customers' worth in figures: fits beside lifetimes, pymc-marketing and clvkit, and how right they are."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
from tests.worth import cdnow, simulated

from amends.worth import pareto
from amends.worth.fitting import MODELS, PRIOR, Fit, Model, fit
from amends.worth.geometric import bg, mbg
from amends.worth.histories import Histories
from amends.worth.posterior import draws
from bench import money
from bench.peers.worth import peak

PEERS = ("lifetimes", "pymc-marketing", "clvkit")
TOO_LONG = 1_800  # seconds for an installation, or for one fit
SIZES = (2_357, 100_000, 1_000_000)
FULL = 10_000_000
# Customers above which a peer is not asked: it would take minutes, or more memory than there is.
PATIENCE = {
    ("lifetimes", "pareto"): 100_000,
    ("pymc-marketing", "pareto"): 100_000,
    ("clvkit", "bg"): 100_000,
    ("clvkit", "mbg"): 100_000,
}
UNKNOWN = {("clvkit", "pareto")}
TRUTH = {
    "bg": (0.243, 30.9, 0.793, 2.426),
    "mbg": (0.525, 43.3, 0.891, 1.614),
    "pareto": (0.553, 74.0, 0.606, 81.7),
}
COLUMNS = (
    f"{'':<34}{'customers':>12}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}{'rows':>11}{'off by':>9}"
)


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--no-peers", action="store_true", help="Amends alone")
    told.add_argument("--peers", metavar="PYTHON", help="one that has the peers already")
    told.add_argument("--customers", type=int, action="append", help="may be given several times")
    told.add_argument(
        "--full",
        action="store_true",
        help="ten million customers and a hundred million purchases as well",
    )
    told.add_argument("--models", nargs="+", choices=list(MODELS), default=["bg", "mbg", "pareto"])
    told.add_argument("--one", nargs=2, metavar=("MODEL", "FILE"), help=argparse.SUPPRESS)
    asked = told.parse_args()
    if asked.one:
        return print(json.dumps(one(*asked.one)))
    sizes = asked.customers or [*SIZES, *([FULL] if asked.full else [])]
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as name:
        peers = None if asked.no_peers else asked.peers or install(Path(name))
        compared(Path(name), peers, sizes, asked.models)
    figures(full=asked.full)
    load = os.getloadavg()
    return print(f"\n{os.cpu_count()} processors, load {load[0]:.1f} {load[1]:.1f} {load[2]:.1f}")


def install(folder: Path) -> str | None:
    """The Python that has the peers; says so in a line when they cannot be had."""
    python = str(folder / "peers" / "bin" / "python")
    pip = [python, "-m", "pip", "install", "-qq", "--retries", "1", "--no-input"]
    try:
        for step in ([sys.executable, "-m", "venv", str(folder / "peers")], [*pip, *PEERS]):
            subprocess.run(step, check=True, capture_output=True, timeout=TOO_LONG)
    except (OSError, subprocess.SubprocessError):
        print("the peers cannot be installed here: they are not measured")
        return None
    return python


def named(python: str) -> None:
    listed = f"import importlib.metadata as m; print({{n: m.version(n) for n in {PEERS}}})"
    said = subprocess.run([python, "-c", listed], check=True, capture_output=True, text=True)
    print("peers:", said.stdout.strip())


def compared(folder: Path, peers: str | None, sizes: list[int], models: list[str]) -> None:
    """One table: each fit in a process of its own, its start and its imports not counted."""
    if peers:
        named(peers)
    print(f"\n{COLUMNS}")
    for model in models:
        for size in sizes:
            for grain, file in drawn(folder, model, size):
                own = [sys.executable, "-m", "bench.worth", "--one", model, str(file)]
                print(line(f"Amends {model}, {grain}", model, size, asked_of(own)), flush=True)
            for peer in PEERS if peers else ():
                told(peers or "", peer, model, size, file=folder / "exact.npy")


def told(python: str, peer: str, model: str, size: int, *, file: Path) -> None:
    if size > PATIENCE.get((peer, model), FULL) or (peer, model) in UNKNOWN:
        return
    command = [python, str(Path(__file__).parent / "peers" / "worth.py"), peer, model, str(file)]
    print(line(f"{peer} {model}", model, size, asked_of(command)), flush=True)


def drawn(folder: Path, model: str, size: int) -> Iterator[tuple[str, Path]]:
    """Customers drawn from the model, who first came within the last three years; as exact times,
    and as whole days. The peers are given the exact ones."""
    T = np.random.default_rng(size).uniform(1, 1_095, size)
    if model == "pareto":
        exact = simulated.pareto(TRUTH[model], T, seed=size)
    else:
        exact = simulated.geometric(TRUTH[model], T, first=int(model == "mbg"), seed=size)
    np.save(folder / "exact.npy", np.array(exact))
    np.save(folder / "days.npy", np.array(simulated.by_days(*exact)))
    del exact, T
    if model != "pareto":
        yield "exact times", folder / "exact.npy"
    yield "whole days", folder / "days.npy"


def one(model: str, file: str) -> dict[str, object]:
    x, t_x, T = np.load(file)
    cpu, wall = time.process_time(), time.perf_counter()
    histories = Histories.of(x, t_x, T)
    found = fit(MODELS[model], histories)
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "peak": peak(),
        "params": found.params.tolist(),
        "rows": len(histories.x),
    }


def asked_of(command: list[str]) -> dict[str, object]:
    try:
        said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=TOO_LONG)
    except subprocess.TimeoutExpired:
        return {"failed": "took too long"}
    except subprocess.CalledProcessError as failed:
        return {"failed": failed.stderr.strip().splitlines()[-1][:70]}
    found: dict[str, object] = json.loads(said.stdout.strip().splitlines()[-1])
    return found


def line(name: str, model: str, size: int, found: dict[str, object]) -> str:
    if "failed" in found:
        return f"{name:<34}{size:>12,}  {found['failed']}"
    off = np.abs(np.array(found["params"]) / TRUTH[model] - 1).max()
    rows = f"{found['rows']:>11,}" if "rows" in found else f"{'':>11}"
    return (
        f"{name:<34}{size:>12,}{found['cpu']:>9.2f}{found['wall']:>9.2f}{found['peak']:>10,.0f}"
        f"{rows}{off:>8.1%}"
    )


def figures(*, full: bool) -> None:
    """What needs no peer: speed of what is asked of a fit, and how right it is."""
    print()
    foretold = foreseen() if cdnow.FILE.exists() else ()
    for name, figure in chain(asked_for(), foretold, money.figures(full=full)):
        print(f"{name:<68}{figure}", flush=True)


def asked_for() -> Iterator[tuple[str, str]]:
    """Three years of a million customers."""
    T = np.random.default_rng(1).uniform(1, 1_095, 1_000_000)
    x, t_x, T = simulated.by_days(*simulated.geometric(TRUTH["mbg"], T, first=1, seed=2))
    for model in (mbg, pareto):
        params = TRUTH[model.name]
        for what, function, more in (
            ("P(alive)", model.p_alive, ()),
            ("purchases of 39 weeks", model.expected, (273,)),
            ("ten years discounted", model.discounted, (3_652, 0.1)),
        ):
            cpu = time.process_time()
            function(params, x, t_x, T, *more)  # type: ignore[operator]
            took = time.process_time() - cpu
            yield f"{model.name}: {what}, 1,000,000 customers", f"{took:.2f} CPU s"


def foreseen() -> Iterator[tuple[str, str]]:
    """CDNOW: small firms drawn from it, the posterior, and the 39 weeks that nobody was shown."""
    for model in (mbg, pareto, bg):
        for size in (30, 50):
            yield f"{model.name}: 300 firms of {size}", firms(model, size)
        cpu = time.process_time()
        _, k_hat = draws(fit(model, cdnow.histories()), cdnow.histories(), 2_000)
        took = time.process_time() - cpu
        yield f"{model.name}: posterior of CDNOW, 2,000 draws", f"{took:.2f} CPU s, k {k_hat:.2f}"
        for sample in (True, False):
            right = cdnow.hold_out(model, sample=sample)
            words = ", ".join(f"{what} {figure:.3f}" for what, figure in right.items())
            many = len(cdnow.customers(sample=sample))
            yield f"{model.name}: next 39 weeks of {many:,} customers", words


def firms(model: Model, size: int) -> str:
    """How many fits fail (raise, are no numbers, run away), and how wrong the totals are."""
    everybody, chance = cdnow.customers(), np.random.default_rng(size)
    failed, wrong = 0, []
    for _ in range(300):
        x, t_x, T, later = everybody[chance.choice(len(everybody), size, replace=False)].T
        try:
            found = fit(model, Histories.of(x, t_x, T))
        except ValueError:
            failed += 1
            continue
        total = model.expected(found.params, x, t_x, T, 7 * cdnow.WEEKS).sum()
        failed += _ran_away(found, float(T.mean())) or not np.isfinite(total)
        if later.sum():
            wrong.append(abs(np.log(total / later.sum())))
    middle, nine = np.quantile(wrong, [0.5, 0.9])
    return (
        f"{failed} failed; total wrong by {middle:.2f} (median), {nine:.2f} (nine in ten), in logs"
    )


def _ran_away(found: Fit, mean_T: float) -> bool:
    away = np.log(found.params) - PRIOR.centre(found.model, mean_T)
    return bool(np.abs(away).max() > 4 * PRIOR.sd)


if __name__ == "__main__":
    main()
